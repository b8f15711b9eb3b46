package com.example.signin.audit.trail;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import com.example.signin.audit.ClientAssertionSigned;
import com.example.signin.audit.ClientSecretChanged;
import com.example.signin.audit.Failure;
import com.example.signin.audit.LastAssertion;
import com.example.signin.audit.PreflightConcluded;
import com.example.signin.audit.RenewalFailed;
import com.example.signin.audit.RequestId;
import com.example.signin.audit.SignOutUnconfirmed;
import com.example.signin.audit.SignedIn;
import com.example.signin.audit.SignedOut;
import com.example.signin.audit.SigninFailed;
import com.example.signin.audit.TokensRenewed;

/**
 * Says what of each event goes into the audit trail, as Spring Boot's audit events. The
 * {@code jti} that is told with what a request came to is that of the assertion which
 * served it.
 */
@Component
class AuditTrail {

	private final ApplicationEventPublisher events;

	AuditTrail(ApplicationEventPublisher events) {
		this.events = events;
	}

	@EventListener
	void on(ClientAssertionSigned assertion) {
		tell("CLIENT_ASSERTION_SIGNED", assertion.clientId(),
				new Data().with("purpose", assertion.purpose())
					.with("jti", assertion.jwtId())
					.with("alg", assertion.algorithm())
					.with("aud", assertion.audience())
					.with("iat", assertion.issuedAt())
					.with("exp", assertion.expiresAt()));
	}

	@EventListener
	void on(SignedIn signedIn) {
		tell("SIGNED_IN", signedIn.subject(),
				new Data().with("sid", signedIn.sessionId())
					.with("acr", signedIn.acr())
					.with("millis", Duration.between(signedIn.startedAt(), Instant.now()).toMillis())
					.with("startedBy", signedIn.startedBy())
					.withLastAssertion());
	}

	@EventListener
	void on(SigninFailed failed) {
		tell("SIGN_IN_FAILED", null,
				new Data().with("cause", lowerCase(failed.cause())).with(failed.failure()).withLastAssertion());
	}

	@EventListener
	void on(TokensRenewed renewed) {
		tell("TOKENS_RENEWED", renewed.subject(), new Data().withLastAssertion());
	}

	@EventListener
	void on(RenewalFailed failed) {
		tell("RENEWAL_FAILED", failed.subject(), new Data().with(failed.failure()).withLastAssertion());
	}

	@EventListener
	void on(SignedOut signedOut) {
		tell("SIGNED_OUT", signedOut.subject(),
				new Data().with("kind", lowerCase(signedOut.kind().name())).with("sid", signedOut.sessionId()));
	}

	@EventListener
	void on(SignOutUnconfirmed unconfirmed) {
		tell("SIGN_OUT_UNCONFIRMED", unconfirmed.subject(), new Data());
	}

	@EventListener(ClientSecretChanged.class)
	void onClientSecretChanged() {
		tell("CLIENT_SECRET_CHANGED", null, new Data());
	}

	@EventListener
	void on(PreflightConcluded preflight) {
		tell("PREFLIGHT_CONCLUDED", null,
				new Data().with("outcome", preflight.outcome()).with("detail", preflight.detail()));
	}

	private void tell(String type, @Nullable String subject, Data data) {
		data.with("requestId", RequestId.present());
		this.events.publishEvent(new AuditApplicationEvent(new AuditEvent(subject, type, data.values)));
	}

	private static String lowerCase(String constant) {
		return constant.toLowerCase(Locale.ROOT);
	}

	/**
	 * Names and values in the order in which they are told; what is not there is left
	 * out.
	 */
	private static final class Data {

		private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

		Data with(String name, @Nullable Object value) {
			if (value != null) {
				this.values.put(name, value);
			}
			return this;
		}

		Data with(Failure failure) {
			return with("error", failure.error()).with("correlationId", failure.correlationId());
		}

		Data withLastAssertion() {
			ClientAssertionSigned assertion = LastAssertion.ofRequest();
			return (assertion != null) ? with("jti", assertion.jwtId()) : this;
		}

	}

}
