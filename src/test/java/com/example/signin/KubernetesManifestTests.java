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
import java.util.Set;
import java.util.TreeSet;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
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
		String deployment = OBJECTS.get("Deployment").replace('"' + field + '"', '"' + misspelled + '"');
		assertThatIllegalArgumentException().isThrownBy(() -> validate("Deployment", deployment));
	}

	@Test
	void variablesThenEachIsASettingOfTheApplication() throws IOException {
		Set<String> common = value("ConfigMap", "$.data.keys()");
		List<String> own = value("Deployment", "$..env[*].name");
		Set<String> variables = new HashSet<>(common);
		variables.addAll(own);
		assertThat(variables).hasSizeGreaterThan(5).allMatch(variablesOfTheApplication()::contains);
	}

	@Test
	void secretThenMountedWhereTheApplicationReadsIt() {
		List<String> folder = value("Deployment", "$..volumeMounts[?(@.name == 'client-secret')].mountPath");
		List<String> file = value("Deployment", "$..secret.items[*].path");
		assertThat(KubernetesManifestTests.<String>value("ConfigMap", "$.data.PINGONE_CLIENT_SECRET_FILE"))
			.isEqualTo(folder.get(0) + "/" + file.get(0));
	}

	private static void validate(String kind, String object) throws IOException {
		SCHEMAS.get(kind).validate(JsonParser.parseString(object));
	}

	private static <T> T value(String kind, String path) {
		return JsonPath.read(OBJECTS.get(kind), path);
	}

	private static Set<String> variablesOfTheApplication() throws IOException {
		Set<String> variables = new TreeSet<>();
		for (URL metadata : Collections.list(KubernetesManifestTests.class.getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream content = metadata.openStream()) {
				List<String> names = JsonPath.read(content, "$.properties[*].name");
				names
					.forEach((name) -> variables.add(name.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_')));
			}
		}
		return variables;
	}

	@FunctionalInterface
	interface Schema {

		void validate(JsonElement object) throws IOException;

	}

}
