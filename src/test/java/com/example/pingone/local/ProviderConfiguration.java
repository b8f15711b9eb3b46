package com.example.pingone.local;

import java.time.Clock;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * What the provider is made of. Auto-configuration is named one by one, so that nothing
 * of the application's class path joins in.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
		WebMvcAutoConfiguration.class, ServletWebSecurityAutoConfiguration.class,
		SecurityFilterAutoConfiguration.class })
@Import({ SignonController.class, FlowController.class, ResumeController.class, ApiErrors.class,
		SignoffController.class, ApplicationsController.class, GrantsController.class, PeopleController.class,
		SignOnPoliciesController.class, Management.class })
class ProviderConfiguration {

	@Bean
	AuthorizationServerSettings authorizationServerSettings() {
		return AuthorizationServerSettings.builder()
			.multipleIssuersAllowed(true)
			.authorizationEndpoint(Paths.AUTHORIZE)
			.pushedAuthorizationRequestEndpoint(Paths.PAR)
			.tokenEndpoint(Paths.TOKEN)
			.jwkSetEndpoint(Paths.JWKS)
			.tokenIntrospectionEndpoint(Paths.INTROSPECT)
			.tokenRevocationEndpoint(Paths.REVOKE)
			.oidcUserInfoEndpoint(Paths.USERINFO)
			.oidcLogoutEndpoint(Paths.SIGNOFF)
			.build();
	}

	@Bean
	Applications applications(Clock clock) {
		return new Applications(clock);
	}

	@Bean
	OAuth2AuthorizationService authorizationService(Applications applications, Clock clock) {
		return new RefreshTokenFamilies((id) -> applications.get(id).refreshTokenGracePeriod(), clock);
	}

	@Bean
	People people() {
		return new People();
	}

	@Bean
	SigningKeys signingKeys() {
		return new SigningKeys();
	}

	@Bean
	JwtEncoder jwtEncoder(JWKSource<SecurityContext> keys) {
		var encoder = new NimbusJwtEncoder(keys);
		encoder.setJwkSelector((candidates) -> candidates.get(0));
		return encoder;
	}

	@Bean
	JwtDecoder jwtDecoder(JWKSource<SecurityContext> keys) {
		return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
	}

	@Bean
	OAuth2TokenCustomizer<JwtEncodingContext> tokenCustomizer() {
		return Claims::addTo;
	}

	@Bean
	BackChannelLogout backChannelLogout(JwtEncoder encoder) {
		return new BackChannelLogout(encoder);
	}

	@Bean
	Flows flows(Clock clock) {
		return new Flows(clock);
	}

	@Bean
	FlowView flowView(RegisteredClientRepository clients) {
		return new FlowView(clients);
	}

	@Bean
	CredentialsCheck credentialsCheck(Flows flows, Clock clock, People people) {
		return new CredentialsCheck(flows, new Lockout(clock), people);
	}

	@Bean
	FilterRegistrationBean<EnvironmentFilter> environmentFilter() {
		var registration = new FilterRegistrationBean<>(new EnvironmentFilter());
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return registration;
	}

}
