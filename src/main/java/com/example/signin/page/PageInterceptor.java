package com.example.signin.page;

import java.util.Locale;

import gg.jte.springframework.boot.autoconfigure.JteViewResolver;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Tells every page what its frame needs, and finds its template at once. As an attribute
 * of a controller advice the first, and by the content negotiation of Spring MVC the
 * second, would cost a quarter of a page.
 */
@Component
class PageInterceptor implements HandlerInterceptor, WebMvcConfigurer {

	private final JteViewResolver viewResolver;

	PageInterceptor(JteViewResolver viewResolver) {
		this.viewResolver = viewResolver;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this);
	}

	@Override
	public void postHandle(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable ModelAndView page) throws Exception {
		if (page != null) {
			findTemplate(page);
			page.addObject("page", new Page(request.getContextPath(), person(),
					(CsrfToken) request.getAttribute(CsrfToken.class.getName())));
		}
	}

	private void findTemplate(ModelAndView page) throws Exception {
		String name = page.getViewName();
		View view = (name != null) ? this.viewResolver.resolveViewName(name, Locale.ENGLISH) : null;
		if (view != null) {
			page.setView(view);
		}
	}

	private static @Nullable String person() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null && authentication.getPrincipal() instanceof OidcUser user) ? name(user) : null;
	}

	private static @Nullable String name(OidcUser user) {
		if (user.getFullName() != null) {
			return user.getFullName();
		}
		return (user.getEmail() != null) ? user.getEmail() : user.getSubject();
	}

}
