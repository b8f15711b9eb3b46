package com.example.signin.account.admin;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * A page that needs a role. Who has it is decided at the door, in the hall.
 */
@Controller
class AdministrationController {

	static final String PATH = "/admin";

	@GetMapping(PATH)
	String administration() {
		return "admin";
	}

}
