#!/usr/bin/env bash
# Builds the benchmarks and runs them, all or chosen ones:
#   run.sh                                                    everything; takes about fifteen minutes
#   run.sh --scenarios fan-out-100,polling --servers roomcast,node --warm-up 4 --measure 5
#   run.sh --servers roomcast --jvm-options "-XX:StartFlightRecording=filename=roomcast.jfr"
#   run.sh storage --rtt 0,2 --outstanding 64,1024 --rooms 10 the cost of storing, compared with the Node original;
#                                                             without options all combinations, about six minutes
#   run.sh micro -prof gc                                     JMH's benchmarks, with JMH's options
#   run.sh nio ...                                            any of these on NIO; the default on x86_64 Linux is epoll
# Servers run on the first processor, the load generator on the second. Prints Markdown. If a saturated server has much
# less than 100 % of its processor, another program used it, and the row is unreliable.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."

profiles=run
if [ "${1-}" = nio ]; then
  shift
elif [ "$(uname -sm)" = "Linux x86_64" ]; then
  profiles=run,epoll
fi

# Jars of another profile would be on the class path too.
rm -rf "$here/target/lib"
mvn -q -B -ntp "-P$profiles" -pl examples/benchmarks -am -DskipTests -Dspotless.check.skip -Djacoco.skip package >&2
classpath="$here/target/classes:$here/target/lib/*"
if [ "${1-}" = micro ]; then
  shift
  exec java -cp "$classpath" org.openjdk.jmh.Main "$@"
fi

main=io.roomcast.examples.benchmarks.run.BenchmarkMain
if [ "${1-}" = storage ]; then
  shift
  main=io.roomcast.examples.benchmarks.storage.StorageMain
fi

[ -d "$here/src/main/js/node_modules/mongodb" ] || npm ci --prefix "$here/src/main/js" --no-audit --no-fund >&2

ulimit -n "$(ulimit -H -n)"
pinned=()
servers=()
if command -v taskset > /dev/null && [ "$(nproc)" -gt 1 ]; then
  pinned=(taskset -c 1)
  servers=(--server-cpu 0)
fi

exec "${pinned[@]}" java -Xms1g -Xmx1g -XX:+UseSerialGC \
  -Dbenchmarks.node="$here/src/main/js/server.js" \
  -cp "$classpath" \
  "$main" --folder "$here/target/benchmarks" "${servers[@]}" "$@"
