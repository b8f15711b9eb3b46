package com.example.pingone.local;

import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.DelegatingAuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Three chains: the framework's endpoints, the management API, and the pages of our own.
 */
@Configuration(proxyBeanMethods = false)
class SecurityChains {

	static final RequestMatcher AUTHORIZE = path(Paths.ISSUER + Paths.AUTHORIZE);

	@Bean
	@Order(1)
	SecurityFilterChain endpoints(HttpSecurity http, Flows flows, FlowView view, BackChannelLogout backChannelLogout) {
		var responses = new AuthorizationResponses(flows, view);
		http.oauth2AuthorizationServer((server) -> {
			// The framework's matcher takes any prefix for an issuer.
			http.securityMatcher(new AndRequestMatcher(server.getEndpointsMatcher(),
					new OrRequestMatcher(path(Paths.ISSUER + "/*"), path(Paths.ISSUER + Paths.DISCOVERY)),
					new NegatedRequestMatcher(path(Paths.ISSUER + Paths.SIGNOFF))));
			configure(server, responses, backChannelLogout);
		});
		// Before the framework reads the person into the authorization request.
		http.addFilterBefore(new AuthorizeFilter(), LogoutFilter.class);
		http.requestCache((cache) -> cache.requestCache(new NullRequestCache()));
		http.exceptionHandling((errors) -> errors.authenticationEntryPoint(DelegatingAuthenticationEntryPoint.builder()
			.addEntryPointFor(new FlowEntryPoint(flows, view), AUTHORIZE)
			.defaultEntryPoint(new BearerTokenAuthenticationEntryPoint())
			.build()));
		http.authorizeHttpRequests((requests) -> requests
			.requestMatchers(new AndRequestMatcher(AUTHORIZE, AuthorizeFilter::endsWithoutSignOn))
			.permitAll()
			.anyRequest()
			.authenticated());
		return http.build();
	}

	private static void configure(OAuth2AuthorizationServerConfigurer server, AuthorizationResponses responses,
			BackChannelLogout backChannelLogout) {
		var errors = new ErrorResponses();
		server.clientAuthentication((client) -> client.authenticationConverters((converters) -> {
			converters.clear();
			converters.add(new ClientSecretConverter());
			converters.add(new ClientAssertionConverter());
		}).authenticationProviders((providers) -> providers.forEach((provider) -> {
			if (provider instanceof JwtClientAssertionAuthenticationProvider assertions) {
				assertions.setJwtDecoderFactory(new ClientAssertionDecoderFactory());
			}
			else if (provider instanceof ClientSecretAuthenticationProvider secrets) {
				secrets.setPasswordEncoder(new ClientSecretEncoder());
			}
		})).errorResponseHandler(errors));
		server.authorizationEndpoint((authorize) -> authorize.authenticationProviders((providers) -> {
			for (var provider : providers) {
				if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider codes) {
					codes.setAuthenticationValidator(AuthorizationResponses.exactRedirectUri()
						.andThen(OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_SCOPE_VALIDATOR));
				}
			}
		}).authorizationResponseHandler(responses).errorResponseHandler(responses));
		server.pushedAuthorizationRequestEndpoint((par) -> par.errorResponseHandler(errors));
		server.tokenEndpoint((token) -> token.errorResponseHandler(errors));
		server.tokenIntrospectionEndpoint((introspect) -> introspect.errorResponseHandler(errors));
		server.tokenRevocationEndpoint((revoke) -> revoke.errorResponseHandler(errors));
		server.oidc((oidc) -> oidc
			.providerConfigurationEndpoint((discovery) -> discovery.providerConfigurationCustomizer((metadata) -> {
				Metadata.edit(metadata);
				backChannelLogout.describe(metadata);
			}))
			.userInfoEndpoint((userInfo) -> userInfo.userInfoMapper(Claims::userInfo)));
	}

	@Bean
	@Order(2)
	SecurityFilterChain management(HttpSecurity http, Management management, ApiErrors errors) {
		http.securityMatcher(path(Paths.MANAGEMENT + "/**"));
		http.addFilterBefore(new ManagementFilter(management), BearerTokenAuthenticationFilter.class);
		http.oauth2ResourceServer((server) -> server.jwt(Customizer.withDefaults())
			.authenticationEntryPoint(errors)
			.accessDeniedHandler(errors));
		http.authorizeHttpRequests((requests) -> requests.anyRequest()
			.access((token,
					request) -> new AuthorizationDecision(isWorker(token.get()) && management.workerHasRoles())));
		http.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
		http.csrf((csrf) -> csrf.disable());
		return http.build();
	}

	private static boolean isWorker(@Nullable Authentication token) {
		return token instanceof JwtAuthenticationToken jwt && LocalProvider.WORKER_CLIENT_ID
			.equals(jwt.getToken().getClaimAsString(OAuth2ParameterNames.CLIENT_ID));
	}

	@Bean
	@Order(3)
	SecurityFilterChain pages(HttpSecurity http) {
		http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll());
		http.logout((logout) -> logout.disable());
		// An application's page posts to sign-off. A flow's id is as hard to guess as a
		// token.
		http.csrf((csrf) -> csrf.ignoringRequestMatchers(path(Paths.ISSUER + Paths.SIGNOFF), path(Paths.FLOWS + "/*")));
		// A form whose session is gone.
		http.exceptionHandling((errors) -> errors
			.accessDeniedHandler((request, response, denied) -> SignonController.startOver(response)));
		http.headers((headers) -> headers.contentSecurityPolicy((policy) -> policy.policyDirectives(
				"default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'")));
		return http.build();
	}

	private static RequestMatcher path(String pattern) {
		return PathPatternRequestMatcher.withDefaults().matcher(pattern);
	}

}
