package com.example.signin.login;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class NavigationRequestMatcherTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			GET,  navigate, document, text/html,                       true
			GET,  navigate, '',       text/html,                       true
			GET,  navigate, iframe,   text/html,                       false
			GET,  no-cors,  image,    image/avif,                      false
			GET,  no-cors,  image,    'text/html,*/*',                 false
			GET,  cors,     empty,    'text/html,*/*',                 false
			POST, navigate, document, text/html,                       false
			HEAD, navigate, document, text/html,                       false
			GET,  '',       '',       'text/html,application/xml,*/*', true
			GET,  '',       '',       */*,                             false
			GET,  '',       '',       application/json,                false
			GET,  '',       '',       '',                              false
			""")
	void requestWhenItIsAPersonGoingToAPageThenMatches(String method, String mode, String destination, String accept,
			boolean expected) {
		MockHttpServletRequest request = new MockHttpServletRequest(method, "/profile");
		header(request, "Sec-Fetch-Mode", mode);
		header(request, "Sec-Fetch-Dest", destination);
		header(request, "Accept", accept);
		assertThat(new NavigationRequestMatcher().matches(request)).isEqualTo(expected);
	}

	@Test
	void requestWhenPageIsFetchedInAdvanceThenDoesNotMatch() {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/profile");
		header(request, "Sec-Fetch-Mode", "navigate");
		header(request, "Sec-Purpose", "prefetch");
		assertThat(new NavigationRequestMatcher().matches(request)).isFalse();
	}

	private static void header(MockHttpServletRequest request, String name, String value) {
		if (!value.isEmpty()) {
			request.addHeader(name, value);
		}
	}

}
