package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.server.BareServer;
import io.roomcast.examples.benchmarks.server.PlainServer;
import io.roomcast.examples.benchmarks.server.RoomcastServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A server under test. */
enum Target {
    ROOMCAST("Roomcast"),
    NODE("Node original"),
    PLAIN("plain netty-socketio"),
    BARE("bare Netty");

    private final String title;

    Target(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether the server supports long-polling. The lower bound supports only WebSocket. */
    boolean polls() {
        return this != BARE;
    }

    /** Returns whether the server can use the database. */
    boolean persists() {
        return this == ROOMCAST || this == NODE;
    }

    /**
     * Returns the command that starts the server.
     *
     * @param jvmOptions options for a JVM
     * @param arguments arguments for the server
     */
    List<String> command(List<String> jvmOptions, String... arguments) {
        return switch (this) {
            case ROOMCAST -> JavaCommand.of(RoomcastServer.class, jvmOptions, arguments);
            case NODE -> node(arguments);
            case PLAIN -> JavaCommand.of(PlainServer.class, jvmOptions, arguments);
            case BARE -> JavaCommand.of(BareServer.class, jvmOptions, arguments);
        };
    }

    private static List<String> node(String... arguments) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("node", "--expose-gc", System.getProperty("benchmarks.node", "server.js")));
        command.addAll(List.of(arguments));
        return command;
    }
}
