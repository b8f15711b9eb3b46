package com.example.signin.session.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

import com.example.signin.settings.InvalidSettingException;

/**
 * The rest is Spring Boot's own, with the settings of {@code application-redis.yml}.
 */
@Configuration(proxyBeanMethods = false)
@Profile("redis")
class RedisSessionConfiguration {

	private static final Set<String> SCHEMES = Set.of("redis", "rediss");

	private static final Authentication NOBODY = new AnonymousAuthenticationToken("nobody", "nobody",
			AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

	/**
	 * Before Spring Boot reads it: its own message would show the password.
	 */
	@Bean
	static BeanFactoryPostProcessor redisUrlCheck(Environment environment) {
		return (beanFactory) -> {
			if (!isRedis(environment.getProperty("spring.data.redis.url", ""))) {
				throw new InvalidSettingException("spring.data.redis.url", "is missing or no URL of a Redis.",
						"Set it to redis://<host>:6379, or rediss://<user>:<password>@<host>:6379 with TLS.");
			}
		};
	}

	private static boolean isRedis(String url) {
		try {
			URI uri = new URI(url);
			return uri.getHost() != null && SCHEMES.contains(uri.getScheme());
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	@Bean
	RedisSerializer<Object> springSessionDefaultRedisSerializer() {
		return new SessionSerializer();
	}

	/**
	 * Public is what nobody has to sign in for.
	 */
	@Bean
	SessionOutage sessionOutage(ObjectProvider<WebInvocationPrivilegeEvaluator> access) {
		return new SessionOutage(
				(request) -> access.getObject()
					.isAllowed(request.getContextPath(), request.getServletPath(), request.getMethod(), NOBODY),
				new RareWarning(SessionOutage.class, Clock.systemUTC()));
	}

	/**
	 * Once the headers of each answer are seen to, and before a CSRF token is missed that
	 * the session would have.
	 */
	@Bean
	Customizer<HttpSecurity> sessionOutageEnd(SessionOutage outage) {
		return (http) -> http.addFilterAfter((request, response, chain) -> {
			outage.endIfMetBy((HttpServletRequest) request);
			chain.doFilter(request, response);
		}, HeaderWriterFilter.class);
	}

	@Bean
	FilterRegistrationBean<SessionOutage> sessionOutageRegistration(SessionOutage outage) {
		FilterRegistrationBean<SessionOutage> registration = new FilterRegistrationBean<>(outage);
		registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER - 1);
		return registration;
	}

	@Bean
	static BeanPostProcessor patientSessions(ObjectProvider<SessionOutage> outage) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof SessionRepository<?> sessions) ? new PatientSessions<>(sessions,
						outage.getObject(), new RareWarning(PatientSessions.class, Clock.systemUTC())) : bean;
			}

		};
	}

}
