package com.example.pingone.local;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.CurrentSecurityContext;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Takes up the authorization request of a flow that is over. The framework's endpoint
 * answers it.
 */
@Controller
final class ResumeController {

	private static final RequestMatcher BROWSER = browser();

	private final Flows flows;

	ResumeController(Flows flows) {
		this.flows = flows;
	}

	@GetMapping(Paths.ISSUER + Paths.RESUME)
	void resume(@RequestParam(defaultValue = "") String flowId,
			@CurrentSecurityContext(expression = "authentication") Authentication signedOn, HttpServletRequest request,
			HttpServletResponse response) throws ServletException, IOException {
		Flow flow = this.flows.find(request, flowId);
		if (!flow.status().isFinal()) {
			throw new ApiException(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", "This flow is not completed", List.of());
		}
		this.flows.remove(request, flow);
		// The code is for who is signed on now: that has to be who completed the flow.
		if (flow.session() != null && flow.session().person() != signedOn.getPrincipal()) {
			throw ApiException.notFound();
		}
		AuthorizeFilter.resume(flow, request, response);
	}

	/**
	 * Whose flow it was is not known: the browser shows a page, and a client of the flow
	 * API reads JSON.
	 */
	@ExceptionHandler
	void refuse(ApiException refused, HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (BROWSER.matches(request)) {
			SignonController.startOver(response);
		}
		else {
			refused.write(response);
		}
	}

	private static RequestMatcher browser() {
		var matcher = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);
		matcher.setIgnoredMediaTypes(Set.of(MediaType.ALL));
		return matcher;
	}

}
