package com.example.signin.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.example.signin.audit.RequestId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

/**
 * The events that the rooms publish for the audit trail.
 */
public final class AuditEvents implements ApplicationListener<PayloadApplicationEvent<?>> {

	private final List<Published> events = new CopyOnWriteArrayList<>();

	private AuditEvents() {
	}

	/**
	 * Those of an application from now on.
	 */
	public static AuditEvents of(ConfigurableApplicationContext context) {
		AuditEvents events = new AuditEvents();
		context.addApplicationListener(events);
		return events;
	}

	/**
	 * All of a type so far, in their order.
	 */
	public <T> List<T> all(Class<T> type) {
		return published(type).map(Published::event).map(type::cast).toList();
	}

	/**
	 * The ids of the requests that they were published for.
	 */
	public List<@Nullable String> requestIds(Class<?> type) {
		return published(type).<@Nullable String>map(Published::requestId).toList();
	}

	private Stream<Published> published(Class<?> type) {
		return this.events.stream().filter((published) -> type.isInstance(published.event()));
	}

	@Override
	public void onApplicationEvent(PayloadApplicationEvent<?> event) {
		this.events.add(new Published(event.getPayload(), RequestId.present()));
	}

	private record Published(Object event, @Nullable String requestId) {
	}

}
