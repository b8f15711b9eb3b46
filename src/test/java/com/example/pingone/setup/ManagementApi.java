package com.example.pingone.setup;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/**
 * PingOne's management API, as far as it concerns one environment. Paths are relative to
 * the environment. All methods throw an {@link ApiException} when PingOne does not do as
 * it is asked.
 */
final class ManagementApi {

	private static final int MOST_PAGES = 1000;

	private static final int LOOKS = 4;

	private final PatientClient client;

	private final WorkerToken token;

	private final String environmentUrl;

	/** The ids of what was created during this run. */
	private final Set<String> created = new HashSet<>();

	ManagementApi(PatientClient client, WorkerToken token, SetupSettings settings) {
		this.client = client;
		this.token = token;
		this.environmentUrl = settings.apiUrl() + "/environments/" + settings.environmentId();
	}

	JsonNode get(String path) {
		return send(HttpMethod.GET, uri(path), MediaType.APPLICATION_JSON, null);
	}

	/**
	 * Reads a collection, page by page.
	 * @param name the collection's name in {@code _embedded}
	 */
	List<JsonNode> list(String path, String name) {
		List<JsonNode> items = new ArrayList<>();
		Set<URI> pages = new HashSet<>();
		URI page = uri(path);
		while (pages.size() < MOST_PAGES) {
			if (!pages.add(page)) {
				throw SetupException.undocumented("the pages of " + path + " begin anew");
			}
			JsonNode body = send(HttpMethod.GET, page, MediaType.APPLICATION_JSON, null);
			items.addAll(body.path("_embedded").path(name).values());
			String next = body.path("_links").path("next").path("href").asString("");
			if (next.isEmpty()) {
				return items;
			}
			// The token goes nowhere else.
			if (!next.startsWith(this.environmentUrl + "/")) {
				throw new SetupException("The next page of " + path + " is said to be elsewhere: " + next + ".",
						"Check that PINGONE_REGION is the region of your environment.");
			}
			page = page(next);
		}
		throw new SetupException(path + " has more than " + MOST_PAGES + " pages.", "Tidy up the environment.");
	}

	/**
	 * Replaces an object as a whole, as PingOne's PUT does.
	 */
	Result put(String path, JsonNode body) {
		return new Result(send(HttpMethod.PUT, uri(path), MediaType.APPLICATION_JSON, body), true);
	}

	/**
	 * Creates an object. A POST is never repeated blindly: when it is uncertain whether
	 * it took effect, looks come first.
	 * @param find looks for what is to be created
	 * @return what is there now
	 */
	Result post(String path, MediaType type, JsonNode body, Supplier<Optional<JsonNode>> find) {
		boolean lost = false;
		for (int attempt = 1;; attempt++) {
			try {
				return created(send(HttpMethod.POST, uri(path), type, body), true);
			}
			catch (ApiException ex) {
				lost = lost || ex.leavesOpenWhetherItTookEffect();
				if (attempt == PatientClient.ATTEMPTS
						|| !(ex.leavesOpenWhetherItTookEffect() || ex.saysThatItIsThere())) {
					throw ex;
				}
				Optional<JsonNode> found = look(find, ex.answer());
				if (found.isPresent()) {
					return created(found.get(), lost);
				}
			}
		}
	}

	/**
	 * Looks several times: a collection may lack for a while what was just created, and
	 * another POST would create a second application, since their names are not unique.
	 */
	private Optional<JsonNode> look(Supplier<Optional<JsonNode>> find, Answer answer) {
		Optional<JsonNode> found = Optional.empty();
		for (int look = 1; look <= LOOKS && found.isEmpty(); look++) {
			this.client.waitFor(PatientClient.backoff(look), answer);
			found = find.get();
		}
		return found;
	}

	private Result created(JsonNode object, boolean ours) {
		object.path("id").asStringOpt().ifPresent(this.created::add);
		return new Result(object, ours);
	}

	private JsonNode send(HttpMethod method, URI uri, MediaType type, @Nullable JsonNode body) {
		Answer answer = sendPatiently(method, uri, type, body);
		if (answer.status() == HttpStatus.UNAUTHORIZED.value()) {
			// A token lives an hour; this one may have been at its end.
			this.token.renew();
			answer = sendPatiently(method, uri, type, body);
		}
		if (!answer.isSuccess()) {
			throw new ApiException(method, uri, answer, remedy(uri, answer));
		}
		if (!answer.body().isObject()) {
			throw SetupException.undocumented(method + " " + uri.getRawPath() + " yields no object");
		}
		return answer.body();
	}

	private Answer sendPatiently(HttpMethod method, URI uri, MediaType type, @Nullable JsonNode body) {
		Consumer<RestClient.RequestBodySpec> request = (spec) -> {
			spec.headers((headers) -> headers.setBearerAuth(this.token.value())).accept(MediaType.APPLICATION_JSON);
			if (body != null) {
				spec.contentType(type).body(body.toString());
			}
		};
		boolean harmless = !HttpMethod.POST.equals(method);
		// PingOne documents that what was just created may not be visible everywhere.
		boolean fresh = this.created.stream().anyMatch((uri + String.valueOf(body))::contains);
		Predicate<Answer> repeatable = (answer) -> answer.isRateLimited() || (harmless && answer.isPassing())
				|| (fresh && (answer.status() == 404 || answer.status() == 403));
		return this.client.send(method, uri, request, repeatable);
	}

	private static URI page(String next) {
		try {
			return new URI(next);
		}
		catch (URISyntaxException ex) {
			throw SetupException.undocumented("the next page is no URI");
		}
	}

	private URI uri(String path) {
		return URI.create(this.environmentUrl + path);
	}

	private static String remedy(URI uri, Answer answer) {
		return switch (answer.status()) {
			case 401 ->
				"PingOne refused the worker's token, and a new one too. Check that PINGONE_REGION is the region "
						+ "of your environment and that PINGONE_ADMIN_ENVIRONMENT_ID is in the same organization.";
			case 403 -> "Give the Worker application the role " + role(uri.getRawPath())
					+ " on the environment PINGONE_ENVIRONMENT_ID (its Roles tab in the console), and run the command again.";
			case 404 ->
				"Check PINGONE_ENVIRONMENT_ID, that PINGONE_REGION is its region, and that the Worker application "
						+ "has roles on it.";
			case 409 -> "Somebody else may be changing the same thing. Run the command again: what is done stays done.";
			default ->
				"Nothing was changed by this request. Mend what it names in PingOne's console, and run the command again.";
		};
	}

	private static String role(String path) {
		return (path.contains("/users") || path.contains("/populations")) ? "Identity Data Admin"
				: "Environment Admin (or Client Application Developer)";
	}

	/**
	 * What is there after a change.
	 *
	 * @param object the object
	 * @param ours whether it is as this run has sent it, and not somebody else's
	 */
	record Result(JsonNode object, boolean ours) {

	}

}
