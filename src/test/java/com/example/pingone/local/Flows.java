package com.example.pingone.local;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;
import org.springframework.web.util.WebUtils;

/**
 * The flows of each browser, kept in its session: without its cookie, or with another's,
 * there is no such flow.
 */
final class Flows {

	private static final String OF_THIS_BROWSER = Flows.class.getName();

	private final Clock clock;

	Flows(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Begins a flow for the authorization request at hand, and does not keep it yet.
	 */
	Flow begin(HttpServletRequest request) {
		var query = UriComponentsBuilder.newInstance();
		request.getParameterMap()
			.forEach((name, values) -> query.queryParam(encode(name), Stream.of(values).map(Flows::encode).toArray()));
		return Flow.begin(request.getParameter(OAuth2ParameterNames.CLIENT_ID),
				String.valueOf(query.build(true).getQuery()), this.clock.instant().truncatedTo(ChronoUnit.MILLIS));
	}

	Flow keep(HttpServletRequest request, Flow flow) {
		HttpSession session = request.getSession();
		synchronized (WebUtils.getSessionMutex(session)) {
			Kept kept = kept(session);
			if (kept == null) {
				kept = new Kept();
				session.setAttribute(OF_THIS_BROWSER, kept);
			}
			kept.put(flow.id(), flow);
		}
		return flow;
	}

	/**
	 * Finds a flow of this browser.
	 * @throws ApiException if there is none, or if it has expired
	 */
	Flow find(HttpServletRequest request, String id) {
		HttpSession session = request.getSession(false);
		if (session != null) {
			synchronized (WebUtils.getSessionMutex(session)) {
				Kept kept = kept(session);
				Flow flow = (kept != null) ? kept.get(id) : null;
				if (flow != null && this.clock.instant().isBefore(flow.expiresAt())) {
					return flow;
				}
			}
		}
		throw ApiException.notFound();
	}

	/**
	 * Forgets a flow: it gives one answer to the application.
	 */
	void remove(HttpServletRequest request, Flow flow) {
		HttpSession session = request.getSession();
		synchronized (WebUtils.getSessionMutex(session)) {
			Kept kept = kept(session);
			if (kept == null || !kept.remove(flow.id(), flow)) {
				throw ApiException.notFound();
			}
		}
	}

	private static @Nullable Kept kept(HttpSession session) {
		return (Kept) session.getAttribute(OF_THIS_BROWSER);
	}

	private static String encode(String text) {
		return UriUtils.encode(text, StandardCharsets.UTF_8);
	}

	@SuppressWarnings("serial") // sessions stay in memory
	private static final class Kept extends LinkedHashMap<String, Flow> {

		private static final int MOST = 20;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Flow> eldest) {
			return size() > MOST;
		}

	}

}
