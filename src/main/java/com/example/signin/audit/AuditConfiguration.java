package com.example.signin.audit;

import java.util.Map;

import org.slf4j.MDC;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;

@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

	/**
	 * What a request leaves to the background is still told under its id.
	 */
	@Bean
	TaskDecorator requestIdInTheBackground() {
		return (task) -> {
			Map<String, String> context = MDC.getCopyOfContextMap();
			return () -> {
				if (context != null) {
					MDC.setContextMap(context);
				}
				try {
					task.run();
				}
				finally {
					MDC.clear();
				}
			};
		};
	}

}
