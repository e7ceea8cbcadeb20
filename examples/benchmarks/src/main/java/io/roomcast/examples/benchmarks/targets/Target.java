package io.roomcast.examples.benchmarks.targets;

import io.roomcast.examples.benchmarks.process.JavaCommand;
import io.roomcast.examples.benchmarks.process.Launch;
import io.roomcast.examples.benchmarks.server.BareServer;
import io.roomcast.examples.benchmarks.server.PlainServer;
import io.roomcast.examples.benchmarks.server.RoomcastServer;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A server under test. */
public enum Target {
    /** The bundled server with its store in memory. */
    ROOMCAST("Roomcast, in memory"),
    /** The bundled server with its default store, the embedded database. */
    ROOMCAST_EMBEDDED("Roomcast, embedded"),
    /** The bundled server with a database in another process. */
    ROOMCAST_MONGO("Roomcast, MongoDB"),
    /** The original on the version of Node with long-term support. */
    NODE("Node 24"),
    /** The original on an older version of Node. */
    NODE_20("Node 20"),
    /** The original on Bun. */
    BUN("Bun"),
    /** The lower bound. */
    BARE("bare Netty"),
    /** A host of Roomcast, with a fixed heap and a store that keeps no messages. */
    TUNED("Roomcast, tuned"),
    /** The same host with a store that keeps the last messages of each room. */
    KEEPING("Roomcast, keeps messages"),
    /** The same host with that store and a follower. */
    FOLLOWED("Roomcast, with a follower"),
    /** A chat on netty-socketio. */
    PLAIN("plain netty-socketio");

    private static final Set<Target> BUNDLED = EnumSet.of(ROOMCAST, ROOMCAST_EMBEDDED, ROOMCAST_MONGO);
    private static final Set<Target> ORIGINALS = EnumSet.of(NODE, NODE_20, BUN);
    private static final Set<Target> PROGRAMS_OF_BENCHMARKS = EnumSet.of(BARE, TUNED, KEEPING, FOLLOWED, PLAIN);
    private static final Set<Target> RARE = EnumSet.of(KEEPING, FOLLOWED, PLAIN);
    private static final Set<Target> STORING = EnumSet.of(ROOMCAST_EMBEDDED, ROOMCAST_MONGO, NODE, BUN);

    private final String title;

    Target(String title) {
        this.title = title;
    }

    /** Returns the name in the report. */
    public String title() {
        return title;
    }

    /** Returns the name on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether the server is started as its users start it, and not by a program of the benchmarks. */
    public boolean isOutOfTheBox() {
        return !PROGRAMS_OF_BENCHMARKS.contains(this);
    }

    /** Returns whether the server is the bundled one. */
    public boolean isBundled() {
        return BUNDLED.contains(this);
    }

    /** Returns whether the server runs on the JVM. */
    public boolean isOnJvm() {
        return !ORIGINALS.contains(this);
    }

    /** Returns whether the server is measured although the command line does not name it. */
    public boolean isUsual() {
        return !RARE.contains(this);
    }

    /** Returns whether the server supports long-polling. The bare one supports only WebSocket. */
    public boolean polls() {
        return this != BARE;
    }

    /** Returns whether the server can store messages in a database. */
    public boolean canStore() {
        return STORING.contains(this);
    }

    /** Returns whether the server stores messages in a database in all scenarios. */
    public boolean alwaysStores() {
        return this == ROOMCAST_EMBEDDED || this == ROOMCAST_MONGO;
    }

    /** Returns whether the server needs the address of a database, if it stores messages or not. */
    public boolean needsDatabase(boolean storing) {
        return this == ROOMCAST_MONGO || (storing && this != ROOMCAST_EMBEDDED);
    }

    /** Returns the way to start the server. */
    public Launch launch(Resources resources) {
        List<String> options = resources.jvmOptions();
        List<String> database = resources.databaseUri().stream().toList();
        return switch (this) {
            case ROOMCAST -> BundledServer.inMemory(options);
            case ROOMCAST_EMBEDDED -> BundledServer.embedded(options, resources.data());
            case ROOMCAST_MONGO ->
                BundledServer.onMongo(options, resources.databaseUri().orElseThrow());
            case NODE -> JavaScriptServer.onNode(24, database);
            case NODE_20 -> JavaScriptServer.onNode(20, database);
            case BUN -> JavaScriptServer.onBun(database);
            case BARE -> JavaCommand.of(BareServer.class, options);
            case TUNED -> JavaCommand.of(RoomcastServer.class, busy(options));
            case KEEPING -> JavaCommand.of(RoomcastServer.class, busy(options), "0");
            case FOLLOWED -> JavaCommand.of(RoomcastServer.class, busy(options), "1");
            case PLAIN -> JavaCommand.of(PlainServer.class, options);
        };
    }

    /** Returns the options with those for a busy server: the optimizing compiler is done sooner if it inlines less. */
    private static List<String> busy(List<String> options) {
        return Stream.concat(Stream.of("-XX:MaxInlineLevel=6", "-XX:InlineSmallCode=1000"), options.stream())
                .toList();
    }
}
