package com.example.signin.browser;

/**
 * The provider on another port of the application's host, as on a developer's machine:
 * one site to the browser, which sends cookies of either to both.
 */
class SameSiteTests extends JourneyTests {

	SameSiteTests() {
		super("localhost");
	}

}
