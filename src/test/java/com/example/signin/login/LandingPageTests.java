package com.example.signin.login;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class LandingPageTests {

	@ParameterizedTest
	@CsvSource({ "/session,,/session", "/reports/7,page=2&sort=a%20b,/reports/7?page=2&sort=a%20b", "/,,/" })
	void wantedWhenOwnPathThenThatPath(String path, String query, String expected) {
		assertThat(LandingPage.wanted(request(path, query))).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "//evil.example/x", "/\\evil.example", "https://evil.example/", "",
			"/oauth2/authorization/pingone", "/login/oauth2/code/pingone", "/logout" })
	void wantedWhenNotAnOwnPageThenDefault(String path) {
		assertThat(LandingPage.wanted(request(path, null))).isEqualTo(LandingPage.DEFAULT);
	}

	@Test
	void wantedWhenTooLongForACookieThenDefault() {
		assertThat(LandingPage.wanted(request("/search", "q=" + "x".repeat(2000)))).isEqualTo(LandingPage.DEFAULT);
	}

	@Test
	void wantedWhenContextPathThenWithoutIt() {
		MockHttpServletRequest request = request("/app/session", null);
		request.setContextPath("/app");
		assertThat(LandingPage.wanted(request)).isEqualTo("/session");
	}

	private static MockHttpServletRequest request(String path, @org.jspecify.annotations.Nullable String query) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
		request.setQueryString(query);
		return request;
	}

}
