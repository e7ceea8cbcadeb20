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

    /** Returns the name in the report. */
    String title() {
        return title;
    }

    /** Returns the name on the command line. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether the server supports long-polling. The bare one supports only WebSocket. */
    boolean polls() {
        return this != BARE;
    }

    /** Returns whether the server can store messages in MongoDB. */
    boolean persists() {
        return this == ROOMCAST || this == NODE;
    }

    /** Returns the command that starts the server. */
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
