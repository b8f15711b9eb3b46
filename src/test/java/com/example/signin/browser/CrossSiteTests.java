package com.example.signin.browser;

import org.springframework.test.context.TestPropertySource;

/**
 * The provider on another site, as in production: the browser holds back cookies that are
 * too strict for that.
 */
@TestPropertySource(properties = "test.provider-host=127.0.0.1")
class CrossSiteTests extends JourneyTests {

	CrossSiteTests() {
		super("127.0.0.1");
	}

}
