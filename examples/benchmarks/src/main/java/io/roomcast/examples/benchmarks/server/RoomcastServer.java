package io.roomcast.examples.benchmarks.server;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.RateLimiter;
import java.io.IOException;
import java.time.Duration;

/**
 * Roomcast with its defaults, except that the store discards messages, and that the limits, although checked, are never
 * reached.
 */
public final class RoomcastServer {
    private static final int PACKETS_PER_SECOND = 10_000_000;

    private RoomcastServer() {}

    /** Runs until the standard input is closed. */
    public static void main(String[] arguments) throws IOException {
        try (ChatServer server = open()) {
            Console.serve(server.port());
        }
    }

    /** Returns a started server on a free loopback port. */
    public static ChatServer open() {
        return ChatServer.builder()
                .port(0)
                .store(new NumberingStore())
                .limits(Limits.builder().packetsPerSecond(PACKETS_PER_SECOND).build())
                .rateLimiter(allowingAll(RateLimiter.tokenBuckets()))
                .build()
                .start();
    }

    /** Returns a limiter that calls the given one and allows every command. */
    private static RateLimiter allowingAll(RateLimiter limiter) {
        return (caller, command) -> {
            Duration ignored = limiter.acquire(caller, command);
            return ignored.isNegative() ? ignored : Duration.ZERO;
        };
    }
}
