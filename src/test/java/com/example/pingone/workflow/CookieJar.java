package com.example.pingone.workflow;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.util.Map;
import java.util.Set;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Keeps cookies between the steps as a browser does: PingOne documents that the cookie
 * {@code ST} ties the steps of a flow together.
 */
final class CookieJar implements ClientHttpRequestInterceptor {

	private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

	private final CookieManager cookies = new CookieManager();

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		URI uri = asBrowsersSeeIt(request.getURI());
		this.cookies.get(uri, Map.of()).forEach(request.getHeaders()::addAll);
		ClientHttpResponse response = execution.execute(request, body);
		this.cookies.put(uri, Map.of(HttpHeaders.SET_COOKIE, response.getHeaders().getOrEmpty(HttpHeaders.SET_COOKIE)));
		// The JDK takes one with Max-Age, as PingOne's is, for RFC 2965's and would send
		// it in quotes.
		this.cookies.getCookieStore().getCookies().forEach((cookie) -> cookie.setVersion(0));
		return response;
	}

	/**
	 * Browsers send a {@code Secure} cookie to this machine itself over http too.
	 */
	private static URI asBrowsersSeeIt(URI uri) {
		return THIS_MACHINE.contains(uri.getHost())
				? UriComponentsBuilder.fromUri(uri).scheme("https").build(true).toUri() : uri;
	}

}
