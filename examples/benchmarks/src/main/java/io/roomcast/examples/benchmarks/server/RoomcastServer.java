package io.roomcast.examples.benchmarks.server;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import java.io.IOException;
import java.time.Duration;

/**
 * Runs Roomcast with its defaults, except for the store and the limits.
 *
 * <p>The store keeps nothing unless there is a database. Limits are checked but never reached, because a load sends
 * more than users do.
 */
public final class RoomcastServer {
    private static final int PACKETS_PER_SECOND = 10_000_000;

    private RoomcastServer() {}

    /**
     * Runs until the end of the input.
     *
     * @param arguments the address of the database, or none
     */
    public static void main(String[] arguments) throws IOException {
        ChatStore store = arguments.length == 0 ? new NumberingStore() : MongoChatStore.connect(arguments[0]);
        try (ChatServer server = open(store)) {
            Console.serve(server.port());
        }
    }

    /** Starts a server on a free loopback port. */
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

    /** Returns a limiter that costs as much as the given one and permits everything. */
    private static RateLimiter counting(RateLimiter limiter) {
        return (caller, command) -> {
            Duration ignored = limiter.acquire(caller, command);
            return ignored.isNegative() ? ignored : Duration.ZERO;
        };
    }
}
