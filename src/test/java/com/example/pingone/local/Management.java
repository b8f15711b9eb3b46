package com.example.pingone.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;

/**
 * What a test knows and orders of the management API: the requests that came, and
 * troubles for those to come. Troubles count requests, never time. A request is named by
 * its method and its path below the environment, as in {@code GET /applications}.
 */
public final class Management {

	private final List<String> requests = new ArrayList<>();

	private final List<Failure> failures = new ArrayList<>();

	/** Of what was created: how many reads are still refused. */
	private final Map<String, Integer> unsettled = new HashMap<>();

	private final Set<String> expiredTokens = new HashSet<>();

	private int readsUntilSettled;

	private int statusUntilSettled;

	private boolean nextTokenIsExpired;

	private boolean workerHasRoles = true;

	/**
	 * Tells which requests came.
	 * @return all since the start or since {@link #reset()}, in their order
	 */
	public synchronized List<String> requests() {
		return List.copyOf(this.requests);
	}

	/**
	 * Begins the record of requests anew and calls off every trouble.
	 */
	public synchronized void reset() {
		this.requests.clear();
		this.failures.clear();
		this.unsettled.clear();
		this.expiredTokens.clear();
		this.readsUntilSettled = 0;
		this.nextTokenIsExpired = false;
		this.workerHasRoles = true;
	}

	/**
	 * Lets requests fail instead of being served.
	 * @param count how many
	 * @param start how they start: {@code "POST /users"}, {@code "GET"}, or {@code ""}
	 * for the next ones whatever they are
	 * @param status the answer, 429 or 5xx for instance
	 */
	public void failNext(int count, String start, int status) {
		failNext(count, start, status, null);
	}

	/**
	 * Lets requests fail and tells when to come again.
	 * @param count how many
	 * @param start how they start
	 * @param status the answer
	 * @param retryAfter the header {@code Retry-After}, or null for none
	 */
	public synchronized void failNext(int count, String start, int status, @Nullable String retryAfter) {
		for (int i = 0; i < count; i++) {
			this.failures.add(new Failure(start, status, retryAfter));
		}
	}

	/**
	 * Lets what is created from now on be unknown, or nobody's to read, for a while: as
	 * PingOne documents for its eventual consistency.
	 * @param reads how many reads of each new thing, or of what is below it, are refused
	 * @param status the answer, 404 or 403
	 */
	public synchronized void settleAfter(int reads, int status) {
		this.readsUntilSettled = reads;
		this.statusUntilSettled = status;
	}

	/**
	 * Lets the access token of the next request be expired, then and ever after. Another
	 * one is good.
	 */
	public synchronized void expireToken() {
		this.nextTokenIsExpired = true;
	}

	/**
	 * Takes the worker's roles away or gives them back.
	 * @param hasRoles whether it may do anything at all
	 */
	public synchronized void setWorkerHasRoles(boolean hasRoles) {
		this.workerHasRoles = hasRoles;
	}

	synchronized boolean workerHasRoles() {
		return this.workerHasRoles;
	}

	synchronized void record(String request) {
		this.requests.add(request);
	}

	synchronized @Nullable Failure takeFailure(String request) {
		for (Failure failure : this.failures) {
			if (request.startsWith(failure.start())) {
				this.failures.remove(failure);
				return failure;
			}
		}
		for (var created : this.unsettled.entrySet()) {
			if (created.getValue() > 0 && (request + "/").startsWith("GET " + created.getKey() + "/")) {
				created.setValue(created.getValue() - 1);
				return new Failure(request, this.statusUntilSettled, null);
			}
		}
		return null;
	}

	synchronized void created(String path) {
		if (this.readsUntilSettled > 0) {
			this.unsettled.put(path, this.readsUntilSettled);
		}
	}

	synchronized boolean isExpired(String authorization) {
		if (this.nextTokenIsExpired) {
			this.nextTokenIsExpired = false;
			this.expiredTokens.add(authorization);
		}
		return this.expiredTokens.contains(authorization);
	}

	/**
	 * An answer instead of the right one.
	 */
	record Failure(String start, int status, @Nullable String retryAfter) {

		ApiException exception() {
			return ApiException.of(HttpStatusCode.valueOf(this.status));
		}

	}

}
