package com.example.pingone.local;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * The sign-on page of a flow.
 */
@Controller
final class SignonController {

	private final Flows flows;

	private final CredentialsCheck credentialsCheck;

	SignonController(Flows flows, CredentialsCheck credentialsCheck) {
		this.flows = flows;
		this.credentialsCheck = credentialsCheck;
	}

	@GetMapping(Paths.SIGNON)
	void show(@RequestParam(defaultValue = "") String flowId, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		show(this.flows.find(request, flowId), "", "", request, response);
	}

	@PostMapping(Paths.SIGNON)
	void signOn(@RequestParam(defaultValue = "") String flowId, @RequestParam(defaultValue = "") String username,
			@RequestParam(defaultValue = "") String password, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		Flow flow = this.flows.find(request, flowId);
		try {
			flow = this.credentialsCheck.check(flow, username, password, request, response);
		}
		catch (ApiException error) {
			show(flow, username, error.text(), request, response);
			return;
		}
		if (flow.status() == Flow.Status.MUST_CHANGE_PASSWORD) {
			Page.message(response, HttpStatus.FORBIDDEN, "Please change your password",
					"You have to before you can sign on, and this stand-in has no page for it.");
			return;
		}
		response.sendRedirect(FlowView.resumeUrl(flow, request));
	}

	@PostMapping(Paths.CANCEL)
	void cancel(@RequestParam(defaultValue = "") String flowId, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		Flow flow = this.flows.find(request, flowId).with(Flow.Status.FAILED);
		response.sendRedirect(FlowView.resumeUrl(this.flows.keep(request, flow), request));
	}

	@GetMapping(path = Paths.STYLESHEET, produces = "text/css;charset=UTF-8")
	@ResponseBody
	String stylesheet() {
		return Page.read("pages.css");
	}

	@ExceptionHandler(ApiException.class)
	static void startOver(HttpServletResponse response) throws IOException {
		Page.message(response, HttpStatus.BAD_REQUEST, "There is no sign-on under way",
				"It has expired, or this page was opened by itself. Please start again at the application.");
	}

	private static void show(Flow flow, String username, String error, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
		Page.write(response, "signon.html", Map.of("signon", Paths.SIGNON, "cancel", Paths.CANCEL, "flowId", flow.id(),
				"csrfName", csrf.getParameterName(), "csrf", csrf.getToken(), "username", username, "error", error));
	}

}
