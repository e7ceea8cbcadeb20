package io.roomcast.examples.benchmarks.server;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.IceServers;
import io.roomcast.chat.spi.RateLimiter;
import java.io.IOException;

/** Roomcast with calls, in memory, and with limits that are never reached. A token is the user's id. */
public final class CallsServer {
    private static final int UNLIMITED = 10_000_000;

    private CallsServer() {}

    /** Runs until the standard input is closed. */
    public static void main(String[] arguments) throws IOException {
        try (ChatServer server = ChatServer.builder()
                .port(0)
                .authenticator(Principal::of)
                .calls(CallOptions.of(IceServers.none()))
                .limits(Limits.builder()
                        .packetsPerSecond(UNLIMITED)
                        .sessionsPerUser(10_000)
                        .build())
                .rateLimiter(RateLimiter.none())
                .build()
                .start()) {
            Console.serve(server.port());
        }
    }
}
