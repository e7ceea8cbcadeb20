package io.roomcast.examples.benchmarks.server;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import java.io.IOException;
import java.time.Duration;

/**
 * Roomcast with its defaults, but for a store that keeps nothing unless it has a database, and limits that are checked and never reached: a load
 * sends more than people do.
 */
public final class RoomcastServer {
    private static final int PACKETS_PER_SECOND = 10_000_000;

    private RoomcastServer() {}

    /** Runs until the end of the input; the argument, if there is one, is where its database is. */
    public static void main(String[] arguments) throws IOException {
        ChatStore store = arguments.length == 0 ? new NumberingStore() : MongoChatStore.connect(arguments[0]);
        try (ChatServer server = open(store)) {
            Console.serve(server.port());
        }
    }

    /** A server on a free port of loopback, started. */
    public static ChatServer open() {
        return open(new NumberingStore());
    }

    private static ChatServer open(ChatStore store) {
        return ChatServer.builder()
                .port(0)
                .store(store)
                .limits(Limits.builder().packetsPerSecond(PACKETS_PER_SECOND).build())
                .rateLimiter(counting(RateLimiter.tokenBuckets()))
                .build()
                .start();
    }

    /** Costs what the limiter costs, and lets everybody pass. */
    private static RateLimiter counting(RateLimiter limiter) {
        return (caller, command) -> {
            Duration ignored = limiter.acquire(caller, command);
            return ignored.isNegative() ? ignored : Duration.ZERO;
        };
    }
}
