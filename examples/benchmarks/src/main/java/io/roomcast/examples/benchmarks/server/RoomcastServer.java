package io.roomcast.examples.benchmarks.server;

import io.roomcast.chat.Follower;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.InMemoryLimits;
import io.roomcast.chat.spi.RateLimiter;
import java.io.IOException;
import java.time.Duration;

/**
 * Roomcast with its defaults, except that the store discards messages, and that the limits, although checked, are never
 * reached.
 *
 * <p>With a number as the argument the store keeps the last 1,000 messages of each room, and so many followers receive
 * all of them.
 */
public final class RoomcastServer {
    private static final int PACKETS_PER_SECOND = 10_000_000;
    private static final int KEPT = 1_000;

    private RoomcastServer() {}

    /** Runs until the standard input is closed. */
    public static void main(String[] arguments) throws IOException {
        boolean isKeeping = arguments.length > 0;
        int followers = isKeeping ? Integer.parseInt(arguments[0]) : 0;
        try (ChatServer server = open(isKeeping ? keeping() : new NumberingStore())) {
            for (int i = 0; i < followers; i++) {
                Follower unused = server.chat().follow("benchmark" + i, (conversationId, events) -> {});
            }
            Console.serve(server.port());
        }
    }

    /** Returns a started server on a free loopback port, whose store keeps no messages. */
    public static ChatServer open() {
        return open(new NumberingStore());
    }

    private static ChatServer open(ChatStore store) {
        return ChatServer.builder()
                .port(0)
                .store(store)
                .limits(Limits.builder().packetsPerSecond(PACKETS_PER_SECOND).build())
                .rateLimiter(allowingAll(RateLimiter.tokenBuckets()))
                .build()
                .start();
    }

    private static ChatStore keeping() {
        return ChatStore.inMemory(InMemoryLimits.ofMessages(KEPT));
    }

    /** Returns a limiter that calls the given one and allows every command. */
    private static RateLimiter allowingAll(RateLimiter limiter) {
        return (caller, command) -> {
            Duration ignored = limiter.acquire(caller, command);
            return ignored.isNegative() ? ignored : Duration.ZERO;
        };
    }
}
