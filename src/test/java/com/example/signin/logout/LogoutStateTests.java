package com.example.signin.logout;

import java.util.Objects;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class LogoutStateTests {

	private final LogoutState logoutState = new LogoutState();

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@Test
	void cookieWhenHttpThenShortLivedHttpOnlyAndLax() {
		String state = this.logoutState.create(this.request, this.response);
		assertThat(this.response.getHeader("Set-Cookie")).startsWith("logout-state=" + state + "; Path=/; Max-Age=600;")
			.contains("; HttpOnly", "; SameSite=Lax")
			.doesNotContain("; Secure");
	}

	@Test
	void cookieWhenHttpsThenBoundToTheHost() {
		this.request.setSecure(true);
		String state = this.logoutState.create(this.request, this.response);
		assertThat(this.response.getHeader("Set-Cookie")).startsWith("__Host-logout-state=" + state + "; Path=/;")
			.contains("; Secure", "; HttpOnly", "; SameSite=Lax")
			.doesNotContain("Domain");
	}

	@Test
	void stateWhenHttpsThenNotMatchedByACookieThatAnotherHostCanSet() {
		String state = this.logoutState.create(this.request, this.response);
		this.request.setCookies(Objects.requireNonNull(this.response.getCookie("logout-state")));
		assertThat(this.logoutState.matches(state, this.request)).isTrue();
		this.request.setSecure(true);
		assertThat(this.logoutState.matches(state, this.request)).isFalse();
		this.request.setCookies(new Cookie("__Host-logout-state", state));
		assertThat(this.logoutState.matches(state, this.request)).isTrue();
	}

}
