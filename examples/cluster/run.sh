#!/bin/sh
# Starts two servers of one chat on this machine: Redis between them, one database, and nginx in front. Open the page in
# two windows, kill a server with the printed command, and chat on. Ends all of it with Ctrl-C.
#
#   CHAT_PORT   the port of the page, by default 3001; the four ports after it are used too
#
# Needs redis-server and nginx, and the built bundled server.
set -eu

here=$(dirname "$(readlink -f "$0")")
server=$here/../chat-server/chat-server.sh
proxy=$here/../chat-server/deploy/nginx-nodes.conf

missing=
for program in redis-server nginx setsid; do
  PATH=$PATH:/usr/sbin command -v "$program" > /dev/null || missing="$missing $program"
done
[ -z "$missing" ] || { echo "cluster: install first:$missing" >&2; exit 1; }
PATH=$PATH:/usr/sbin

port=${CHAT_PORT:-3001}
redis=$((port + 1)) database=$((port + 2)) first=$((port + 3)) second=$((port + 4))
folder=$(mktemp -d)
# for the workers of nginx, which are of another user if this one is root
chmod 711 "$folder"
pids=

# Ends the servers before what they need.
end() {
  trap - EXIT INT TERM
  for pid in $pids; do
    kill "$pid" 2> /dev/null || true
    wait "$pid" 2> /dev/null || true
  done
  rm -rf "$folder"
}
trap end EXIT
trap 'exit 0' INT TERM

# Starts a program in the background, which is ended before those that were started earlier.
start() {
  log=$folder/$1.log
  shift
  # A process group of its own, so that Ctrl-C reaches only this script.
  setsid "$@" > "$log" 2>&1 < /dev/null &
  last=$!
  pids="$last $pids"
}

# Waits until the last program has logged a line.
await() {
  until grep -qs "$1" "$log"; do
    kill -0 "$last" 2> /dev/null || { cat "$log" >&2; echo "cluster: did not start" >&2; exit 1; }
    sleep 0.1
  done
}

node() {
  start "$1" env CHAT_NODE="$1" SOCKET_PORT="$2" CHAT_CLUSTER="redis://127.0.0.1:$redis" \
    MONGODB_URI="mongodb://127.0.0.1:$database/chat" CHAT_DEMO="${CHAT_DEMO-true}" \
    CHAT_TRUSTED_PROXIES=127.0.0.1 CHAT_DRAIN_SECONDS="${CHAT_DRAIN_SECONDS-4}" "$server"
  await "Roomcast is ready"
  echo "cluster: $1 on port $2; kill it with: kill -9 $last"
}

start redis redis-server --port "$redis" --bind 127.0.0.1 --save "" --appendonly no --dir "$folder"
await "Ready to accept connections"
start database env CHAT_DATA_DIR="$folder/data" "$server" --database "$database"
await "The database is ready"
node n1 "$first"
node n2 "$second"

sed -e '/upstream n3 {/,/}/d' -e '/n3\\\./d' -e '/127.0.0.1:3003/d' -e "s/:3001/:$first/" -e "s/:3002/:$second/" \
  -e "s/listen 8080/listen 127.0.0.1:$port/" "$proxy" > "$folder/nginx.conf"
start nginx nginx -p "$folder" -c "$folder/nginx.conf" -g 'daemon off;'
# nginx writes its process id when it listens.
until [ -s "$folder/nginx.pid" ]; do
  kill -0 "$last" 2> /dev/null || { cat "$log" >&2; echo "cluster: nginx did not start" >&2; exit 1; }
  sleep 0.1
done
echo "cluster: ready: http://localhost:$port/"
wait "$last"
