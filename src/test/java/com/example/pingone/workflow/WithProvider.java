package com.example.pingone.workflow;

import com.example.pingone.local.LocalProvider;
import com.example.signin.support.Relay;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * A local provider for all tests of a class, and a relay that forgets between them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WithProvider {

	private final LocalProvider provider = LocalProvider.start(0);

	final Relay relay = Relay.to(this.provider);

	@BeforeEach
	void reset() {
		this.relay.reset();
	}

	@AfterAll
	void stop() {
		this.relay.close();
		this.provider.close();
	}

}
