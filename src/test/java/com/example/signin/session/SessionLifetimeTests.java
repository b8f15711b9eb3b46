package com.example.signin.session;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.example.signin.audit.SignedIn;
import com.example.signin.audit.SignedOut;
import com.example.signin.support.ProviderForTests;
import com.example.signin.support.RunningApplication;
import com.example.signin.support.Ticker;
import jakarta.servlet.ServletException;
import org.apache.catalina.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a session ends by itself.
 */
class SessionLifetimeTests {

	private static final Duration MAX_AGE = Duration.ofHours(12);

	private final Ticker clock = new Ticker();

	private final List<Object> events = new ArrayList<>();

	private final SessionLifetimeFilter filter = new SessionLifetimeFilter(MAX_AGE, this.clock, this.events::add);

	private final MockHttpSession session = new MockHttpSession();

	@BeforeEach
	void signIn() {
		ProviderForTests.reset();
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request()));
		OidcIdToken idToken = OidcIdToken.withTokenValue("token").subject("subject").claim("sid", "sid").build();
		this.session.setAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
				new SecurityContextImpl(
						new TestingAuthenticationToken(new DefaultOidcUser(List.of(), idToken), "none")));
		this.filter.on(new SignedIn("subject", null, null, "state", "nonce", "challenge", Instant.EPOCH, null));
	}

	@AfterEach
	void forgetRequest() {
		RequestContextHolder.resetRequestAttributes();
	}

	@Test
	void sessionWhenBusyThenEndsAtItsMaximumAgeAndNotBefore() throws Exception {
		for (Duration age = Duration.ZERO; age.compareTo(MAX_AGE) < 0; age = age.plusHours(1)) {
			visit();
			assertThat(this.session.isInvalid()).as("after %s", age).isFalse();
			this.clock.advance(Duration.ofHours(1).minusMillis(1));
		}
		visit();
		assertThat(this.session.isInvalid()).isFalse();
		this.clock.advance(Duration.ofMillis(MAX_AGE.toHours()));
		assertThat(this.events).isEmpty();
		visit();
		assertThat(this.session.isInvalid()).isTrue();
		assertThat(this.events).containsExactly(new SignedOut(SignedOut.Kind.EXPIRED, "subject", "sid"));
	}

	@Test
	void sessionWhenSignedInAgainThenCountsFromThere() throws Exception {
		this.clock.advance(MAX_AGE.minusMillis(1));
		this.filter.on(new SignedIn("subject", null, null, "state", "nonce", "challenge", Instant.EPOCH, null));
		this.clock.advance(MAX_AGE.minusMillis(1));
		visit();
		assertThat(this.session.isInvalid()).isFalse();
	}

	@Test
	void sessionWhenIdleThenEndsAfterTheTimeoutThatIsSet() {
		try (RunningApplication application = RunningApplication.with("server.servlet.session.timeout=7m")) {
			assertThat(application.visitor().signIn("/profile", "alice").statusCode()).isEqualTo(200);
			assertThat(application.sessions().findSessions()).singleElement()
				.extracting(Session::getMaxInactiveInterval)
				.isEqualTo(7 * 60);
		}
	}

	private void visit() throws ServletException, IOException {
		this.filter.doFilter(request(), new MockHttpServletResponse(), new MockFilterChain());
	}

	private MockHttpServletRequest request() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setSession(this.session);
		return request;
	}

}
