# The operator's image. Each stage only passes on what the next one needs.

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
COPY src/main src/main
COPY crds crds
COPY examples/target-cluster examples/target-cluster
RUN mvn --batch-mode --no-transfer-progress -q -DskipTests -DskipITs -Dspotless.check.skip=true package

FROM eclipse-temurin:25-jre AS runtime
WORKDIR /app
# Two pools of memory for the many threads that mostly wait: with more, the C library keeps 20 MB for them.
ENV BULKHEAD_LOG_JSON=true MALLOC_ARENA_MAX=2
COPY src/main/docker/jvm.options src/main/docker/bulkhead ./

FROM runtime AS trained
COPY --from=build /src/target/quarkus-app/ ./
# A start that finds no cluster, and gives up, has loaded most classes by then. It has to be this very JVM and this very
# folder, or the cache is not used. The start fails on purpose; what counts is whether there is a cache.
RUN KUBECONFIG=/dev/null KUBERNETES_MASTER=https://127.0.0.1:1 BULKHEAD_LEADER_ELECTION_ENABLED=false \
        java @jvm.options -XX:AOTCacheOutput=operator.aot -jar quarkus-run.jar > training.log 2>&1 || true; \
    test -s operator.aot || { tail -n 50 training.log >&2; exit 1; }; rm training.log

# The commands need other classes, and load them all when one of them is done.
COPY examples/static-secrets /tmp/training
RUN java @jvm.options -XX:AOTCacheOutput=command.aot -jar /app/quarkus-run.jar plan -f /tmp/training -o markdown \
        > training.log 2>&1 || { tail -n 50 training.log >&2; exit 1; }; \
    test -s command.aot; rm -r training.log /tmp/training

FROM runtime
# Numbers, since Kubernetes can't tell whether a name is root. Nothing here belongs to the user, and nothing is written but /tmp.
USER 10001:10001
COPY --from=trained /app/ ./
EXPOSE 8080
# java is process 1 and gets SIGTERM itself. A cache that doesn't fit is passed over.
ENTRYPOINT ["java", "@jvm.options", "-XX:AOTCache=operator.aot", "-Xlog:aot=off", "-jar", "quarkus-run.jar"]
