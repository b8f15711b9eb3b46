package com.example.signin.session.redis;

import com.example.signin.settings.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * {@code spring.data.redis.url}.
 */
class RedisUrlTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void urlWhenMissingThenSaysSo() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(this::check)
			.withMessageContaining("spring.data.redis.url (environment variable SPRING_DATA_REDIS_URL) is missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "localhost:6379", "http://:the-password@host", "redis://",
			"redis://:the-password@h ost", "redis-sentinel://:the-password@host" })
	void urlWhenWrongThenSaysSoWithoutThePassword(String url) {
		this.environment.setProperty("spring.data.redis.url", url);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(this::check)
			.withMessageNotContaining("the-password");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "redis://localhost", "redis://localhost:6379/1", "rediss://user:p%2Fw@redis.example:6380" })
	void urlWhenOfARedisThenGood(String url) {
		this.environment.setProperty("spring.data.redis.url", url);
		assertThatNoException().isThrownBy(this::check);
	}

	private void check() {
		RedisSessionConfiguration.redisUrlCheck(this.environment)
			.postProcessBeanFactory(new DefaultListableBeanFactory());
	}

}
