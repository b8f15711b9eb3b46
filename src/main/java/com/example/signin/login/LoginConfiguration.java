package com.example.signin.login;

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

import org.thymeleaf.spring6.view.ThymeleafViewResolver;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserSource;
import org.springframework.security.oauth2.client.registration.ClientRegistration.ProviderDetails.UserInfoEndpoint;
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
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import com.example.signin.client.AuthenticatedRequests;
import com.example.signin.client.ClientSecret;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ LoginProperties.class, AuthorizationRequestProperties.class })
class LoginConfiguration {

	private static final GrantedAuthority OIDC_USER = new SimpleGrantedAuthority("OIDC_USER");

	@Bean
	OAuth2AuthorizationRequestResolver authorizationRequestResolver(ClientRegistrationRepository registrations,
			AuthorizationRequestProperties properties) {
		return new SigninRequestResolver(new DefaultOAuth2AuthorizationRequestResolver(registrations), properties);
	}

	@Bean
	RedirectStrategy authorizationRequestSender(ClientRegistrationRepository registrations,
			AuthorizationRequestProperties properties, AuthenticatedRequests authenticatedRequests) {
		return new AuthorizationRequestSender(properties.method(), registrations,
				new PushedAuthorizationRequests(authenticatedRequests));
	}

	@Bean
	AuthorizationRequestRepository<OAuth2AuthorizationRequest> authorizationRequestRepository(ClientSecret clientSecret,
			OAuth2AuthorizationRequestResolver resolver, ClientRegistrationRepository registrations) {
		Clock clock = Clock.systemUTC();
		SigninAttemptCookies cookies = new SigninAttemptCookies(new SigninAttemptCipher(clientSecret, clock));
		return new AuthorizationResponseIssuer(new CookieAuthorizationRequestRepository(cookies, resolver, clock),
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
	AuthenticationFailureHandler signinFailureHandler(ThymeleafViewResolver viewResolver) {
		return new SigninFailureHandler(viewResolver, new HttpSessionSecurityContextRepository());
	}

	@Bean
	ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> authorizationRequestFailures(
			AuthenticationFailureHandler failureHandler) {
		return new AuthorizationRequestFailures(failureHandler);
	}

	@Bean
	OAuth2UserService<OidcUserRequest, OidcUser> oidcUserService(LoginProperties properties,
			RestTemplateBuilder restTemplate, ClientHttpRequestFactory providerRequestFactory) {
		DefaultOAuth2UserService userinfo = new DefaultOAuth2UserService();
		userinfo.setRestOperations(restTemplate.requestFactoryBuilder((settings) -> providerRequestFactory).build());
		OidcUserService userService = new OidcUserService();
		userService.setOauth2UserService((request) -> readable(userinfo, request));
		userService.setRetrieveUserInfo(properties.userinfo());
		userService.setOidcUserConverter(LoginConfiguration::oidcUser);
		return (request) -> {
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
	 * As the framework's own, except that the authority {@code OIDC_USER} does not hold
	 * all claims once more: a session keeps them.
	 */
	private static OidcUser oidcUser(OidcUserSource source) {
		OidcUserRequest request = source.getUserRequest();
		Set<GrantedAuthority> authorities = new LinkedHashSet<>();
		authorities.add(OIDC_USER);
		request.getAccessToken()
			.getScopes()
			.forEach((scope) -> authorities.add(new SimpleGrantedAuthority("SCOPE_" + scope)));
		UserInfoEndpoint endpoint = request.getClientRegistration().getProviderDetails().getUserInfoEndpoint();
		return new DefaultOidcUser(authorities, request.getIdToken(), source.getUserInfo(),
				Objects.requireNonNull(endpoint.getUserNameAttributeName()));
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
