package com.example.signin.login;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserSource;
import org.springframework.security.oauth2.client.registration.ClientRegistration.ProviderDetails.UserInfoEndpoint;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Makes the principal at a sign-in and at each renewal. As the framework's own, except
 * that the authority {@code OIDC_USER} does not hold all claims once more: a session
 * keeps them. And that a claim may name roles.
 */
class OidcUserConverter implements Converter<OidcUserSource, OidcUser> {

	private static final GrantedAuthority OIDC_USER = new SimpleGrantedAuthority("OIDC_USER");

	private final Roles roles;

	OidcUserConverter(Roles roles) {
		this.roles = roles;
	}

	@Override
	public OidcUser convert(OidcUserSource source) {
		OidcUserRequest request = source.getUserRequest();
		Set<GrantedAuthority> authorities = new LinkedHashSet<>();
		authorities.add(OIDC_USER);
		request.getAccessToken()
			.getScopes()
			.forEach((scope) -> authorities.add(new SimpleGrantedAuthority("SCOPE_" + scope)));
		OidcUser user = user(authorities, source);
		return authorities.addAll(this.roles.in(user.getClaims())) ? user(authorities, source) : user;
	}

	private static OidcUser user(Set<GrantedAuthority> authorities, OidcUserSource source) {
		OidcUserRequest request = source.getUserRequest();
		UserInfoEndpoint endpoint = request.getClientRegistration().getProviderDetails().getUserInfoEndpoint();
		return new DefaultOidcUser(authorities, request.getIdToken(), source.getUserInfo(),
				Objects.requireNonNull(endpoint.getUserNameAttributeName()));
	}

}
