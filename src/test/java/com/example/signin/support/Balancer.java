package com.example.signin.support;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Gives each request to the next of several instances, which have to believe its
 * forwarded headers. One that cannot be reached is passed over; a request that an
 * instance has taken and not answered ends with 502.
 */
public final class Balancer implements AutoCloseable {

	private static final Set<String> HOP_BY_HOP = Set.of("connection", "content-length", "host", "http2-settings",
			"transfer-encoding", "upgrade");

	private final List<Integer> ports;

	private final Map<String, List<Integer>> instances = new ConcurrentHashMap<>();

	private final AtomicInteger turn = new AtomicInteger();

	private final HttpServer server;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.followRedirects(HttpClient.Redirect.NEVER)
		.build();

	private Balancer(List<Integer> ports, HttpServer server) {
		this.ports = ports;
		this.server = server;
	}

	/**
	 * Starts a balancer on a free port, which the provider knows from then on.
	 * @param ports where the instances are reached
	 */
	public static Balancer of(Integer... ports) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			Balancer balancer = new Balancer(List.of(ports), server);
			server.setExecutor(balancer.executor);
			server.createContext("/", balancer::handle);
			server.start();
			ProviderForTests.PROVIDER.allowApplication("http://localhost:" + balancer.port());
			return balancer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.server.getAddress().getPort();
	}

	public Visitor visitor() {
		return Visitor.of(port());
	}

	/**
	 * The ports of the instances that have answered requests for a path, in turn.
	 */
	public List<Integer> instancesOf(String path) {
		return this.instances.getOrDefault(path, List.of());
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			exchange.getResponseHeaders().set("Connection", "close");
			try {
				answer(exchange, pass(exchange, body));
			}
			catch (IOException | InterruptedException ex) {
				exchange.sendResponseHeaders(502, -1);
			}
		}
	}

	private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
		int first = this.turn.getAndIncrement();
		for (int attempt = 0; true; attempt++) {
			int port = this.ports.get(Math.floorMod(first + attempt, this.ports.size()));
			try {
				HttpResponse<byte[]> response = this.client.send(request(exchange, body, port),
						HttpResponse.BodyHandlers.ofByteArray());
				this.instances
					.computeIfAbsent(exchange.getRequestURI().getPath(), (any) -> new CopyOnWriteArrayList<>())
					.add(port);
				return response;
			}
			catch (ConnectException ex) {
				if (attempt == this.ports.size() - 1) {
					throw ex;
				}
			}
		}
	}

	private HttpRequest request(HttpExchange exchange, byte[] body, int port) {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + port + exchange.getRequestURI()))
			.method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
			.header("X-Forwarded-Host", "localhost")
			.header("X-Forwarded-Port", String.valueOf(port()))
			.header("X-Forwarded-Proto", "http");
		exchange.getRequestHeaders().forEach((name, values) -> {
			if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
				values.forEach((value) -> request.header(name, value));
			}
		});
		return request.build();
	}

	private static void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
		response.headers().map().forEach((name, values) -> {
			if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
				exchange.getResponseHeaders().put(name, values);
			}
		});
		exchange.sendResponseHeaders(response.statusCode(),
				(response.body().length == 0) ? -1 : response.body().length);
		try (OutputStream out = exchange.getResponseBody()) {
			out.write(response.body());
		}
	}

}
