#!/bin/sh
# Starts the bundled server with JVM options for a chat and with class data, which saves the JVM from loading and checking
# each class again. The first start with a jar and a JDK makes the class data, in some seconds.
#
#   chat-server.sh            starts the server
#   chat-server.sh --train    makes the class data for the store in CHAT_STORE and exits, as for an image
#   chat-server.sh --help     lists the variables of the server
#
# JAVA_HOME         the JDK or JRE; by default that of the java in PATH
# JAVA_OPTS         more options of the JVM, which override the ones below
# CHAT_CLASS_DATA   the folder of the class data, by default that of the jar; off for none
# shellcheck disable=SC2086 # Options are split into words.
set -eu

here=$(dirname "$(readlink -f "$0")")
jar=$here/chat-server.jar
[ -f "$jar" ] || jar=$here/target/chat-server.jar
[ -f "$jar" ] || { echo "chat-server.sh: $jar does not exist; build it first" >&2; exit 1; }

java=$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java") || {
  echo "chat-server.sh: there is no java (expected: JDK or JRE 17 or newer in JAVA_HOME or PATH)" >&2
  exit 1
}
home=$(dirname "$(dirname "$(readlink -f "$java")")")
version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2> /dev/null || true)

# Serial: a chat's heap is small. On two cores G1 needed a tenth more CPU in the first ten seconds of load.
gc=-XX:+UseSerialGC
case " ${JAVA_OPTS-} " in
  *" -XX:+Use"*"GC "*) gc= ;;
esac
# Only the quick compiler. In the first CPU seconds of load, the optimizing one and the profiles that it needs cost two
# thirds of the time of visits and a third of that of messages. For a server that is busy for hours, see the README.
compiling=-XX:TieredStopAtLevel=1
# Class data at the address where it was made stays shared with the file: 25 MiB less of own memory.
options="$gc $compiling -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0
  -XX:+ExitOnOutOfMemoryError -Xlog:disable -Xlog:all=warning:stderr"

# Prints what changes with the jar and the JDK, which the class data must fit.
identity() {
  { stat -Lc '%n %s %Y' "$jar" "$home/lib/modules" "$home/release" 2> /dev/null \
    || stat -Lf '%N %z %m' "$jar" "$home/lib/modules" "$home/release"; } | cksum | cut -d ' ' -f 1
}

# Runs the server for a moment under load, and makes the class data from what the JVM recorded.
train() {
  if [ "$kind" = jsa ]; then
    "$java" $gc "-XX:ArchiveClassesAtExit=$1" -jar "$jar" --train > /dev/null
  else
    "$java" $gc -XX:AOTMode=record "-XX:AOTConfiguration=$1.config" -jar "$jar" --train > /dev/null \
      && "$java" $gc -XX:AOTMode=create "-XX:AOTConfiguration=$1.config" "-XX:AOTCache=$1" -jar "$jar" > /dev/null 2>&1
  fi
}

# Makes the class data. An empty file remains if this JVM cannot make it, so that later starts do not try again.
make() {
  mkdir -p "$folder" 2> /dev/null || return 0
  rm -f "$folder/chat-server-$store"-*
  (: > "$data.$$") 2> /dev/null || return 0
  train "$data.$$" || { rm -f "$data.$$" && : > "$data.$$"; }
  rm -f "$data.$$.config"
  mv -f "$data.$$" "$data"
}

# Sets the option for the class data, and the reason that the server logs if it finds none.
use_class_data() {
  folder=${CHAT_CLASS_DATA:-$(dirname "$jar")}
  if [ "$folder" = off ]; then
    reason="CHAT_CLASS_DATA is off"
    return
  fi
  kind=jsa use=-XX:SharedArchiveFile
  if [ "${version:-0}" -ge 25 ]; then
    kind=aot use=-XX:AOTCache
  fi
  # A server in memory needs a third less, as it has no driver and no database.
  store=stored
  [ "${CHAT_STORE-}" != memory ] || store=memory
  data=$folder/chat-server-$store-$(identity).$kind
  [ -e "$data" ] || make
  if [ -s "$data" ]; then
    option=$use=$data
    reason="this JVM does not accept $data"
  elif [ -e "$data" ]; then
    reason="this JVM could not make it; delete $data to try again"
  else
    reason="$folder cannot be written"
  fi
}

option=
case "${1-}" in
  "" | --train) use_class_data ;;
esac
if [ "${1-}" = --train ]; then
  [ -n "$option" ] || { echo "chat-server.sh: there is no class data, because $reason" >&2; exit 1; }
  exit
fi

exec "$java" $options ${option:+"$option"} "-Droomcast.class-data=${reason-}" ${JAVA_OPTS-} -jar "$jar" "$@"
