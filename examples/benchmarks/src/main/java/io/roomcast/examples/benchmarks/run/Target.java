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

    /** The lower bound speaks nothing but WebSocket. */
    boolean polls() {
        return this != BARE;
    }

    /** The command that starts it; options are for a JVM. */
    List<String> command(List<String> jvmOptions) {
        return switch (this) {
            case ROOMCAST -> java(RoomcastServer.class, jvmOptions);
            case NODE -> List.of("node", "--expose-gc", System.getProperty("benchmarks.node", "server.js"));
            case PLAIN -> java(PlainServer.class, jvmOptions);
            case BARE -> java(BareServer.class, jvmOptions);
        };
    }

    private static List<String> java(Class<?> main, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-XX:+UseSerialGC");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }
}
