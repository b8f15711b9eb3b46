package com.example.signin.load;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.slf4j.LoggerFactory;

import org.springframework.boot.DefaultApplicationArguments;

import com.example.pingone.local.LocalProvider;
import com.example.signin.SigninApplication;
import com.example.signin.support.RunningJar;
import com.example.signin.support.Visitor;

/**
 * Starts the local provider and, in a process of its own, the application, both on
 * loopback only, and signs people in, each with a new browser. Tells what a sign-in costs
 * in rounds, the first of which show how the application warms up.
 * <ul>
 * <li>{@code --sign-ins=3000}: how many
 * <li>{@code --users=8}: how many at a time
 * <li>{@code --command="java -jar app.jar"}: what starts the application, if not the
 * class path
 * </ul>
 */
public final class LoadTest {

	private static final int ROUND = 500;

	private final String baseUrl;

	private LoadTest(String baseUrl) {
		this.baseUrl = baseUrl;
	}

	/**
	 * Signs people in.
	 * @param args see above
	 * @throws IOException if the application cannot be started
	 * @throws InterruptedException if it is ended meanwhile
	 * @throws ExecutionException if a sign-in does not succeed
	 */
	public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
		var arguments = new DefaultApplicationArguments(args);
		int signIns = Integer.parseInt(option(arguments, "sign-ins", "3000"));
		int users = Integer.parseInt(option(arguments, "users", "8"));
		String command = option(arguments, "command", String.join(" ", RunningJar.JAVA, "-cp",
				System.getProperty("java.class.path"), SigninApplication.class.getName()));
		Path folder = Files.createTempDirectory("load-test");
		try (LocalProvider provider = LocalProvider.start(0);
				RunningJar application = RunningJar.start(new ProcessBuilder(command.split(" ")), folder,
						RunningJar.settings(folder, provider.issuer()))) {
			String baseUrl = "http://localhost:" + application.awaitPort();
			provider.allowApplication(baseUrl);
			var test = new LoadTest(baseUrl);
			for (int done = 0; done < signIns; done += ROUND) {
				Duration cpuBefore = cpu(application);
				long before = System.nanoTime();
				List<SignIn> round = test.signIn(Math.min(ROUND, signIns - done), users);
				Duration elapsed = Duration.ofNanos(System.nanoTime() - before);
				LoggerFactory.getLogger(LoadTest.class)
					.info(SignIn.summary(round, elapsed, cpu(application).minus(cpuBefore)));
			}
			application.stop();
		}
	}

	private List<SignIn> signIn(int signIns, int users) throws InterruptedException, ExecutionException {
		ExecutorService executor = Executors.newFixedThreadPool(users);
		try {
			List<Callable<List<SignIn>>> visits = IntStream.range(0, users)
				.<Callable<List<SignIn>>>mapToObj((user) -> () -> visit((signIns + user) / users))
				.toList();
			List<SignIn> all = new ArrayList<>();
			for (Future<List<SignIn>> visit : executor.invokeAll(visits)) {
				all.addAll(visit.get());
			}
			return all;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private List<SignIn> visit(int signIns) {
		Visitor visitor = new Visitor(this.baseUrl);
		return IntStream.range(0, signIns).mapToObj((number) -> {
			visitor.cookies().getCookieStore().removeAll();
			long start = System.nanoTime();
			HttpResponse<String> toProvider = visitor.open("/profile");
			long atProvider = System.nanoTime();
			String callback = visitor.followToCallback(visitor.signOn(visitor.follow(toProvider), "alice"));
			long back = System.nanoTime();
			HttpResponse<String> toPage = visitor.open(callback);
			long signedIn = System.nanoTime();
			HttpResponse<String> page = visitor.follow(toPage);
			long end = System.nanoTime();
			if (page.statusCode() != 200 || !page.body().contains("Your profile")) {
				throw new IllegalStateException("A sign-in ended with status " + page.statusCode());
			}
			return new SignIn(atProvider - start, signedIn - back, end - signedIn);
		}).toList();
	}

	private static Duration cpu(RunningJar application) {
		return application.process().info().totalCpuDuration().orElse(Duration.ZERO);
	}

	private static String option(DefaultApplicationArguments arguments, String name, String fallback) {
		List<String> values = arguments.getOptionValues(name);
		return (values != null && !values.isEmpty()) ? values.get(0) : fallback;
	}

}
