package com.example.signin.session.redis;

import java.util.Arrays;

import com.example.signin.support.SigninTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.CookieSerializer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Without the profile.
 */
@SigninTest
class RedisOffTests {

	@Test
	void applicationWhenProfileIsNotActiveThenNothingOfRedisIsThere(@Autowired ApplicationContext context) {
		assertThat(Arrays.stream(context.getBeanDefinitionNames()).map(context::getType))
			.noneMatch((type) -> type != null
					&& type.getName().matches(".*([Rr]edis|springframework\\.(data|session|dao)).*"));
		assertThat(context.getBeanNamesForType(RedisConnectionFactory.class)).isEmpty();
		assertThat(context.getBeanNamesForType(SessionRepository.class)).isEmpty();
		assertThat(context.getBeanNamesForType(CookieSerializer.class)).isEmpty();
		assertThat(context.getBeanNamesForType(PersistenceExceptionTranslator.class)).isEmpty();
		assertThat(context.containsBean("redisHealthContributor")).isFalse();
	}

}
