package com.example.signin.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skipped where there is no Redis, except in continuous integration ({@code CI=true}),
 * where that is a failure.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("redis")
@ExtendWith(NeedsRedis.Condition.class)
public @interface NeedsRedis {

	/**
	 * Looks for the program.
	 */
	final class Condition implements ExecutionCondition {

		static final String MISSING = "No redis-server here: install the package redis-server";

		@Override
		public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
			if (RedisServer.PROGRAM != null) {
				return ConditionEvaluationResult.enabled("There is a Redis");
			}
			if ("true".equals(System.getenv("CI"))) {
				throw new IllegalStateException(MISSING);
			}
			return ConditionEvaluationResult.disabled(MISSING);
		}

	}

}
