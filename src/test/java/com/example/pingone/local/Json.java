package com.example.pingone.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/**
 * Writes JSON where Spring MVC does not: in the security filters.
 */
final class Json {

	private Json() {
	}

	static void write(HttpServletResponse response, HttpStatusCode status, Map<String, Object> body)
			throws IOException {
		response.setStatus(status.value());
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.getOutputStream().write(JSONObjectUtils.toJSONString(body).getBytes(StandardCharsets.UTF_8));
	}

}
