package io.roomcast.examples.benchmarks.server;

import io.roomcast.chat.socketio.ChatServer;
import java.io.IOException;

/** Roomcast, with a store that keeps nothing. */
public final class RoomcastServer {
    private RoomcastServer() {}

    /** Runs until the end of the input. */
    public static void main(String[] arguments) throws IOException {
        try (ChatServer server = open()) {
            Console.serve(server.port());
        }
    }

    /** A server on a free port of loopback, started. */
    public static ChatServer open() {
        return ChatServer.builder().port(0).store(new NumberingStore()).build().start();
    }
}
