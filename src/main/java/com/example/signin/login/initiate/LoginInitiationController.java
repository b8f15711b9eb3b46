package com.example.signin.login.initiate;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

import com.example.signin.login.SigninIntent;
import com.example.signin.login.SigninStart;
import com.example.signin.provider.ProviderProperties;

/**
 * The login initiation endpoint, PingOne's <em>Initiate Login URI</em>. It does nothing
 * that a link to a protected page could not do, hence it needs no protection of its own.
 */
@Controller
class LoginInitiationController {

	static final String PATH = "/login/initiate";

	private final SigninStart signinStart;

	private final String issuer;

	LoginInitiationController(SigninStart signinStart, ProviderProperties provider) {
		this.signinStart = signinStart;
		this.issuer = provider.issuer();
	}

	/**
	 * Begins a sign-in.
	 * @param iss the issuer that asks for it; another than ours is answered by status 400
	 * @param loginHint who is expected to sign in
	 * @param targetLinkUri where the person lands; a place outside this application is
	 * answered by status 400, so that nobody is sent on to a stranger's page
	 */
	@RequestMapping(path = PATH, method = { RequestMethod.GET, RequestMethod.POST })
	void initiate(@RequestParam(required = false) @Nullable String iss,
			@RequestParam(name = "login_hint", required = false) @Nullable String loginHint,
			@RequestParam(name = "target_link_uri", required = false) @Nullable String targetLinkUri,
			HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
		String landingPage = (targetLinkUri != null) ? ownPage(targetLinkUri, request) : null;
		if (!this.issuer.equals(iss) || (targetLinkUri != null && landingPage == null)) {
			response.sendError(HttpServletResponse.SC_BAD_REQUEST);
			return;
		}
		new SigninIntent(landingPage, null, loginHint).attachTo(request);
		this.signinStart.begin(request, response);
	}

	/**
	 * @return the path, with its query, of an address within this application, or
	 * {@code null}
	 */
	private static @Nullable String ownPage(String targetLinkUri, HttpServletRequest request) {
		try {
			URI application = ServletUriComponentsBuilder.fromContextPath(request).build().toUri();
			URI target = application.resolve(targetLinkUri);
			String path = Objects.requireNonNullElse(target.getRawPath(), "");
			String contextPath = request.getContextPath();
			boolean ours = Objects.equals(target.getScheme(), application.getScheme())
					&& Objects.equals(target.getRawAuthority(), application.getRawAuthority())
					&& (path + "/").startsWith(contextPath + "/");
			if (!ours) {
				return null;
			}
			String page = path.substring(contextPath.length());
			return (target.getRawQuery() != null) ? page + "?" + target.getRawQuery() : page;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
