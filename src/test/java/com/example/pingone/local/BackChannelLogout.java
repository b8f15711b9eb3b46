package com.example.pingone.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.oauth2.client.oidc.authentication.logout.LogoutTokenClaimNames;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.server.authorization.oidc.OidcProviderConfiguration;

/**
 * Tells the applications that asked for it of each sign-off (OpenID Connect Back-Channel
 * Logout 1.0). PingOne is not known to do this: as long as nobody asks, nothing is sent
 * and the metadata does not speak of it.
 */
final class BackChannelLogout {

	private static final Logger logger = LoggerFactory.getLogger(BackChannelLogout.class);

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final HttpClient http = HttpClient.newHttpClient();

	private final Map<String, URI> uris = new ConcurrentHashMap<>();

	private final JwtEncoder encoder;

	BackChannelLogout(JwtEncoder encoder) {
		this.encoder = encoder;
	}

	/**
	 * Registers an application's {@code backchannel_logout_uri}.
	 * @param uri where it takes logout tokens, or null when it takes none any more
	 */
	void register(String applicationId, @Nullable URI uri) {
		if (uri != null) {
			this.uris.put(applicationId, uri);
		}
		else {
			this.uris.remove(applicationId);
		}
	}

	void describe(OidcProviderConfiguration.Builder metadata) {
		if (!this.uris.isEmpty()) {
			metadata.claim("backchannel_logout_supported", true).claim("backchannel_logout_session_supported", true);
		}
	}

	/**
	 * Sends a logout token, and goes on whatever becomes of it.
	 * @param sub who has signed off
	 * @param sid the sign-on that has ended
	 */
	void send(String applicationId, String issuer, String sub, String sid) {
		URI uri = this.uris.get(applicationId);
		if (uri == null) {
			return;
		}
		HttpRequest request = HttpRequest.newBuilder(uri)
			.timeout(PATIENCE)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("logout_token=" + logoutToken(applicationId, issuer, sub, sid)))
			.build();
		try {
			int status = this.http.send(request, BodyHandlers.discarding()).statusCode();
			logger.debug("{} answered {} to a logout token", uri, status);
		}
		catch (IOException ex) {
			logger.warn("{} has not heard of a sign-off: {}", uri, ex.toString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private String logoutToken(String applicationId, String issuer, String sub, String sid) {
		Instant now = Instant.now();
		var claims = JwtClaimsSet.builder()
			.issuer(issuer)
			.audience(List.of(applicationId))
			.issuedAt(now)
			.expiresAt(now.plusSeconds(120))
			.id(UUID.randomUUID().toString())
			.subject(sub)
			.claim(LogoutTokenClaimNames.SID, sid)
			.claim(LogoutTokenClaimNames.EVENTS, Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))
			.build();
		var header = JwsHeader.with(SignatureAlgorithm.RS256).type("logout+jwt").build();
		return this.encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
	}

}
