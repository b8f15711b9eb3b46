# The application as a container: "Deploy as a container" in README.md says how to build, run and stop it.
#
# The base images are pinned by tag. To pin one by digest too, ask for the digest and append it to the tag:
#   docker buildx imagetools inspect eclipse-temurin:25-jre-noble --format '{{.Manifest.Digest}}'
#   ARG RUNTIME_IMAGE=eclipse-temurin:25-jre-noble@sha256:...
# From then on it changes only when you, or a bot such as Renovate, write the next one here.
ARG BUILD_IMAGE=eclipse-temurin:25-jdk-noble
ARG RUNTIME_IMAGE=eclipse-temurin:25-jre-noble

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
# Everything the build downloads, made anew only when the wrapper or the pom changes. It builds an empty package,
# because dependency:go-offline leaves out the annotation processors and brings what is never used.
COPY mvnw pom.xml ./
COPY .mvn .mvn
RUN mkdir -p src/main/java/empty src/main/jte && echo 'package empty;' > src/main/java/empty/package-info.java \
	&& ./mvnw -B -ntp -Dmaven.test.skip=true -Dspring-boot.repackage.skip=true package \
	&& rm -r src target
COPY src src
ARG REVISION=unknown
RUN ./mvnw -B -ntp -DskipTests -Dcommit="${REVISION}" package \
	dependency:copy-dependencies -DincludeScope=test -DoutputDirectory=target/test-lib \
	&& java -Djarmode=tools -jar target/pingone-signin.jar extract --layers --destination layers

FROM ${RUNTIME_IMAGE}
WORKDIR /app
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./

# One JSON object per log line (Elastic Common Schema; gelf and logstash are the other formats).
ENV LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs

COPY jvm.options ./

# The AOT cache: the classes that a start and sign-ins with the local provider, on loopback, have loaded and linked, and the
# methods that they called often. The JVM takes the cache only if it made it itself, hence here and not in the build stage.
# TieredStopAtLevel=2 and CompileThresholdScaling=2 are for the first JVM alone. A method that reached level 2 there is not
# interpreted later but begins at that level: it is compiled quickly and counts its calls, so that it can still become better.
# Level 1 would be for good, and with 4 the optimizing compiler would be busy while the application starts.
# The sign-ins and the scaling belong together: what a sign-in calls more than once has reached the level after 400 of them,
# so the first people do not pay for the interpreter. What it calls once has not: it would stay there for 16,000 calls.
# The second start accepts no other than the cache: were it rejected, the image would start, but slowly. Its settings are
# made up and end with this step; no provider is asked.
RUN --mount=type=bind,from=build,source=/build/target,target=/build \
	java -cp "/build/test-classes:/build/classes:/build/test-lib/*" com.example.signin.load.LoadTest --sign-ins=400 --users=4 \
	--command="java -XX:AOTCacheOutput=app.aot -XX:TieredStopAtLevel=2 -XX:CompileThresholdScaling=2 -XX:+UseSerialGC -jar pingone-signin.jar --logging.structured.format.console=ecs" \
	&& PINGONE_ISSUER=https://provider.invalid/as PINGONE_CLIENT_ID=none \
	PINGONE_CLIENT_SECRET=not-a-secret-but-as-long-as-one-has-to-be \
	java @jvm.options -XX:AOTMode=on -Dspring.context.exit=onRefresh -jar pingone-signin.jar \
	&& rm -rf /tmp/*

ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="pingone-signin" \
	org.opencontainers.image.version="${VERSION}" \
	org.opencontainers.image.revision="${REVISION}"

USER 10001:10001
EXPOSE 8080
# bash asks by itself: a second JVM would cost time and memory at each check.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
	CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /readyz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]

ENTRYPOINT ["java", "@jvm.options", "-jar", "pingone-signin.jar"]
