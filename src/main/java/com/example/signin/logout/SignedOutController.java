package com.example.signin.logout;

import java.security.Principal;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class SignedOutController {

	private final LogoutState logoutState;

	SignedOutController(LogoutState logoutState) {
		this.logoutState = logoutState;
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
		model.addAttribute("confirmed", expected && signedIn == null);
		return "signed-out";
	}

}
