package com.example.signin.account;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Who is signed in.
 */
@Controller
class ProfileController {

	@GetMapping("/profile")
	String profile(@AuthenticationPrincipal OidcUser user, Model model) {
		model.addAttribute("user", user);
		model.addAttribute("claims", ClaimsView.of(user.getClaims()));
		return "profile";
	}

}
