package com.example.signin.login;

import java.time.Clock;

import gg.jte.springframework.boot.autoconfigure.JteViewResolver;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import com.example.signin.client.AuthenticatedRequests;
import com.example.signin.client.ClientSecret;
import com.example.signin.provider.JwtResponseConverter;
import com.example.signin.provider.ProviderRequestConvention;
import com.example.signin.provider.UserinfoResponses;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ LoginProperties.class, AuthorizationRequestProperties.class, RolesProperties.class })
class LoginConfiguration {

	@Bean
	OAuth2AuthorizationRequestResolver authorizationRequestResolver(ClientRegistrationRepository registrations,
			AuthorizationRequestProperties properties) {
		DefaultOAuth2AuthorizationRequestResolver resolver = new DefaultOAuth2AuthorizationRequestResolver(
				registrations);
		resolver.setAuthorizationRequestCustomizer(new SigninRequestCustomizer(properties));
		return resolver;
	}

	@Bean
	RedirectStrategy authorizationRequestSender(ClientRegistrationRepository registrations,
			AuthorizationRequestProperties properties, AuthenticatedRequests authenticatedRequests) {
		return new AuthorizationRequestSender(properties.method(), registrations,
				new PushedAuthorizationRequests(authenticatedRequests));
	}

	@Bean
	AuthorizationRequestRepository<OAuth2AuthorizationRequest> authorizationRequestRepository(ClientSecret clientSecret,
			ClientRegistrationRepository registrations) {
		Clock clock = Clock.systemUTC();
		SigninAttemptCookies cookies = new SigninAttemptCookies(new SigninAttemptCipher(clientSecret, clock));
		return new AuthorizationResponseIssuer(new CookieAuthorizationRequestRepository(cookies, registrations, clock),
				registrations);
	}

	@Bean
	SigninStart signinStart(OAuth2AuthorizationRequestResolver resolver,
			AuthorizationRequestRepository<OAuth2AuthorizationRequest> authorizationRequests,
			RedirectStrategy authorizationRequestSender, AuthenticationFailureHandler failureHandler) {
		return new SigninStart(resolver, authorizationRequests, authorizationRequestSender, failureHandler);
	}

	@Bean
	AuthenticationEntryPoint signinEntryPoint(SigninStart signinStart) {
		return new SigninEntryPoint(signinStart);
	}

	/**
	 * Before the CSRF filter, which no provider's form passes.
	 */
	@Bean
	Customizer<HttpSecurity> formPostResponses() {
		return (http) -> http.addFilterBefore(new FormPostResponseFilter(), CsrfFilter.class);
	}

	@Bean
	AuthenticationSuccessHandler signinSuccessHandler(ApplicationEventPublisher events) {
		return new SigninSuccessHandler(events);
	}

	/**
	 * The page is HTML whatever the request accepts, hence not the resolver that
	 * negotiates.
	 */
	@Bean
	AuthenticationFailureHandler signinFailureHandler(JteViewResolver viewResolver, ApplicationEventPublisher events) {
		return new SigninFailureHandler(viewResolver, new HttpSessionSecurityContextRepository(), events);
	}

	@Bean
	ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> authorizationRequestFailures(
			AuthenticationFailureHandler failureHandler) {
		return new AuthorizationRequestFailures(failureHandler);
	}

	@Bean
	OAuth2UserService<OidcUserRequest, OidcUser> oidcUserService(LoginProperties properties, RolesProperties roles,
			RestTemplateBuilder restTemplate, ClientHttpRequestFactory providerRequestFactory,
			UserinfoResponses responses) {
		DefaultOAuth2UserService userinfo = new DefaultOAuth2UserService();
		RestTemplate restOperations = restTemplate.requestFactoryBuilder((settings) -> providerRequestFactory)
			.additionalMessageConverters(new JwtResponseConverter())
			.build();
		restOperations.setObservationConvention(new ProviderRequestConvention());
		userinfo.setRestOperations(restOperations);
		userinfo.setAttributesConverter(
				(request) -> (response) -> responses.claims(request.getClientRegistration(), response));
		OidcUserService userService = new OidcUserService();
		userService.setOauth2UserService((request) -> readable(userinfo, request));
		userService.setRetrieveUserInfo(properties.userinfo());
		userService.setOidcUserConverter(new OidcUserConverter(new Roles(roles)));
		return (request) -> {
			AccessTokenBinding.validate(request);
			requireDemandMet(request.getIdToken());
			return userService.loadUser(request);
		};
	}

	/**
	 * At a sign-in, and not at a renewal, for which nobody authenticates.
	 */
	private static void requireDemandMet(OidcIdToken idToken) {
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
			SigninAttempt attempt = SigninAttempt.completedBy(attributes.getRequest());
			if (attempt != null) {
				attempt.demand().requireMetBy(idToken);
			}
		}
	}

	/**
	 * The framework treats an empty answer, or one without {@code sub}, as a fault of
	 * this application.
	 */
	private static OAuth2User readable(DefaultOAuth2UserService userinfo, OAuth2UserRequest request) {
		try {
			return userinfo.loadUser(request);
		}
		catch (IllegalArgumentException ex) {
			throw new OAuth2AuthenticationException(
					new OAuth2Error("invalid_user_info_response", "The UserInfo response lacks sub", null), ex);
		}
	}

}
