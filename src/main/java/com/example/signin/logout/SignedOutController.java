package com.example.signin.logout;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class SignedOutController {

	@GetMapping(LogoutConfiguration.SIGNED_OUT_PAGE)
	String signedOut() {
		return "signed-out";
	}

}
