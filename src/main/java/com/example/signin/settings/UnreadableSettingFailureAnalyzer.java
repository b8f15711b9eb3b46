package com.example.signin.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;

/**
 * Explains a value of one of the application's own settings that is not of its type, an
 * unknown algorithm for example, in the same words as any other invalid setting.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnreadableSettingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		String property = cause.getName().toString();
		ConversionFailedException conversion = findCause(cause, ConversionFailedException.class);
		if (!property.startsWith("signin.") || conversion == null) {
			return null;
		}
		String expected = expected(conversion.getTargetType().getType());
		return new FailureAnalysis(
				InvalidSettingException.nameOf(property) + " is '" + conversion.getValue() + "', not " + expected + ".",
				"Set it to " + expected + ", or leave it out to use the default.", cause);
	}

	private static String expected(Class<?> type) {
		if (type.isEnum()) {
			return "one of "
					+ Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
		}
		return (type == Duration.class) ? "a duration such as 60s" : "a " + type.getSimpleName();
	}

}
