package com.example.signin.provider;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractGenericHttpMessageConverter;
import org.springframework.util.StreamUtils;

/**
 * Reads an answer of type {@code application/jwt} where one in JSON is expected too: as a
 * map that holds the JWT, not verified.
 */
public class JwtResponseConverter extends AbstractGenericHttpMessageConverter<Map<String, Object>> {

	/** No claim can have this name: a JSON answer cannot be taken for a JWT. */
	static final String JWT = JwtResponseConverter.class.getName();

	public JwtResponseConverter() {
		super(MediaType.parseMediaType("application/jwt"));
	}

	@Override
	protected boolean canWrite(@Nullable MediaType mediaType) {
		return false;
	}

	@Override
	public Map<String, Object> read(Type type, @Nullable Class<?> contextClass, HttpInputMessage input)
			throws IOException {
		return Map.of(JWT, StreamUtils.copyToString(input.getBody(), StandardCharsets.US_ASCII).strip());
	}

	@Override
	protected Map<String, Object> readInternal(Class<? extends Map<String, Object>> type, HttpInputMessage input)
			throws IOException {
		return read(type, null, input);
	}

	@Override
	protected void writeInternal(Map<String, Object> map, @Nullable Type type, HttpOutputMessage output) {
		throw new UnsupportedOperationException("Answers are read only");
	}

}
