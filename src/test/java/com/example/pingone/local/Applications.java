package com.example.pingone.local;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/**
 * The applications of the environment. Each look is at what an administrator has made of
 * them by then.
 */
final class Applications implements RegisteredClientRepository {

	private final Clock clock;

	private final Map<String, Application> byId = new LinkedHashMap<>();

	/**
	 * An environment with an application that signs people in and one that administers.
	 */
	Applications(Clock clock) {
		this.clock = clock;
		var signin = add(LocalProvider.CLIENT_ID, new ApplicationSecret(LocalProvider.CLIENT_SECRET),
				ApplicationSettings.of(Map.of("name", "The application beside the local provider", "enabled", true,
						"type", "WEB_APP", "protocol", "OPENID_CONNECT", "tokenEndpointAuthMethod", "CLIENT_SECRET_JWT",
						"grantTypes", List.of("AUTHORIZATION_CODE", "REFRESH_TOKEN"), "responseTypes", List.of("CODE"),
						"redirectUris", List.of("http://localhost:8080/login/oauth2/code/pingone"))));
		signin.allow("http://localhost:8080");
		signin.allow("http://127.0.0.1:8080");
		signin.grants()
			.put(Resource.OPENID_CONNECT, new Grant(UUID.randomUUID().toString(), Resource.OPENID_CONNECT,
					List.of(OidcScopes.OPENID, OidcScopes.PROFILE, OidcScopes.EMAIL)));
		add(LocalProvider.WORKER_CLIENT_ID, new ApplicationSecret(LocalProvider.WORKER_CLIENT_SECRET),
				ApplicationSettings.of(Map.of("name", "The worker of the local provider", "enabled", true, "type",
						"WORKER", "protocol", "OPENID_CONNECT", "tokenEndpointAuthMethod", "CLIENT_SECRET_BASIC",
						"grantTypes", List.of("CLIENT_CREDENTIALS"))));
	}

	Application add(Map<String, Object> settings) {
		return add(UUID.randomUUID().toString(), ApplicationSecret.generate(), settings);
	}

	/**
	 * Finds an application.
	 * @throws ApiException {@code NOT_FOUND}
	 */
	Application get(String id) {
		Application application = find(id);
		if (application == null) {
			throw ApiException.notFound();
		}
		return application;
	}

	synchronized List<Application> all() {
		return List.copyOf(this.byId.values());
	}

	@Override
	public @Nullable RegisteredClient findById(String id) {
		Application application = find(id);
		return (application != null) ? application.toClient(this.clock.instant()) : null;
	}

	@Override
	public @Nullable RegisteredClient findByClientId(String clientId) {
		Application application = find(clientId);
		return (application != null && application.isEnabled()) ? findById(clientId) : null;
	}

	@Override
	public void save(RegisteredClient client) {
		throw new UnsupportedOperationException("Only an administrator changes applications");
	}

	private synchronized Application add(String id, ApplicationSecret secret, Map<String, Object> settings) {
		var application = new Application(id, settings, secret, this.clock.instant());
		this.byId.put(id, application);
		return application;
	}

	private synchronized @Nullable Application find(String id) {
		return this.byId.get(id);
	}

}
