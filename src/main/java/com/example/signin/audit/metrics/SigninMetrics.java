package com.example.signin.audit.metrics;

import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import com.example.signin.audit.ClientAssertionSigned;
import com.example.signin.audit.PreflightConcluded;
import com.example.signin.audit.RenewalFailed;
import com.example.signin.audit.SignedIn;
import com.example.signin.audit.SigninFailed;
import com.example.signin.audit.TokensRenewed;

/**
 * Counts the events of the audit trail. No tag holds what a person or the provider can
 * choose freely. The time of each call to the provider is measured where it is made.
 */
@Component
class SigninMetrics {

	private static final String OUTCOME = "outcome";

	private static final String SUCCESS = "success";

	private static final String FAILURE = "failure";

	private final MeterProvider<Counter> signins;

	private final MeterProvider<Counter> assertions;

	private final Counter renewals;

	private final Counter failedRenewals;

	private volatile double preflightAccepted = Double.NaN;

	SigninMetrics(MeterRegistry registry) {
		this.signins = Counter.builder("signin.signins").description("Sign-ins that have ended").withRegistry(registry);
		this.assertions = Counter.builder("signin.assertions")
			.description("Client assertions made")
			.withRegistry(registry);
		MeterProvider<Counter> renewals = Counter.builder("signin.renewals")
			.description("Renewals of a person's tokens")
			.withRegistry(registry);
		this.renewals = renewals.withTag(OUTCOME, SUCCESS);
		this.failedRenewals = renewals.withTag(OUTCOME, FAILURE);
		Gauge.builder("signin.preflight.accepted", () -> this.preflightAccepted)
			.description("1 when the provider accepted this client, 0 when it did not, else unknown")
			.register(registry);
	}

	@EventListener(SignedIn.class)
	void onSignedIn() {
		this.signins.withTags(OUTCOME, SUCCESS, "cause", "none").increment();
	}

	@EventListener
	void on(SigninFailed failed) {
		this.signins.withTags(OUTCOME, FAILURE, "cause", failed.cause().toLowerCase(Locale.ROOT)).increment();
	}

	@EventListener
	void on(ClientAssertionSigned assertion) {
		this.assertions.withTags("algorithm", assertion.algorithm(), "purpose", assertion.purpose()).increment();
	}

	@EventListener(TokensRenewed.class)
	void onRenewal() {
		this.renewals.increment();
	}

	@EventListener(RenewalFailed.class)
	void onFailedRenewal() {
		this.failedRenewals.increment();
	}

	@EventListener
	void on(PreflightConcluded preflight) {
		this.preflightAccepted = switch (preflight.outcome()) {
			case "accepted" -> 1;
			case "rejected" -> 0;
			default -> Double.NaN;
		};
	}

}
