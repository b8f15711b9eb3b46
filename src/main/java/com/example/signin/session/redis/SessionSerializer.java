package com.example.signin.session.redis;

import java.io.Serializable;
import java.net.URL;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

import org.springframework.data.redis.serializer.JacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.JacksonObjectReader;
import org.springframework.security.jackson.SecurityJacksonModules;

/**
 * Writes what a session holds as JSON. Types that are read back are those that Spring
 * Security allows, those of claims, and this application's own serializable records.
 */
class SessionSerializer extends JacksonJsonRedisSerializer<Object> {

	private static final String OUR_PACKAGES = "com.example.signin.";

	SessionSerializer() {
		this(mapper());
	}

	private SessionSerializer(JsonMapper mapper) {
		// As an Object: the type is written where there may be several.
		super(mapper, mapper.constructType(Object.class), JacksonObjectReader.create(),
				(writer, value) -> writer.writerFor(Object.class).writeValueAsBytes(value));
	}

	private static JsonMapper mapper() {
		BasicPolymorphicTypeValidator.Builder allowed = BasicPolymorphicTypeValidator.builder()
			.allowIfSubType(Number.class)
			.allowIfSubType(URL.class)
			.allowIfSubType("com.nimbusds.jose.shaded.gson.internal.LinkedTreeMap")
			.allowIfSubType((context, type) -> type.isRecord() && Serializable.class.isAssignableFrom(type)
					&& type.getName().startsWith(OUR_PACKAGES));
		ClassLoader classLoader = SessionSerializer.class.getClassLoader();
		return JsonMapper.builder().addModules(SecurityJacksonModules.getModules(classLoader, allowed)).build();
	}

}
