package com.example.pingone.local;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/**
 * Begins a flow for an authorization request that needs a sign-on.
 */
final class FlowEntryPoint implements AuthenticationEntryPoint {

	private final Flows flows;

	private final FlowView view;

	FlowEntryPoint(Flows flows, FlowView view) {
		this.flows = flows;
		this.view = view;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
			throws IOException {
		Flow flow = this.flows.keep(request, this.flows.begin(request));
		if (AuthorizationResponses.isPiFlow(request)) {
			Json.write(response, HttpStatus.OK, this.view.of(flow, request));
		}
		else {
			response.sendRedirect(FlowView.signOnPage(flow, request));
		}
	}

}
