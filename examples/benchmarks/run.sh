#!/usr/bin/env bash
# Builds the bundled server and the benchmarks, and runs them:
#   run.sh                     everything, three times; takes about half an hour
#   run.sh --quick             one short run of the servers that are compared most; takes about five minutes
#   run.sh --servers roomcast,node,bun --scenarios fan-out-100,visits --repeat 5 --measure 4
#   run.sh --servers roomcast --jvm-options "-XX:StartFlightRecording=filename=roomcast.jfr"
#   run.sh storage --rtt 0,2 --outstanding 64,1024 --rooms 10 the cost of storing, compared with the Node original;
#                                                             without options all combinations, about six minutes
#   run.sh cluster --servers roomcast,redis                   two nodes on one Redis, beside the Node original with its
#                                                             adapters; without options all of them, seven minutes
#   run.sh uploads                                            uploads beside nginx, and the chat beside uploads
#   run.sh followers           how fast a follower receives a million missed messages, from memory and from mongod
#   run.sh calls                                              the signalling of calls, and the chat beside ringing calls
#   run.sh micro -prof gc      JMH's benchmarks, with JMH's options
#   run.sh nio ...             any of these with the servers of the benchmarks on NIO; on x86_64 Linux they use epoll
# Servers run on the first processor, the load generator and the database on the second. Prints Markdown, and logs each
# measurement to standard error.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."

profiles=run
if [ "${1-}" = nio ]; then
  shift
elif [ "$(uname -sm)" = "Linux x86_64" ]; then
  profiles=run,epoll
fi

build() {
  mvn -q -B -ntp -DskipTests -Dspotless.check.skip -Djacoco.skip "$@" -am package >&2
}

# Jars of another profile would be on the class path too.
rm -rf "$here/target/lib"
build -pl examples/chat-server
build "-P$profiles" -pl examples/benchmarks
classpath="$here/target/classes:$here/target/lib/*"
if [ "${1-}" = micro ]; then
  shift
  exec java -cp "$classpath" org.openjdk.jmh.Main "$@"
fi

benchmarks=io.roomcast.examples.benchmarks
main=$benchmarks.run.BenchmarkMain
javascript=true
heap=1g
case "${1-}" in
  storage)
    shift
    main=$benchmarks.storage.StorageMain
    javascript=false
    ;;
  uploads)
    shift
    main=$benchmarks.uploads.UploadsMain
    javascript=false
    ;;
  followers)
    shift
    main=$benchmarks.followers.FollowersMain
    javascript=false
    heap=2g
    ;;
  calls)
    shift
    main=$benchmarks.calls.CallsMain
    javascript=false
    ;;
  cluster)
    shift
    main=$benchmarks.cluster.ClusterMain
    ;;
  *)
    if [[ " $* " =~ " --servers " && ! " $* " =~ " --servers "[^\ ]*(node|bun) ]]; then javascript=false; fi
    ;;
esac
if $javascript; then
  (cd "$here/src/main/js" && cmp -s package-lock.json node_modules/installed || {
    npm ci --no-audit --no-fund
    cp package-lock.json node_modules/installed
  }) >&2
fi

ulimit -n "$(ulimit -H -n)"
pinned=()
servers=()
if command -v taskset > /dev/null && [ "$(nproc)" -gt 1 ]; then
  pinned=(taskset -c 1)
  servers=(--server-cpu 0)
  [[ "${main##*.}" =~ ^(Storage|Followers)Main$ ]] || servers+=(--generator-cpu 1)
fi

exec "${pinned[@]}" java "-Xms$heap" "-Xmx$heap" -XX:+UseSerialGC \
  -cp "$classpath" \
  "$main" --folder "$here/target/benchmarks" "${servers[@]}" "$@"
