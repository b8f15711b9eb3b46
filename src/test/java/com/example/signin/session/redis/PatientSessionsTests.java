package com.example.signin.session.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.example.signin.support.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.session.MapSession;
import org.springframework.session.SessionRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

@ExtendWith(OutputCaptureExtension.class)
class PatientSessionsTests {

	private final Ticker clock = new Ticker();

	@SuppressWarnings("unchecked")
	private final SessionRepository<MapSession> redis = mock(SessionRepository.class);

	private final PatientSessions<MapSession> sessions = new PatientSessions<>(this.redis,
			new SessionOutage((request) -> true, new RareWarning(SessionOutage.class, this.clock)),
			new RareWarning(PatientSessions.class, this.clock));

	@Test
	void sessionWhenUnreadableThenSaysSoOnceAMinuteAndNamesTheType(CapturedOutput output) {
		given(this.redis.findById("id")).willAnswer((call) -> new SessionSerializer().deserialize(
				"{\"@class\":\"com.example.of.AnotherVersion\",\"token\":\"eyJ\"}".getBytes(StandardCharsets.UTF_8)));
		for (int request = 0; request < 100; request++) {
			assertThat(this.sessions.findById("id")).isNull();
		}
		assertThat(output).containsOnlyOnce("A session cannot be read")
			.contains("com.example.of.AnotherVersion")
			.doesNotContain("eyJ", "\tat ");
		this.clock.advance(Duration.ofMinutes(1));
		this.sessions.findById("id");
		assertThat(output.getOut().split("A session cannot be read")).hasSize(3);
	}

	@Test
	void sessionWhenAnotherRequestHasEndedItThenNotStored() {
		willThrow(new IllegalStateException("Session was invalidated")).given(this.redis).save(any());
		this.sessions.save(new MapSession());
	}

	@Test
	void outageWhenOutsideOfARequestThenTold() {
		given(this.redis.findById("id")).willThrow(new QueryTimeoutException("Too slow"));
		assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(() -> this.sessions.findById("id"));
	}

}
