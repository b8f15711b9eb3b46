package com.example.signin.logout.backchannel.redis;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.session.SessionRepository;

import com.example.signin.logout.backchannel.Sessions;
import com.example.signin.session.SessionLifetimeProperties;

@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("signin.back-channel-logout.enabled")
@Profile("redis")
class RedisSessionsConfiguration {

	@Bean
	Sessions sessions(StringRedisTemplate redis, SessionRepository<?> sessions, SessionLifetimeProperties lifetime,
			@Value("${spring.session.data.redis.namespace}") String namespace) {
		return new RedisSessions(redis, sessions, namespace, lifetime.maxAge());
	}

}
