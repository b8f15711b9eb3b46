package com.example.signin.login.initiate;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;

@Configuration(proxyBeanMethods = false)
class LoginInitiationConfiguration {

	@Bean
	Customizer<HttpSecurity> loginInitiation() {
		return (http) -> {
			http.authorizeHttpRequests(
					(requests) -> requests.requestMatchers(LoginInitiationController.PATH).permitAll());
			http.csrf((csrf) -> csrf.ignoringRequestMatchers(LoginInitiationController.PATH));
		};
	}

}
