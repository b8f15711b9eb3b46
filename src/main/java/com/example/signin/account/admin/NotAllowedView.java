package com.example.signin.account.admin;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/**
 * What somebody sees who lacks the role. The page for other refusals speaks of forms that
 * are too old, and signing in again would change nothing.
 */
@Component
class NotAllowedView implements ErrorViewResolver {

	@Override
	public @Nullable ModelAndView resolveErrorView(HttpServletRequest request, HttpStatus status,
			Map<String, Object> model) {
		boolean refused = status == HttpStatus.FORBIDDEN
				&& (request.getContextPath() + AdministrationController.PATH).equals(model.get("path"));
		return refused ? new ModelAndView("not-allowed", model, status) : null;
	}

}
