package com.example.pingone.local;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/**
 * An application as an administrator sees it, and as a client of the authorization
 * server.
 */
final class Application {

	private static final String GRACE_PERIOD = "refreshTokenRollingGracePeriodDuration";

	private final String id;

	/** One for each resource, as with PingOne. */
	private final Map<Resource, Grant> grants = new ConcurrentSkipListMap<>();

	private final Entities signOnPolicyAssignments = new Entities();

	private final Instant createdAt;

	private volatile Instant updatedAt;

	private volatile Map<String, Object> settings;

	private volatile ApplicationSecret secret;

	/**
	 * An application without grants.
	 * @param settings valid ones, as {@link ApplicationSettings} gives them
	 */
	Application(String id, Map<String, Object> settings, ApplicationSecret secret, Instant createdAt) {
		this.id = id;
		this.settings = settings;
		this.secret = secret;
		this.createdAt = createdAt;
		this.updatedAt = createdAt;
	}

	String id() {
		return this.id;
	}

	Map<String, Object> settings() {
		return this.settings;
	}

	synchronized void replaceSettings(Map<String, Object> settings, Instant updatedAt) {
		this.settings = settings;
		this.updatedAt = updatedAt;
	}

	/**
	 * The application as the management API shows it: without the secret.
	 */
	Map<String, Object> entity() {
		Map<String, Object> entity = new LinkedHashMap<>(Map.of("id", this.id));
		entity.putAll(this.settings);
		entity.put("createdAt", this.createdAt.toString());
		entity.put("updatedAt", this.updatedAt.toString());
		return entity;
	}

	ApplicationSecret secret() {
		return this.secret;
	}

	void replaceSecret(ApplicationSecret secret) {
		this.secret = secret;
	}

	Map<Resource, Grant> grants() {
		return this.grants;
	}

	Entities signOnPolicyAssignments() {
		return this.signOnPolicyAssignments;
	}

	boolean isEnabled() {
		return Boolean.TRUE.equals(this.settings.get("enabled"));
	}

	List<String> postLogoutRedirectUris() {
		return texts("postLogoutRedirectUris");
	}

	/**
	 * Adds the redirect URIs of an application like ours.
	 */
	synchronized void allow(String baseUrl) {
		Map<String, Object> changed = new LinkedHashMap<>(this.settings);
		changed.put("redirectUris", with(texts("redirectUris"), baseUrl + "/login/oauth2/code/pingone"));
		changed.put("postLogoutRedirectUris", with(postLogoutRedirectUris(), baseUrl + "/signed-out"));
		this.settings = changed;
	}

	/**
	 * What the authorization server is to know at this moment.
	 */
	RegisteredClient toClient(Instant now) {
		var method = new ClientAuthenticationMethod(
				String.valueOf(this.settings.get("tokenEndpointAuthMethod")).toLowerCase(Locale.ROOT));
		return RegisteredClient.withId(this.id)
			.clientId(this.id)
			.clientName(String.valueOf(this.settings.get("name")))
			.clientSecret(this.secret.lines(now))
			.clientAuthenticationMethod(method)
			.authorizationGrantTypes((types) -> texts("grantTypes")
				.forEach((type) -> types.add(new AuthorizationGrantType(type.toLowerCase(Locale.ROOT)))))
			.redirectUris((uris) -> uris.addAll(texts("redirectUris")))
			.postLogoutRedirectUris((uris) -> uris.addAll(postLogoutRedirectUris()))
			.scopes((scopes) -> {
				// PingOne needs no grant for it.
				scopes.add(OidcScopes.OPENID);
				this.grants.values().forEach((grant) -> scopes.addAll(grant.scopes()));
			})
			.clientSettings(ClientSettings.builder()
				.requireProofKey(!"OPTIONAL".equals(this.settings.get("pkceEnforcement")))
				.tokenEndpointAuthenticationSigningAlgorithm(MacAlgorithm.HS256)
				.build())
			.tokenSettings(TokenSettings.builder()
				.accessTokenTimeToLive(Duration.ofMinutes(60))
				.refreshTokenTimeToLive(Duration.ofSeconds(refreshTokenDuration()))
				.reuseRefreshTokens(false)
				.build())
			.build();
	}

	synchronized void changeRefreshTokenGracePeriod(Duration gracePeriod) {
		Map<String, Object> changed = new LinkedHashMap<>(this.settings);
		changed.put(GRACE_PERIOD, gracePeriod.toSeconds());
		this.settings = changed;
	}

	/**
	 * For how long a refresh token is still good after it has been replaced.
	 */
	Duration refreshTokenGracePeriod() {
		Object seconds = this.settings.getOrDefault(GRACE_PERIOD, 0);
		return Duration.ofSeconds(((Number) seconds).longValue());
	}

	private long refreshTokenDuration() {
		return ((Number) Objects.requireNonNull(this.settings.get("refreshTokenDuration"))).longValue();
	}

	private List<String> texts(String name) {
		return Fields.texts(this.settings, name);
	}

	private static List<String> with(List<String> values, String another) {
		return Stream.concat(values.stream(), Stream.of(another)).distinct().toList();
	}

}
