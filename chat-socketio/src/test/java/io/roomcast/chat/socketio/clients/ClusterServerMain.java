package io.roomcast.chat.socketio.clients;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.redis.RedisBus;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import java.io.IOException;

/** Runs a server of a cluster in a separate process; see {@link ClusterServerProcess}. */
final class ClusterServerMain {
    static final String READY = "ready ";

    /** More than the fastest machine sends. The default limit disconnects a client that writes as fast as it can. */
    private static final int PACKETS_PER_SECOND = 10_000_000;

    private ClusterServerMain() {}

    /** Serves until the standard input is closed. Arguments: name, port, and the URIs of Redis and of the database. */
    public static void main(String[] arguments) throws IOException {
        try (ChatStore store = MongoChatStore.connect(arguments[3]);
                ChatServer server = ChatServer.builder()
                        .host("127.0.0.1")
                        .port(Integer.parseInt(arguments[1]))
                        .store(store)
                        .authenticator(Principal::of)
                        .rateLimiter(RateLimiter.none())
                        .limits(Limits.builder()
                                .packetsPerSecond(PACKETS_PER_SECOND)
                                .build())
                        .cluster(RedisBus.connect(arguments[2]))
                        .nodeName(arguments[0])
                        .build()
                        .start()) {
            System.out.println(READY + server.port());
            while (System.in.read() >= 0) {
                // Waits for the end of the input.
            }
        }
    }
}
