package com.example.pingone.local;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One sign-on under way: what an application asked for, and how far the person got.
 *
 * @param id names the flow; whoever knows it and holds the browser's cookie goes on with
 * it
 * @param clientId the application
 * @param authorizationRequest the authorization request as a query
 * @param createdAt when it began
 * @param status how far it got
 * @param session the sign-on that completed it
 */
record Flow(String id, String clientId, String authorizationRequest, Instant createdAt, Status status,
		@Nullable Session session) {

	private static final Duration LIFETIME = Duration.ofMinutes(15);

	static Flow begin(String clientId, String authorizationRequest, Instant now) {
		return new Flow(UUID.randomUUID().toString(), clientId, authorizationRequest, now,
				Status.USERNAME_PASSWORD_REQUIRED, null);
	}

	Flow with(Status next) {
		return new Flow(this.id, this.clientId, this.authorizationRequest, this.createdAt, next, null);
	}

	Flow completedBy(Person person) {
		return new Flow(this.id, this.clientId, this.authorizationRequest, this.createdAt, Status.COMPLETED,
				new Session(UUID.randomUUID().toString(), person));
	}

	Instant expiresAt() {
		return this.createdAt.plus(LIFETIME);
	}

	/**
	 * Those of PingOne's statuses that occur here. A cancelled flow has failed.
	 */
	enum Status {

		USERNAME_PASSWORD_REQUIRED, MUST_CHANGE_PASSWORD, COMPLETED, FAILED;

		boolean isFinal() {
			return this == COMPLETED || this == FAILED;
		}

	}

	record Session(String id, Person person) {
	}

}
