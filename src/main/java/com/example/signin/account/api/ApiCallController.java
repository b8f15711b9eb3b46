package com.example.signin.account.api;

import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.ClientAuthorizationRequiredException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

import com.example.signin.account.ClaimsView;

/**
 * What an API answers to a call in the person's name.
 */
@Controller
class ApiCallController {

	private static final Log logger = LogFactory.getLog(ApiCallController.class);

	private final UserinfoApi api;

	ApiCallController(UserinfoApi api) {
		this.api = api;
	}

	@GetMapping("/api-call")
	String call(HttpServletResponse response, Model model) {
		try {
			model.addAttribute("answer", ClaimsView.of(this.api.userinfo()));
		}
		catch (ClientAuthorizationRequiredException ex) {
			// Spring Security's filter lets the person sign in again, and come back.
			throw ex;
		}
		catch (RestClientException | OAuth2AuthorizationException | AuthenticationException ex) {
			boolean refused = ex instanceof HttpClientErrorException;
			response.setStatus((refused ? HttpStatus.BAD_GATEWAY : HttpStatus.SERVICE_UNAVAILABLE).value());
			model.addAttribute("refused", refused);
			// Not the message, which may hold a part of the answer.
			logger.warn("The API call failed: " + ex.getClass().getSimpleName() + ", "
					+ NestedExceptionUtils.getMostSpecificCause(ex).getClass().getSimpleName());
		}
		return "api-call";
	}

}
