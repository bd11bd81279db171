#!/usr/bin/env bash
# benchmarks/run.sh [JMH arguments]: builds the benchmarks and runs them.
# With a body of your own: benchmarks/run.sh -jvmArgsAppend -Dbody=/path/to/metrics.txt
set -euo pipefail
cd "$(dirname "$0")/.."
. .mvn/find-jdk.sh
./mvnw ${MVN_ARGS:-} -q -Pbenchmarks -pl benchmarks -am package -DskipTests
exec "$JAVA_HOME/bin/java" \
  -cp "benchmarks/target/classes:$(cat benchmarks/target/classpath.txt)" \
  org.openjdk.jmh.Main "$@"
