package com.example.pingone.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The management API of populations and users.
 */
@RestController
@RequestMapping(Paths.MANAGEMENT)
final class PeopleController {

	private static final String IMPORT = "application/vnd.pingidentity.user.import+json";

	private static final Pattern FILTER = Pattern.compile("username eq \"([^\"]+)\"");

	private final People people;

	private final Entities populations = new Entities();

	PeopleController(People people) {
		this.people = people;
		this.populations.put(People.DEFAULT_POPULATION, Map.of("name", "Default", "default", true));
	}

	@GetMapping("/populations")
	Map<String, Object> populations() {
		return Hal.collection("populations", this.populations.all().stream().map(this::withUserCount).toList());
	}

	@PostMapping("/populations")
	ResponseEntity<Map<String, Object>> createPopulation(@RequestBody Map<String, @Nullable Object> body) {
		var fields = new Fields(body);
		fields.requireUnique("name", this.populations);
		Map<String, Object> population = new LinkedHashMap<>(Map.of("default", false));
		population.putAll(fields.valid());
		return Hal.created(withUserCount(this.populations.add(population)));
	}

	@GetMapping("/users")
	Map<String, Object> users(@RequestParam(required = false) @Nullable String filter) {
		List<Person> found = (filter != null) ? found(filter) : this.people.all();
		return Hal.collection("users", found.stream().map(Person::attributes).toList());
	}

	/**
	 * A user without a password, who cannot sign on.
	 */
	@PostMapping(path = "/users", consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<Map<String, Object>> createUser(@RequestBody Map<String, @Nullable Object> body) {
		Map<String, Object> attributes = attributes(new Fields(body));
		attributes.keySet().removeAll(Set.of("password", "emailVerified", "mfaEnabled"));
		return Hal.created(this.people.add(attributes, null, false).attributes());
	}

	@PostMapping(path = "/users", consumes = IMPORT)
	ResponseEntity<Map<String, Object>> importUser(@RequestBody Map<String, @Nullable Object> body) {
		var fields = new Fields(body);
		String password = fields.text("password", "value");
		if (password == null) {
			fields.refuse("REQUIRED_VALUE", "password.value", "A value is required");
		}
		else if (!PasswordPolicy.isSatisfiedBy(password)) {
			fields.refuse("INVALID_VALUE", "password.value", "The password does not satisfy the password policy");
		}
		Map<String, Object> attributes = attributes(fields);
		boolean forceChange = attributes.remove("password") instanceof Map<?, ?> sent
				&& Boolean.TRUE.equals(sent.get("forceChange"));
		return Hal.created(this.people.add(attributes, password, forceChange).attributes());
	}

	private Map<String, Object> attributes(Fields fields) {
		fields.require("username", String.class);
		String username = fields.text("username");
		if (username != null && this.people.find(username) != null) {
			fields.refuse("UNIQUENESS_VIOLATION", "username", "The value is taken");
		}
		String population = Objects.requireNonNullElse(fields.text("population", "id"), People.DEFAULT_POPULATION);
		if (!this.populations.has("id", population)) {
			fields.refuse("INVALID_VALUE", "population.id", "There is no such population");
		}
		Map<String, Object> attributes = new LinkedHashMap<>(Map.of("enabled", true));
		attributes.putAll(fields.valid());
		attributes.put("population", Map.of("id", population));
		return attributes;
	}

	private List<Person> found(String filter) {
		Matcher matcher = FILTER.matcher(filter);
		if (!matcher.matches()) {
			throw ApiException.invalidData(List.of(Map.of("code", "INVALID_FILTER", "target", "filter", "message",
					"Only username eq \"...\" is known here")));
		}
		Person person = this.people.find(matcher.group(1));
		return (person != null) ? List.of(person) : List.of();
	}

	private Map<String, Object> withUserCount(Map<String, Object> population) {
		Map<String, Object> counted = new LinkedHashMap<>(population);
		Object reference = Map.of("id", Objects.requireNonNull(population.get("id")));
		counted.put("userCount",
				this.people.all()
					.stream()
					.filter((person) -> reference.equals(person.attributes().get("population")))
					.count());
		return counted;
	}

}
