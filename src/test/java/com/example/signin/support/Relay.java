package com.example.signin.support;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

import com.example.pingone.local.LocalProvider;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Stands between the application and the local provider, on an origin of its own: keeps
 * each request as it came over the wire, and disturbs on demand.
 */
public final class Relay implements AutoCloseable {

	private static final Set<String> HOP_BY_HOP = Set.of("connection", "content-length", "host", "http2-settings",
			"transfer-encoding", "upgrade");

	private final LocalProvider provider;

	private final HttpServer server;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.followRedirects(HttpClient.Redirect.NEVER)
		.build();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private final Map<String, Disturbance> disturbances = new ConcurrentHashMap<>();

	private Relay(LocalProvider provider, HttpServer server) {
		this.provider = provider;
		this.server = server;
	}

	/**
	 * Starts a relay on a free port.
	 * @param provider to which it passes requests on
	 */
	public static Relay to(LocalProvider provider) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			Relay relay = new Relay(provider, server);
			server.setExecutor(relay.executor);
			server.createContext("/", relay::handle);
			server.start();
			return relay;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * @param host {@code localhost} or {@code 127.0.0.1}
	 * @return the provider's issuer as reached through the relay
	 */
	public String issuer(String host) {
		return this.provider.issuer(host).replace(":" + this.provider.port(), ":" + this.server.getAddress().getPort());
	}

	/**
	 * Lets something else happen at an endpoint from now on.
	 * @param endpoint the end of its path, such as {@code /token}
	 */
	public void at(String endpoint, Disturbance disturbance) {
		this.disturbances.put(endpoint, disturbance);
	}

	/**
	 * Forgets all requests and disturbances.
	 */
	public void reset() {
		this.requests.clear();
		this.disturbances.clear();
	}

	/**
	 * @return the requests to an endpoint since the last reset, as they came
	 */
	public List<Request> requests(String endpoint) {
		return this.requests.stream().filter((request) -> request.uri().getPath().endsWith(endpoint)).toList();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			Request request = new Request(exchange.getRequestMethod(), exchange.getRequestURI(),
					Map.copyOf(exchange.getRequestHeaders()), exchange.getRequestBody().readAllBytes());
			this.requests.add(request);
			// The server drops connections unannounced once many are idle.
			exchange.getResponseHeaders().set("Connection", "close");
			Disturbance disturbance = this.disturbances.entrySet()
				.stream()
				.filter((entry) -> request.uri().getPath().endsWith(entry.getKey()))
				.map(Map.Entry::getValue)
				.findFirst()
				.orElse(Exchange::passOn);
			disturbance.apply(new Exchange(request, this)).send(exchange);
		}
	}

	private Response passOn(Request request) {
		HttpRequest.Builder builder = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + this.provider.port() + request.uri()))
			.method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
		request.headers().forEach((name, values) -> {
			if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
				values.forEach((value) -> builder.header(name, value));
			}
		});
		URI host = URI.create("http://" + request.header("Host"));
		builder.header("X-Forwarded-Host", host.getHost());
		builder.header("X-Forwarded-Port", String.valueOf(host.getPort()));
		builder.header("X-Forwarded-Proto", "http");
		try {
			HttpResponse<byte[]> response = this.client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
			return new Response(response.statusCode(), response.headers().map(), response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String header(Map<String, List<String>> headers, String name) {
		return headers.entrySet()
			.stream()
			.filter((header) -> header.getKey().equalsIgnoreCase(name))
			.map((header) -> header.getValue().get(0))
			.findFirst()
			.orElse("");
	}

	/**
	 * What happens at an endpoint instead of passing the request on.
	 */
	@FunctionalInterface
	public interface Disturbance {

		/**
		 * @param exchange the request, and the way to the provider
		 * @return what the application gets
		 */
		Answer apply(Exchange exchange);

	}

	/**
	 * What the application gets.
	 */
	@FunctionalInterface
	public interface Answer {

		/**
		 * Writes it; an {@link IOException} or no answer at all breaks the connection.
		 */
		void send(HttpExchange exchange) throws IOException;

	}

	/**
	 * What another answer has in its members.
	 */
	@FunctionalInterface
	public interface Change {

		void apply(Map<String, Object> members) throws Exception;

	}

	/**
	 * One request on its way.
	 *
	 * @param request as it came from the application
	 * @param relay passes it on
	 */
	public record Exchange(Request request, Relay relay) {

		public Response passOn() {
			return this.relay.passOn(this.request);
		}

		/**
		 * Passes the request on with another form.
		 */
		public Response passOn(UnaryOperator<Form> change) {
			return this.relay.passOn(this.request.with(change.apply(this.request.form())));
		}

		/**
		 * Passes the request on with a client assertion instead of the client secret, for
		 * an application that uses a method which the provider refuses.
		 */
		public Response passOnWithAssertion() {
			Form form = this.request.form()
				.without("client_secret")
				.with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
				.with("client_assertion", assertion());
			return this.relay.passOn(this.request.without("Authorization").with(form));
		}

		private String assertion() {
			try {
				SignedJWT assertion = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
						new JWTClaimsSet.Builder().issuer(LocalProvider.CLIENT_ID)
							.subject(LocalProvider.CLIENT_ID)
							.audience(this.relay.issuer("localhost"))
							.expirationTime(Date.from(Instant.now().plusSeconds(60)))
							.build());
				assertion.sign(new MACSigner(LocalProvider.CLIENT_SECRET));
				return assertion.serialize();
			}
			catch (JOSEException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	/**
	 * A request as it came over the wire.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Request(String method, URI uri, Map<String, List<String>> headers, byte[] body) {

		public Form form() {
			return Form.parse(new String(this.body, StandardCharsets.US_ASCII));
		}

		/**
		 * @return the header's first value, or an empty text
		 */
		public String header(String name) {
			return Relay.header(this.headers, name);
		}

		Request without(String header) {
			Map<String, List<String>> others = new HashMap<>(this.headers);
			others.keySet().removeIf(header::equalsIgnoreCase);
			return new Request(this.method, this.uri, others, this.body);
		}

		Request with(Form form) {
			return new Request(this.method, this.uri, this.headers,
					form.toString().getBytes(StandardCharsets.US_ASCII));
		}

	}

	/**
	 * An answer that is there at once.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Response(int status, Map<String, List<String>> headers, byte[] body) implements Answer {

		/**
		 * An answer in JSON.
		 */
		public static Response json(int status, String body) {
			return of(status, "application/json", body);
		}

		public static Response of(int status, String contentType, String body) {
			return new Response(status, Map.of("Content-Type", List.of(contentType)),
					body.getBytes(StandardCharsets.UTF_8));
		}

		/**
		 * @return the header's first value, or an empty text
		 */
		public String header(String name) {
			return Relay.header(this.headers, name);
		}

		public String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

		/**
		 * Reads the members of an answer in JSON.
		 */
		public Map<String, Object> members() {
			try {
				return JSONObjectUtils.parse(text());
			}
			catch (ParseException ex) {
				throw new IllegalStateException(ex);
			}
		}

		/**
		 * Changes the members of an answer in JSON.
		 */
		public Response changed(Change change) {
			Map<String, Object> members = members();
			try {
				change.apply(members);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
			return json(this.status, JSONObjectUtils.toJSONString(members));
		}

		@Override
		public void send(HttpExchange exchange) throws IOException {
			this.headers.forEach((name, values) -> {
				if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
					exchange.getResponseHeaders().put(name, values);
				}
			});
			exchange.sendResponseHeaders(this.status, (this.body.length == 0) ? -1 : this.body.length);
			try (OutputStream out = exchange.getResponseBody()) {
				out.write(this.body);
			}
		}

	}

}
