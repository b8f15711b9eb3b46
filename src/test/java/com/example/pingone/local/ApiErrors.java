package com.example.pingone.local;

import java.io.IOException;
import java.io.UncheckedIOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Gives errors of the management API and the flow API the form that PingOne documents,
 * whoever finds them: Spring Security, Spring MVC or a controller.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ApiErrors implements HandlerExceptionResolver, AuthenticationEntryPoint, AccessDeniedHandler {

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
			throws IOException {
		ApiException.invalidToken().write(response);
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException exception)
			throws IOException {
		ApiException.insufficientPermissions().write(response);
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception exception) {
		String path = request.getRequestURI();
		if (!path.startsWith(Paths.MANAGEMENT + "/") && !path.startsWith(Paths.FLOWS + "/")) {
			return null;
		}
		try {
			if (exception instanceof ApiException refused) {
				refused.write(response);
			}
			else if (exception instanceof ErrorResponse refused) {
				refused.getHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
				ApiException.of(refused.getStatusCode()).write(response);
			}
			else if (exception instanceof HttpMessageNotReadableException) {
				ApiException.of(HttpStatus.BAD_REQUEST).write(response);
			}
			else {
				return null;
			}
			return new ModelAndView();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
