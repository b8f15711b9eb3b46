package com.example.signin.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.util.HtmlUtils;

/**
 * A browser that takes one step at a time: keeps cookies, follows no redirect by itself.
 */
public final class Visitor {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private static final Pattern ACTION = Pattern.compile("<form [^>]*action=\"([^\"]+)\"");

	private static final Pattern HIDDEN = Pattern
		.compile("<input name=\"([^\"]+)\" type=\"hidden\" value=\"([^\"]*)\"");

	private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);

	private final HttpClient client;

	private final String baseUrl;

	/**
	 * @param baseUrl where the application is reached
	 */
	public Visitor(String baseUrl) {
		this(baseUrl, HttpClient.newBuilder());
	}

	/**
	 * @param baseUrl where the application is reached
	 * @param client what is particular about the way to it and to the provider
	 */
	public Visitor(String baseUrl, HttpClient.Builder client) {
		this.baseUrl = baseUrl;
		this.client = client.version(HttpClient.Version.HTTP_1_1)
			.cookieHandler(this.cookies)
			.connectTimeout(PATIENCE)
			.build();
	}

	/**
	 * A visitor of the application on a port of this machine.
	 */
	public static Visitor of(int port) {
		return new Visitor("http://localhost:" + port);
	}

	/**
	 * Goes to a page as a browser does.
	 * @param url a path of the application, or an address
	 */
	public HttpResponse<String> open(String url, String... headers) {
		HttpRequest.Builder request = request(url).GET()
			.header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
			.header("Sec-Fetch-Mode", "navigate")
			.header("Sec-Fetch-Dest", "document");
		return send((headers.length > 0) ? request.headers(headers) : request);
	}

	/**
	 * Asks for a path as something that is not a browser's navigation does.
	 */
	public HttpResponse<String> fetch(String url, String... headers) {
		return send((headers.length > 0) ? request(url).GET().headers(headers) : request(url).GET());
	}

	/**
	 * Submits a form.
	 */
	public HttpResponse<String> submit(String url, Form form) {
		return send(request(url).POST(HttpRequest.BodyPublishers.ofString(form.toString()))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.header("Accept", "text/html"));
	}

	/**
	 * Submits a page's form with the CSRF token that the page holds.
	 */
	public HttpResponse<String> submit(String url, HttpResponse<String> page, Form form) {
		Matcher csrf = CSRF.matcher(page.body());
		if (!csrf.find()) {
			throw new AssertionError("The page at " + page.uri() + " holds no form");
		}
		return submit(url, form.with("_csrf", csrf.group(1)));
	}

	/**
	 * Submits a page that consists of a form with hidden fields, as a browser does that
	 * runs its script.
	 */
	public HttpResponse<String> submitItself(HttpResponse<String> page) {
		Matcher action = ACTION.matcher(page.body());
		if (!action.find()) {
			throw new AssertionError("The page at " + page.uri() + " holds no form");
		}
		Form form = HIDDEN.matcher(page.body())
			.results()
			.reduce(Form.parse(""), (fields, field) -> fields.with(HtmlUtils.htmlUnescape(field.group(1)),
					HtmlUtils.htmlUnescape(field.group(2))), (one, two) -> two);
		return submit(HtmlUtils.htmlUnescape(action.group(1)), form);
	}

	/**
	 * Follows redirects until something else comes.
	 */
	public HttpResponse<String> follow(HttpResponse<String> response) {
		HttpResponse<String> last = response;
		for (int hops = 0; last.statusCode() / 100 == 3; hops++) {
			if (hops > 10) {
				throw new AssertionError("Redirect loop at " + last.uri());
			}
			last = open(location(last));
		}
		return last;
	}

	/**
	 * Follows redirects up to the one that leads back to the application's callback.
	 * @return the callback's address
	 */
	public String followToCallback(HttpResponse<String> response) {
		HttpResponse<String> last = response;
		while (!URI.create(location(last)).getPath().startsWith("/login/oauth2/code/")) {
			last = open(location(last));
		}
		return location(last);
	}

	/**
	 * Where a redirect leads.
	 */
	public static String location(HttpResponse<String> response) {
		String location = response.headers()
			.firstValue("Location")
			.orElseThrow(() -> new AssertionError("No redirect but status " + response.statusCode() + " from "
					+ response.uri().getPath() + ": " + response.body()));
		return response.uri().resolve(location).toString();
	}

	/**
	 * Wants a page, and signs in for it at the provider.
	 * @return the callback's address with the code, not yet opened
	 */
	public String signInUpToCallback(String page, String userName) {
		return followToCallback(signOn(follow(open(page)), userName));
	}

	/**
	 * Fills in the provider's page.
	 * @param page the page that asks for name and password
	 */
	public HttpResponse<String> signOn(HttpResponse<String> page, String userName) {
		return signOn(page, userName, userName + "-password");
	}

	/**
	 * Fills in the provider's page for a person with a password of their own.
	 * @param page the page that asks for name and password
	 */
	public HttpResponse<String> signOn(HttpResponse<String> page, String userName, String password) {
		return submit(page.uri().toString(), page,
				Form.parse("").with("username", userName).with("password", password));
	}

	/**
	 * Wants a page, and signs in for it.
	 * @return what the browser shows in the end
	 */
	public HttpResponse<String> signIn(String page, String userName) {
		return follow(open(signInUpToCallback(page, userName)));
	}

	/**
	 * @return the names of the cookies that the visitor holds
	 */
	public List<String> cookieNames() {
		return this.cookies.getCookieStore().getCookies().stream().map((cookie) -> cookie.getName()).toList();
	}

	/**
	 * The cookies themselves, to look at or to change.
	 */
	public CookieManager cookies() {
		return this.cookies;
	}

	private HttpRequest.Builder request(String url) {
		return HttpRequest.newBuilder(URI.create(url.startsWith("/") ? this.baseUrl + url : url)).timeout(PATIENCE);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
