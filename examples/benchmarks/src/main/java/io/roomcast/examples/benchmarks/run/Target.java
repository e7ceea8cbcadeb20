package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.server.BareServer;
import io.roomcast.examples.benchmarks.server.PlainServer;
import io.roomcast.examples.benchmarks.server.RoomcastServer;
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

    /** The lower bound speaks nothing but WebSocket. */
    boolean polls() {
        return this != BARE;
    }

    /** The command that starts it; options are for a JVM. */
    List<String> command(List<String> jvmOptions) {
        return switch (this) {
            case ROOMCAST -> JavaCommand.of(RoomcastServer.class, jvmOptions);
            case NODE -> List.of("node", "--expose-gc", System.getProperty("benchmarks.node", "server.js"));
            case PLAIN -> JavaCommand.of(PlainServer.class, jvmOptions);
            case BARE -> JavaCommand.of(BareServer.class, jvmOptions);
        };
    }
}
