package com.example.signin.client;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.AuthenticationMethod;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.util.StringUtils;

import com.example.signin.provider.ProviderDiscovery;
import com.example.signin.settings.InvalidSettingException;

/**
 * The application's one registration, made of its settings and the provider's metadata
 * when it is first needed, so that the application starts without the provider. It holds
 * the client secret only for the methods that send it.
 */
class DiscoveredClientRegistrationRepository implements ClientRegistrationRepository {

	private static final Set<ClientAuthenticationMethod> METHODS_THAT_SEND_THE_SECRET = Set
		.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC, ClientAuthenticationMethod.CLIENT_SECRET_POST);

	private final ProviderDiscovery discovery;

	private final String clientId;

	private final ClientSecret clientSecret;

	private final OAuth2ClientProperties.Registration registration;

	private final OAuth2ClientProperties.Provider provider;

	private volatile @Nullable ClientRegistration discovered;

	DiscoveredClientRegistrationRepository(ProviderDiscovery discovery, String clientId, ClientSecret clientSecret,
			OAuth2ClientProperties properties) {
		this.discovery = discovery;
		this.clientId = clientId;
		this.clientSecret = clientSecret;
		this.registration = properties.getRegistration()
			.getOrDefault(PingOne.REGISTRATION_ID, new OAuth2ClientProperties.Registration());
		this.provider = properties.getProvider()
			.getOrDefault(PingOne.REGISTRATION_ID, new OAuth2ClientProperties.Provider());
		validate();
	}

	private void validate() {
		String setting = "spring.security.oauth2.client.registration." + PingOne.REGISTRATION_ID;
		Set<String> scope = this.registration.getScope();
		if (scope == null || !scope.contains(OidcScopes.OPENID)) {
			throw new InvalidSettingException(setting + ".scope", "lacks openid.",
					"Add it: without openid there is no ID token, and nobody is signed in (OpenID Connect Core, section 3.1.2.1).");
		}
		String redirectUri = this.registration.getRedirectUri();
		if (redirectUri != null && redirectUri.contains("{action}")) {
			throw new InvalidSettingException(setting + ".redirect-uri",
					"contains {action}, which is not the same at the start of a sign-in and at its end.",
					"Write login in its place, or leave it out to use {baseUrl}/login/oauth2/code/{registrationId}.");
		}
		ClientAuthenticationMethod method = method();
		if (!ClientAuthenticationMethod.CLIENT_SECRET_JWT.equals(method)
				&& !METHODS_THAT_SEND_THE_SECRET.contains(method)) {
			throw new InvalidSettingException(setting + ".client-authentication-method",
					"is '" + method.getValue() + "'.",
					"Set it to client_secret_jwt, or while you migrate to client_secret_basic or client_secret_post.");
		}
	}

	/**
	 * @throws org.springframework.security.core.AuthenticationException if the provider's
	 * metadata cannot be had
	 */
	@Override
	public @Nullable ClientRegistration findByRegistrationId(String registrationId) {
		if (!PingOne.REGISTRATION_ID.equals(registrationId)) {
			return null;
		}
		ClientRegistration known = this.discovered;
		if (known == null) {
			known = clientRegistration(this.discovery.metadata());
			this.discovered = known;
		}
		return METHODS_THAT_SEND_THE_SECRET.contains(known.getClientAuthenticationMethod()) ? withSecret(known) : known;
	}

	private ClientRegistration clientRegistration(Map<String, Object> metadata) {
		ClientRegistration.Builder builder = ClientRegistrations.fromOidcConfiguration(metadata)
			.registrationId(PingOne.REGISTRATION_ID)
			.clientId(this.clientId)
			.clientAuthenticationMethod(method());
		PropertyMapper map = PropertyMapper.get();
		map.from(this.registration::getRedirectUri).to(builder::redirectUri);
		map.from(this.registration::getScope).as(StringUtils::toStringArray).to(builder::scope);
		map.from(this.registration::getClientName).to(builder::clientName);
		map.from(this.provider::getUserInfoAuthenticationMethod)
			.as(AuthenticationMethod::new)
			.to(builder::userInfoAuthenticationMethod);
		return builder.build();
	}

	private ClientRegistration withSecret(ClientRegistration registration) {
		return ClientRegistration.withClientRegistration(registration).clientSecret(this.clientSecret.value()).build();
	}

	private ClientAuthenticationMethod method() {
		String method = this.registration.getClientAuthenticationMethod();
		return (method != null) ? new ClientAuthenticationMethod(method) : ClientAuthenticationMethod.CLIENT_SECRET_JWT;
	}

}
