package com.example.pingone.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * A flow as PingOne shows it (HAL).
 */
final class FlowView {

	private final RegisteredClientRepository clients;

	FlowView(RegisteredClientRepository clients) {
		this.clients = clients;
	}

	Map<String, Object> of(Flow flow, HttpServletRequest request) {
		Map<String, Object> view = new LinkedHashMap<>();
		view.put("_links", links(flow, request));
		view.put("_embedded", embedded(flow));
		view.put("id", flow.id());
		view.put("environment", Map.of("id", Paths.ENVIRONMENT_ID));
		if (flow.session() != null) {
			view.put("session", Map.of("id", flow.session().id()));
		}
		view.put("resumeUrl", resumeUrl(flow, request));
		view.put("status", flow.status().name());
		view.put("createdAt", flow.createdAt().toString());
		view.put("expiresAt", flow.expiresAt().toString());
		return view;
	}

	static String signOnPage(Flow flow, HttpServletRequest request) {
		return url(Paths.SIGNON + "?flowId=" + flow.id(), request);
	}

	static String resumeUrl(Flow flow, HttpServletRequest request) {
		return url(Paths.ISSUER + Paths.RESUME + "?flowId=" + flow.id(), request);
	}

	private static Map<String, Object> links(Flow flow, HttpServletRequest request) {
		String self = url(Paths.FLOWS + "/" + flow.id(), request);
		Map<String, Object> links = new LinkedHashMap<>();
		links.put("self", Map.of("href", self));
		if (!flow.status().isFinal()) {
			links.put("usernamePassword.check", Map.of("href", self));
			links.put("signOnPage", Map.of("href", signOnPage(flow, request)));
		}
		return links;
	}

	private Map<String, Object> embedded(Flow flow) {
		Map<String, Object> embedded = new LinkedHashMap<>();
		RegisteredClient client = this.clients.findByClientId(flow.clientId());
		// Whose pushed request it is, is known only once it is taken up again.
		if (client != null) {
			embedded.put("application", Map.of("name", client.getClientName()));
		}
		if (flow.session() != null) {
			embedded.put("user", user(flow.session().person()));
		}
		return embedded;
	}

	private static Map<String, Object> user(Person person) {
		Map<String, Object> user = new LinkedHashMap<>(person.attributes());
		user.keySet().retainAll(Set.of("id", "username", "name"));
		return user;
	}

	private static String url(String path, HttpServletRequest request) {
		return ServletUriComponentsBuilder.fromContextPath(request).build().toUriString() + path;
	}

}
