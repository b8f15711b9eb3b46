package com.example.pingone.workflow;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/**
 * A step did not do what it should, and the run ends.
 */
final class StepFailure extends RuntimeException {

	private final transient Map<String, String> said;

	private final Advice advice;

	/**
	 * @param said what was answered, by names such as {@code code}
	 * @param advice what it most likely means and what to do
	 */
	StepFailure(Map<String, ? extends @Nullable Object> said, Advice advice) {
		super(advice.meaning());
		this.said = new LinkedHashMap<>();
		said.forEach((name, value) -> {
			if (value != null && !value.toString().isEmpty()) {
				this.said.put(name, value.toString());
			}
		});
		this.advice = advice;
	}

	/**
	 * Finds out whether an exception means that no answer came.
	 * @return the failure, or {@code null} if an answer came
	 */
	static @Nullable StepFailure ofNetwork(Throwable exception) {
		for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
			if (cause instanceof IOException) {
				String root = NestedExceptionUtils.getMostSpecificCause(cause).getClass().getSimpleName();
				return new StepFailure(
						Map.of(cause.getClass().getSimpleName(), Objects.requireNonNullElse(cause.getMessage(), root)),
						Advice.UNREACHABLE);
			}
		}
		return null;
	}

	Map<String, String> said() {
		return this.said;
	}

	Advice advice() {
		return this.advice;
	}

}
