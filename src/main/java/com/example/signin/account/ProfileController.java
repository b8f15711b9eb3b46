package com.example.signin.account;

import java.util.List;

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

	private static final String ROLE = "ROLE_";

	@GetMapping("/profile")
	String profile(@AuthenticationPrincipal OidcUser user, Model model) {
		model.addAttribute("user", user);
		model.addAttribute("roles", roles(user));
		model.addAttribute("claims", ClaimsView.of(user.getClaims()));
		return "profile";
	}

	private static List<String> roles(OidcUser user) {
		return user.getAuthorities()
			.stream()
			.map((authority) -> String.valueOf(authority.getAuthority()))
			.filter((authority) -> authority.startsWith(ROLE))
			.map((authority) -> authority.substring(ROLE.length()))
			.toList();
	}

}
