package com.example.signin.provider;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.example.signin.support.ProviderForTests;
import com.example.signin.support.Relay;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.SeparateSignin;
import com.example.signin.support.Visitor;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ways to the provider that a company's network demands.
 */
@Timeout(180)
class ProxyAndTlsTests {

	private static final String PASSWORD = "for-this-test";

	@Test
	void signInWhenJvmHasAProxyThenAllCallsGoThroughIt() throws Exception {
		HttpServer server = HttpServer.create(anyPort(), 0);
		// A client keeps the selector that it found when it was made: those of the tests,
		// the relay's among them, are made before.
		Visitor direct = new Visitor("");
		String issuer = ProviderForTests.PROVIDER.issuer();
		ProxySelector before = ProxySelector.getDefault();
		ProxySelector.setDefault(ProxySelector.of(server.getAddress()));
		try (Forwarder proxy = new Forwarder(server);
				RunningApplication application = SeparateSignin.at(issuer, "signin.userinfo=always")) {
			String page = "http://localhost:" + application.port() + "/profile";
			assertThat(direct.signIn(page, "alice").statusCode()).isEqualTo(200);
			assertThat(proxy.endpoints()).containsExactly("/openid-configuration", "/token", "/jwks", "/userinfo");
		}
		finally {
			ProxySelector.setDefault(before);
		}
	}

	@Test
	void signInWhenProvidersCertificateIsInTheBundleThenAllCallsTrustItAndElseNone(@TempDir Path directory)
			throws Exception {
		Path keys = selfSigned(directory);
		HttpsServer server = HttpsServer.create(anyPort(), 0);
		SSLContext tls = tls(keys);
		server.setHttpsConfigurator(new HttpsConfigurator(tls));
		try (Forwarder provider = new Forwarder(server)) {
			String issuer = "https://localhost:" + server.getAddress().getPort()
					+ URI.create(ProviderForTests.PROVIDER.issuer()).getPath();
			try (RunningApplication application = SeparateSignin.at(issuer)) {
				assertThat(application.visitor().open("/profile").statusCode()).isEqualTo(503);
				assertThat(provider.paths).isEmpty();
			}
			try (RunningApplication application = SeparateSignin.at(issuer, "signin.userinfo=always",
					"spring.http.clients.ssl.bundle=provider",
					"spring.ssl.bundle.jks.provider.truststore.location=file:" + keys,
					"spring.ssl.bundle.jks.provider.truststore.password=" + PASSWORD,
					"spring.ssl.bundle.jks.provider.truststore.type=PKCS12")) {
				Visitor visitor = new Visitor("http://localhost:" + application.port(),
						HttpClient.newBuilder().sslContext(tls));
				assertThat(visitor.signIn("/profile", "alice").statusCode()).isEqualTo(200);
				assertThat(provider.endpoints()).contains("/openid-configuration", "/token", "/jwks", "/userinfo");
			}
		}
	}

	private static InetSocketAddress anyPort() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
	}

	private static Path selfSigned(Path directory) throws IOException, InterruptedException {
		Path keys = directory.resolve("provider.p12");
		String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
		Process process = new ProcessBuilder(keytool, "-genkeypair", "-alias", "provider", "-keyalg", "EC", "-dname",
				"CN=localhost", "-ext", "san=dns:localhost", "-validity", "2", "-storetype", "PKCS12", "-storepass",
				PASSWORD, "-keystore", keys.toString())
			.inheritIO()
			.start();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isZero();
		return keys;
	}

	private static SSLContext tls(Path keys) throws GeneralSecurityException, IOException {
		KeyStore keyStore = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(keys)) {
			keyStore.load(in, PASSWORD.toCharArray());
		}
		KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keyManagers.init(keyStore, PASSWORD.toCharArray());
		TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trustManagers.init(keyStore);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
		return context;
	}

	/**
	 * Passes requests on to the provider, in the name of the host that was asked for.
	 */
	private static final class Forwarder implements AutoCloseable {

		private static final Set<String> OWN_HEADERS = Set.of("connection", "content-length", "host", "http2-settings",
				"proxy-connection", "upgrade");

		private final List<String> paths = new CopyOnWriteArrayList<>();

		private final HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.proxy(HttpClient.Builder.NO_PROXY)
			.build();

		private final HttpServer server;

		Forwarder(HttpServer server) {
			this.server = server;
			server.createContext("/", this::handle);
			server.start();
		}

		List<String> endpoints() {
			return this.paths.stream().map((path) -> path.substring(path.lastIndexOf('/'))).toList();
		}

		private void handle(HttpExchange exchange) throws IOException {
			try (exchange) {
				URI uri = exchange.getRequestURI();
				this.paths.add(uri.getPath());
				HttpRequest.Builder request = HttpRequest
					.newBuilder(URI.create("http://127.0.0.1:" + ProviderForTests.PROVIDER.port() + uri.getRawPath()
							+ ((uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "")))
					.method(exchange.getRequestMethod(),
							HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
				URI host = URI.create("http://" + exchange.getRequestHeaders().getFirst("Host"));
				request.header("X-Forwarded-Host", host.getHost())
					.header("X-Forwarded-Port", String.valueOf(host.getPort()))
					.header("X-Forwarded-Proto", (this.server instanceof HttpsServer) ? "https" : "http");
				exchange.getRequestHeaders()
					.entrySet()
					.stream()
					.filter((header) -> !OWN_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT)))
					.forEach((header) -> header.getValue().forEach((value) -> request.header(header.getKey(), value)));
				HttpResponse<byte[]> answer = this.client.send(request.build(),
						HttpResponse.BodyHandlers.ofByteArray());
				new Relay.Response(answer.statusCode(), answer.headers().map(), answer.body()).send(exchange);
			}
			catch (InterruptedException ex) {
				throw new IOException(ex);
			}
		}

		@Override
		public void close() {
			this.server.stop(0);
		}

	}

}
