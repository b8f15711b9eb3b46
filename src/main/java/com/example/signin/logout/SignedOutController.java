package com.example.signin.logout;

import java.security.Principal;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

import com.example.signin.audit.SignOutUnconfirmed;

@Controller
class SignedOutController {

	private final LogoutState logoutState;

	private final ApplicationEventPublisher events;

	SignedOutController(LogoutState logoutState, ApplicationEventPublisher events) {
		this.logoutState = logoutState;
		this.events = events;
	}

	/**
	 * Confirms the sign-out, unless this browser has asked the provider for none with
	 * this {@code state}, or somebody is signed in. A sign-out that ended here alone has
	 * no state.
	 */
	@GetMapping(LogoutConfiguration.SIGNED_OUT_PAGE)
	String signedOut(@RequestParam(required = false) @Nullable String state, @Nullable Principal signedIn,
			HttpServletRequest request, Model model) {
		boolean expected = state == null || this.logoutState.matches(state, request);
		boolean confirmed = expected && signedIn == null;
		if (!confirmed) {
			this.events.publishEvent(new SignOutUnconfirmed((signedIn != null) ? signedIn.getName() : null));
		}
		model.addAttribute("confirmed", confirmed);
		return "signed-out";
	}

}
