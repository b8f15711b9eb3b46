package com.example.pingone.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The management API of applications and their secrets.
 */
@RestController
@RequestMapping(Paths.MANAGEMENT + "/applications")
final class ApplicationsController {

	private static final String[] BELOW = { "secret", "grants" };

	private static final List<String> IMMUTABLE = List.of("type", "protocol");

	private static final Duration SHORTEST_OVERLAP = Duration.ofMinutes(1);

	private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

	private final Applications applications;

	private final Clock clock;

	ApplicationsController(Applications applications, Clock clock) {
		this.applications = applications;
		this.clock = clock;
	}

	@GetMapping
	Map<String, Object> list() {
		return Hal.collection("applications", this.applications.all().stream().map(Application::entity).toList(),
				BELOW);
	}

	@PostMapping
	ResponseEntity<Map<String, Object>> create(@RequestBody Map<String, @Nullable Object> body) {
		return Hal.created(this.applications.add(ApplicationSettings.of(body)).entity(), BELOW);
	}

	@GetMapping("/{id}")
	Map<String, Object> read(@PathVariable String id) {
		return Hal.entity(this.applications.get(id).entity(), BELOW);
	}

	@PutMapping("/{id}")
	Map<String, Object> replace(@PathVariable String id, @RequestBody Map<String, @Nullable Object> body) {
		Application application = this.applications.get(id);
		Map<String, Object> settings = ApplicationSettings.of(body);
		var fields = new Fields(body);
		for (String name : IMMUTABLE) {
			if (!Objects.equals(settings.get(name), application.settings().get(name))) {
				fields.refuse("INVALID_VALUE", name, "The value cannot be changed");
			}
		}
		fields.valid();
		application.replaceSettings(settings, this.clock.instant());
		return Hal.entity(application.entity(), BELOW);
	}

	/**
	 * PingOne has no PATCH here, and says so in words that lead astray.
	 */
	@PatchMapping("/{id}")
	ResponseEntity<Map<String, Object>> change() {
		return ResponseEntity.status(HttpStatus.FORBIDDEN)
			.body(Map.of("message", "Invalid key=value pair (missing equal-sign) in Authorization header"));
	}

	@GetMapping("/{id}/secret")
	Map<String, Object> secret(@PathVariable String id) {
		ApplicationSecret secret = withReadableSecret(id).secret();
		Map<String, Object> document = new LinkedHashMap<>(Map.of("secret", secret.value()));
		if (secret.hasPrevious(this.clock.instant())) {
			document.put("previous", Map.of("secret", Objects.requireNonNull(secret.previous()), "expiresAt",
					String.valueOf(secret.previousExpiresAt())));
		}
		return Hal.document(document);
	}

	@PostMapping("/{id}/secret")
	Map<String, Object> rotateSecret(@PathVariable String id,
			@RequestBody(required = false) @Nullable Map<String, @Nullable Object> body) {
		Application application = withReadableSecret(id);
		application.replaceSecret(application.secret().rotate(previousExpiresAt(new Fields(body))));
		return secret(id);
	}

	/**
	 * A worker cannot read its own secret.
	 */
	private Application withReadableSecret(String id) {
		if (LocalProvider.WORKER_CLIENT_ID.equals(id)) {
			throw ApiException.insufficientPermissions();
		}
		return this.applications.get(id);
	}

	private @Nullable Instant previousExpiresAt(Fields fields) {
		String text = fields.text("previous", "expiresAt");
		Instant expiresAt = null;
		if (text != null) {
			Instant now = this.clock.instant();
			try {
				expiresAt = Instant.parse(text);
				if (expiresAt.isBefore(now.plus(SHORTEST_OVERLAP)) || expiresAt.isAfter(now.plus(LONGEST_OVERLAP))) {
					fields.refuse("OUT_OF_RANGE", "previous.expiresAt", "From one minute to 30 days ahead");
				}
			}
			catch (DateTimeParseException ex) {
				fields.refuse("INVALID_VALUE", "previous.expiresAt", "The value is no time");
			}
		}
		fields.valid();
		return expiresAt;
	}

}
