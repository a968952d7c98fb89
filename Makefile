# Everything that a person or a machine does here. `make` alone lists it.

.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -o errexit -o nounset -o pipefail -c
.DELETE_ON_ERROR:

# A JDK says its version in its `release` file, which is quicker to read than to ask java.
jdk-homes := "$${JAVA_HOME:-}" /usr/lib/jvm/*25* "$$HOME"/.sdkman/candidates/java/25* \
    "$$(/usr/libexec/java_home -v 25 2>/dev/null || true)" \
    "$$(dirname "$$(dirname "$$(readlink -f "$$(command -v javac || echo /none/bin/javac)")")")"
JAVA_HOME := $(shell for home in $(jdk-homes); do \
    if [ -x "$$home/bin/javac" ] && grep -qE '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$$home/release" 2>/dev/null; then \
      echo "$$home"; break; \
    fi; done)
export JAVA_HOME
# Maven's own libraries make a new JDK warn.
export MAVEN_OPTS := --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED $(MAVEN_OPTS)

maven := mvn --batch-mode --no-transfer-progress -Dstyle.color=never
# Only warnings, and what the tests amount to.
maven-test := $(maven) -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
    -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.surefire=info \
    -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.failsafe=info

sources := $(shell find pom.xml src/main src/test/java -type f 2>/dev/null)

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

.PHONY: run
run: target/run.classpath ## an environment on a real Kubernetes, from nothing; Ctrl-C takes it all away
	@exec "$$JAVA_HOME/bin/java" -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
	    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
	    -cp "target/test-classes:target/classes:$$(cat target/run.classpath)" dev.bulkhead.kube.Run

.PHONY: test
test: tools ## every test: unit, golden, integration, end to end
	@echo "== Kubernetes for the tests" >&2
	@src/test/kube/build.sh > /dev/null
	@src/test/kube/build.sh chart > /dev/null
	@src/test/kube/build.sh databases > /dev/null || [ -z "$${CI:-}" ]
	@echo "== the operator and its tests" >&2
	@$(maven-test) verify

.PHONY: faults
faults: tools ## every fault of docs/reliability.md, and a table at the end; ONLY="RequestFaultsIT" for some of them
	@src/test/kube/build.sh > /dev/null
	@rm -rf target/faults
	@code=0; BULKHEAD_NODE=$${BULKHEAD_NODE:-simulated} BULKHEAD_PATIENCE=$${BULKHEAD_PATIENCE:-180} \
	    $(maven-test) verify -Dit.forks=2 -Dtests.excluded= -Dgroups=faults -Dtest=none \
	    -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip=true $(if $(ONLY),-Dit.test="$(ONLY)") \
	    || code=$$?; { echo '| fault | what is shown | verdict | recovered in | writes | |'; \
	    echo '| --- | --- | --- | --- | --- | --- |'; \
	    cat target/faults/*.rows | LC_ALL=C sort -u -t '|' -k 2,2n -k 3,3; } > target/faults/table.md; \
	    cat target/faults/table.md; exit $$code

.PHONY: bench
bench: target/run.classpath target/quarkus-app/command.aot ## how fast, quiet and small the operator is; ONLY="latency throughput quiet" for some of it
	@"$$JAVA_HOME/bin/java" -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
	    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
	    -cp "target/test-classes:target/classes:$$(cat target/run.classpath)" dev.bulkhead.bench.Bench $(ONLY)

.PHONY: build
build: target/run.classpath ## the operator, as target/quarkus-app/quarkus-run.jar

.PHONY: command
command: target/quarkus-app/command.aot ## bulkhead and kubectl-bulkhead as commands, in target/quarkus-app

# A run has loaded by its end what the next one needs. The cache is good for this JVM and this folder only.
target/quarkus-app/command.aot: target/run.classpath src/main/docker/bulkhead src/main/docker/jvm.options
	@cp src/main/docker/jvm.options target/quarkus-app/
	@sed "s|^java=java|java=$$JAVA_HOME/bin/java|" src/main/docker/bulkhead > target/quarkus-app/bulkhead
	@chmod +x target/quarkus-app/bulkhead
	@ln -sf bulkhead target/quarkus-app/kubectl-bulkhead
	@"$$JAVA_HOME/bin/java" @target/quarkus-app/jvm.options -XX:AOTCacheOutput=$@ -Xlog:aot=off \
	    -jar "$(abspath target/quarkus-app)/quarkus-run.jar" plan -f examples/static-secrets -o markdown > target/command.log 2>&1 \
	    || { cat target/command.log >&2; exit 1; }

.PHONY: crds
crds: tools ## write crds/, the chart's copy and docs/reference.md again from the Java types
	@$(maven) -q test-compile
	@$(maven) -q dependency:build-classpath -Dmdep.outputFile=target/test.classpath -Dmdep.includeScope=test
	@"$$JAVA_HOME/bin/java" -cp "target/test-classes:target/classes:$$(cat target/test.classpath)" \
	    dev.bulkhead.api.GenerateCrds
	@cp crds/*.yaml helm/bulkhead/files/crds/

.PHONY: target-cluster
target-cluster: ## write examples/target-cluster again from the chart
	@bin=$$(src/test/kube/build.sh chart | tail -n 1); for part in rights policies mesh-identity; do \
	    src/test/kube/tools/target-cluster.sh "$$bin/helm" $$part > examples/target-cluster/$$part.yaml; done

.PHONY: golden
golden: tools ## write what is planned and printed now into the golden files, for you to read the difference
	@$(maven-test) -Dtest=GoldenPlansTest,GoldenPagesTest,GoldenReachTest -Dgolden.update=true test

.PHONY: format
format: tools ## format the sources
	@$(maven) -q spotless:apply

.PHONY: clean
clean: ## remove what was built here; the cache of Kubernetes outside the tree stays
	@rm -rf target

# The class path is written last, so it stands for the whole build.
target/run.classpath: $(sources) | tools
	@echo "== building the operator" >&2
	@$(maven) -q -DskipTests package
	@$(maven) -q dependency:build-classpath -Dmdep.outputFile=target/run.classpath.new -Dmdep.includeScope=test
	@mv target/run.classpath.new $@

.PHONY: tools
tools:
	@[ -n "$$JAVA_HOME" ] || { echo "JDK 25 is missing: install it, or set JAVA_HOME to one." >&2; exit 1; }
	@command -v mvn > /dev/null || { echo "Maven is missing: install it (Debian: apt-get install maven)." >&2; exit 1; }
