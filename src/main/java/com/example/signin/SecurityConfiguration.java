package com.example.signin;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.autoconfigure.web.servlet.PathRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.AndRequestMatcher;

import com.example.signin.provider.ProviderProperties;

/**
 * The hall: which door leads where, and who may pass. What happens behind a door is the
 * matter of its room. The token clients, the ID token decoder and the token store are
 * found by their types; a room that guards a path of its own adds that by a
 * {@code Customizer<HttpSecurity>}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ContentSecurityPolicyProperties.class)
class SecurityConfiguration {

	@Bean
	SecurityFilterChain applicationSecurity(HttpSecurity http,
			AuthorizationRequestRepository<OAuth2AuthorizationRequest> authorizationRequests,
			RedirectStrategy authorizationRequestSender, AuthenticationEntryPoint signinEntryPoint,
			AuthenticationSuccessHandler signinSuccessHandler, AuthenticationFailureHandler signinFailureHandler,
			ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> authorizationRequestFailures,
			LogoutHandler refreshTokenRevocation, LogoutSuccessHandler logoutSuccessHandler,
			SessionAuthenticationStrategy otherPersonStrategy, ContentSecurityPolicyProperties contentSecurityPolicy,
			ProviderProperties provider, @Value("${server.servlet.session.cookie.name}") String sessionCookie) {
		// @formatter:off
		http.authorizeHttpRequests((requests) -> requests
			.requestMatchers("/", "/signed-out", "/error", "/livez", "/readyz").permitAll()
			.requestMatchers(PathRequest.toStaticResources().atCommonLocations()).permitAll()
			.requestMatchers(EndpointRequest.to("health")).permitAll()
			.requestMatchers(EndpointRequest.toAnyEndpoint(), EndpointRequest.toLinks()).denyAll()
			.requestMatchers("/admin").hasRole("Administrators")
			.anyRequest().authenticated());
		// @formatter:on
		http.oauth2Login((login) -> login
			.authorizationEndpoint((endpoint) -> endpoint.authorizationRequestRepository(authorizationRequests)
				.authorizationRedirectStrategy(authorizationRequestSender))
			.successHandler(signinSuccessHandler)
			.failureHandler(signinFailureHandler)
			.withObjectPostProcessor(authorizationRequestFailures));
		// Without its cookie a browser shows no page from its history that the session
		// was needed for.
		http.logout((logout) -> logout.addLogoutHandler(refreshTokenRevocation)
			.deleteCookies(sessionCookie)
			.logoutSuccessHandler(logoutSuccessHandler));
		http.exceptionHandling((exceptions) -> exceptions.authenticationEntryPoint(signinEntryPoint));
		// A forged request can misuse only a session in which somebody is signed in. For
		// all others a token would have to be kept in a session made for it.
		http.csrf((csrf) -> csrf.requireCsrfProtectionMatcher(new AndRequestMatcher(CsrfFilter.DEFAULT_CSRF_MATCHER,
				new HttpSessionSecurityContextRepository()::containsContext)));
		http.sessionManagement((sessions) -> sessions.addSessionAuthenticationStrategy(otherPersonStrategy));
		http.requestCache((cache) -> cache.requestCache(new NullRequestCache()));
		http.headers((headers) -> headers
			.contentSecurityPolicy(
					(policy) -> policy.policyDirectives(contentSecurityPolicy.directives(provider.origin())))
			.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
			.permissionsPolicyHeader((policy) -> policy
				.policy("camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()")));
		return http.build();
	}

	/**
	 * Else each filter of the chain is observed at each request: cost that tells nobody
	 * anything.
	 */
	@Bean
	SecurityObservationSettings securityObservationSettings() {
		return SecurityObservationSettings.noObservations();
	}

	/**
	 * With a port of their own, which is for the inside, the actuator's endpoints need no
	 * sign-in.
	 */
	@Bean
	@Order(1)
	@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
	SecurityFilterChain managementSecurity(HttpSecurity http) {
		http.securityMatchers(
				(matchers) -> matchers.requestMatchers(EndpointRequest.toAnyEndpoint(), EndpointRequest.toLinks()));
		http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll());
		return http.build();
	}

}
