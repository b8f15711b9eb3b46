package com.example.pingone.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.CurrentSecurityContext;
import org.springframework.security.oauth2.client.oidc.authentication.logout.LogoutTokenClaimNames;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Sign-off (OpenID Connect RP-Initiated Logout). The framework's endpoint finds a hint by
 * its stored value, so that only the newest ID token since the last start is good;
 * PingOne asks only whose it is, and does without.
 */
@Controller
final class SignoffController {

	private final Applications applications;

	private final BackChannelLogout backChannelLogout;

	SignoffController(Applications applications, BackChannelLogout backChannelLogout) {
		this.applications = applications;
		this.backChannelLogout = backChannelLogout;
	}

	@RequestMapping(path = Paths.ISSUER + Paths.SIGNOFF, method = { RequestMethod.GET, RequestMethod.POST })
	void signOff(@RequestParam(name = "id_token_hint", required = false) @Nullable String hint,
			@RequestParam(name = "post_logout_redirect_uri", required = false) @Nullable String redirectUri,
			@RequestParam(required = false) @Nullable String state,
			@CurrentSecurityContext(expression = "authentication") Authentication authentication,
			HttpServletRequest request, HttpServletResponse response) throws IOException {
		Person person = (authentication.getPrincipal() instanceof Person signedOn) ? signedOn : null;
		String issuer = request.getRequestURL().toString().replace(Paths.SIGNOFF, "");
		List<Application> applications = this.applications.all().stream().filter(Application::isEnabled).toList();
		JWTClaimsSet claims = (hint != null) ? claims(hint) : null;
		if (claims != null) {
			applications = applications.stream()
				.filter((application) -> isAcceptable(claims, application, issuer, person))
				.toList();
		}
		if (applications.isEmpty()) {
			refuse(response, "The id_token_hint is not one of an application and of this person.");
			return;
		}
		if (redirectUri != null && applications.stream()
			.noneMatch((application) -> application.postLogoutRedirectUris().contains(redirectUri))) {
			refuse(response, "The post_logout_redirect_uri is not registered.");
			return;
		}
		new SecurityContextLogoutHandler().logout(request, response, authentication);
		if (person != null && claims != null) {
			String sid = String.valueOf(claims.getClaim(LogoutTokenClaimNames.SID));
			applications
				.forEach((application) -> this.backChannelLogout.send(application.id(), issuer, person.id(), sid));
		}
		if (redirectUri == null) {
			Page.message(response, HttpStatus.OK, "You are signed off", "You can close this window.");
			return;
		}
		var target = UriComponentsBuilder.fromUriString(redirectUri);
		if (state != null) {
			target.queryParam("state", UriUtils.encode(state, StandardCharsets.UTF_8));
		}
		response.sendRedirect(target.build(true).toUriString());
	}

	/**
	 * Neither expiry nor signature count: an expired hint is fine, and the key of one
	 * from before a restart is gone.
	 * @return its claims, none if it is not a JWT
	 */
	private static JWTClaimsSet claims(String hint) {
		try {
			return SignedJWT.parse(hint).getJWTClaimsSet();
		}
		catch (ParseException ex) {
			return new JWTClaimsSet.Builder().build();
		}
	}

	private static boolean isAcceptable(JWTClaimsSet hint, Application application, String issuer,
			@Nullable Person person) {
		return hint.getAudience().contains(application.id()) && issuer.equals(hint.getIssuer())
				&& (person == null || person.id().equals(hint.getSubject()));
	}

	private static void refuse(HttpServletResponse response, String reason) throws IOException {
		Page.message(response, HttpStatus.BAD_REQUEST, "This sign-off cannot be completed", reason);
	}

}
