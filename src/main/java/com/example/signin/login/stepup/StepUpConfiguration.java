package com.example.signin.login.stepup;

import java.time.Clock;
import java.util.Objects;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import com.example.signin.audit.SignedIn;
import com.example.signin.login.SigninDemand;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StepUpProperties.class)
class StepUpConfiguration {

	private final Clock clock = Clock.systemUTC();

	private final StepUpProperties properties;

	StepUpConfiguration(StepUpProperties properties) {
		this.properties = properties;
	}

	@Bean
	Customizer<HttpSecurity> stepUp(AuthenticationEntryPoint signinEntryPoint) {
		return (http) -> {
			if (!this.properties.stepUp().isEmpty()) {
				http.addFilterAfter(new StepUpFilter(this.properties, signinEntryPoint, this.clock),
						AuthorizationFilter.class);
			}
		};
	}

	@EventListener(SignedIn.class)
	void rememberStrength() {
		if (this.properties.stepUp().isEmpty()) {
			return;
		}
		OidcUser person = (OidcUser) Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication())
			.getPrincipal();
		ServletRequestAttributes callback = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
		SigninStrength strength = SigninStrength.of(Objects.requireNonNull(person).getIdToken(),
				SigninDemand.metAt(callback.getRequest()), this.clock.instant());
		callback.setAttribute(SigninStrength.ATTRIBUTE, strength, RequestAttributes.SCOPE_SESSION);
	}

}
