package com.example.signin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The manifest for Kubernetes, by the schema of Kubernetes and by what the application
 * expects.
 */
class KubernetesManifestTests {

	private static final Map<String, Schema> SCHEMAS = Map.of("ConfigMap", V1ConfigMap::validateJsonElement,
			"Deployment", V1Deployment::validateJsonElement, "Service", V1Service::validateJsonElement,
			"PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement);

	private static final Map<String, String> OBJECTS = new HashMap<>();

	@BeforeAll
	static void readManifest() throws IOException {
		// Its constructor gives the schemas their parser.
		new JSON();
		Gson gson = new Gson();
		for (Object object : new Yaml().loadAll(Files.readString(Path.of("src/main/kubernetes/pingone-signin.yml")))) {
			JsonObject json = gson.toJsonTree(object).getAsJsonObject();
			OBJECTS.put(json.get("kind").getAsString(), json.toString());
		}
	}

	@Test
	void manifestThenEachObjectHasTheFormThatKubernetesKnows() throws IOException {
		assertThat(OBJECTS).containsOnlyKeys(SCHEMAS.keySet());
		for (Map.Entry<String, String> object : OBJECTS.entrySet()) {
			validate(object.getKey(), object.getValue());
		}
	}

	@ParameterizedTest
	@CsvSource({ "readinessProbe, readyProbe", "secretName, secret", "mountPath, path", "runAsNonRoot, runAsnonroot" })
	void manifestWhenAFieldIsMisspelledThenRefused(String field, String misspelled) {
		String deployment = object("Deployment").replace('"' + field + '"', '"' + misspelled + '"');
		assertThatIllegalArgumentException().isThrownBy(() -> validate("Deployment", deployment));
	}

	@Test
	void variablesThenEachIsASettingOfTheApplication() throws IOException {
		Set<String> common = parsed("ConfigMap").read("$.data.keys()");
		List<String> own = parsed("Deployment").read("$..env[*].name");
		Set<String> variables = new HashSet<>(common);
		variables.addAll(own);
		assertThat(variables).hasSizeGreaterThan(3);
		assertThat(settings()).containsAll(variables.stream().map(KubernetesManifestTests::lettersOnly).toList());
	}

	@Test
	void secretThenMountedWhereTheApplicationReadsIt() {
		List<String> folder = parsed("Deployment").read("$..volumeMounts[?(@.name == 'client-secret')].mountPath");
		List<String> file = parsed("Deployment").read("$..secret.items[*].path");
		String setting = parsed("ConfigMap").read("$.data.PINGONE_CLIENT_SECRET_FILE");
		assertThat(setting).isEqualTo(folder.get(0) + "/" + file.get(0));
	}

	private static void validate(String kind, String object) throws IOException {
		Objects.requireNonNull(SCHEMAS.get(kind)).validate(JsonParser.parseString(object));
	}

	private static DocumentContext parsed(String kind) {
		return JsonPath.parse(object(kind));
	}

	private static String object(String kind) {
		return Objects.requireNonNull(OBJECTS.get(kind));
	}

	private static Set<String> settings() throws IOException {
		Set<String> settings = new HashSet<>();
		for (URL metadata : Collections.list(KubernetesManifestTests.class.getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream content = metadata.openStream()) {
				List<String> names = JsonPath.read(content, "$.properties[*].name");
				names.forEach((name) -> settings.add(lettersOnly(name)));
			}
		}
		return settings;
	}

	/**
	 * In which a setting and its environment variable agree.
	 */
	private static String lettersOnly(String name) {
		return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
	}

	@FunctionalInterface
	interface Schema {

		void validate(JsonElement object) throws IOException;

	}

}
