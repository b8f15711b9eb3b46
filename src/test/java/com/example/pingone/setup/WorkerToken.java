package com.example.pingone.setup;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriUtils;

/**
 * The access token of the worker application, which carries that application's roles.
 */
final class WorkerToken {

	private final PatientClient client;

	private final URI endpoint;

	private final String clientId;

	private final String clientSecret;

	private @Nullable String value;

	WorkerToken(PatientClient client, SetupSettings settings) {
		this.client = client;
		this.endpoint = URI.create(settings.authUrl() + "/" + settings.adminEnvironmentId() + "/as/token");
		this.clientId = settings.adminClientId();
		this.clientSecret = settings.adminClientSecret();
	}

	/**
	 * The token, which is asked for once.
	 * @throws ApiException if there is none to be had
	 */
	String value() {
		String known = this.value;
		return (known != null) ? known : renew();
	}

	/**
	 * Asks for a new one.
	 * @throws ApiException if there is none to be had
	 */
	String renew() {
		Answer answer = this.client.send(HttpMethod.POST, this.endpoint,
				(request) -> request.contentType(MediaType.APPLICATION_FORM_URLENCODED)
					// RFC 6749 §2.3.1: encoded before it is encoded.
					.headers((headers) -> headers.setBasicAuth(this.clientId,
							UriUtils.encode(this.clientSecret, StandardCharsets.UTF_8)))
					.body("grant_type=client_credentials"),
				Answer::isPassing);
		if (!answer.isSuccess()) {
			throw new ApiException(HttpMethod.POST, this.endpoint, answer, remedy(answer));
		}
		String token = answer.body().required("access_token").stringValue();
		this.value = token;
		return token;
	}

	private static String remedy(Answer answer) {
		return switch (answer.body().path("error").asString("")) {
			case "invalid_client" -> "Check PINGONE_ADMIN_CLIENT_ID and PINGONE_ADMIN_CLIENT_SECRET, and that the "
					+ "Worker application is enabled and its token endpoint authentication method is Client Secret Basic.";
			case "unauthorized_client" ->
				"Check that PINGONE_ADMIN_CLIENT_ID is an application of type Worker with the grant type Client Credentials.";
			case "access_denied" -> "Give the Worker application its roles (its Roles tab in the console): "
					+ "Environment Admin and Identity Data Admin.";
			default -> "Check PINGONE_ADMIN_ENVIRONMENT_ID, and that PINGONE_REGION is the region of that environment.";
		};
	}

}
