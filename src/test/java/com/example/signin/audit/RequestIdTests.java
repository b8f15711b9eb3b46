package com.example.signin.audit;

import java.util.concurrent.atomic.AtomicReference;

import jakarta.servlet.ServletRequestEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;

import static org.assertj.core.api.Assertions.assertThat;

class RequestIdTests {

	private final RequestId listener = new RequestId();

	private final ServletRequestEvent request = new ServletRequestEvent(new MockServletContext(),
			new MockHttpServletRequest());

	@AfterEach
	void end() {
		this.listener.requestDestroyed(this.request);
	}

	@Test
	void requestsThenEachHasAnIdOfItsOwnAndLeavesNone() {
		assertThat(RequestId.present()).isNull();
		this.listener.requestInitialized(this.request);
		String first = RequestId.present();
		assertThat(first).matches("[0-9a-f]{16}");
		this.listener.requestDestroyed(this.request);
		assertThat(RequestId.present()).isNull();
		this.listener.requestInitialized(this.request);
		assertThat(RequestId.present()).isNotNull().isNotEqualTo(first);
	}

	@Test
	void taskWhenARequestLeavesItToTheBackgroundThenHasItsIdAndNoOtherTaskHas() {
		AtomicReference<@Nullable String> seen = new AtomicReference<>();
		var decorator = new AuditConfiguration().requestIdInTheBackground();
		this.listener.requestInitialized(this.request);
		String id = RequestId.present();
		Runnable task = decorator.decorate(() -> seen.set(RequestId.present()));
		this.listener.requestDestroyed(this.request);
		task.run();
		assertThat(seen.get()).isNotNull().isEqualTo(id);
		assertThat(RequestId.present()).isNull();
		decorator.decorate(() -> seen.set(RequestId.present())).run();
		assertThat(seen.get()).isNull();
	}

}
