package io.roomcast.examples.benchmarks.targets;

import io.roomcast.examples.benchmarks.process.Launch;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A chat on two nodes over Redis, or the same chat on one node without it. */
public enum ClusterTarget {
    /** Two bundled servers. */
    ROOMCAST("Roomcast"),
    /** One bundled server on the same database. */
    ROOMCAST_ONE("Roomcast, one node"),
    /** The original with the Redis adapter. */
    REDIS("Node, Redis adapter"),
    /** The original with the Redis adapter on sharded channels. */
    SHARDED("Node, sharded Redis adapter"),
    /** The original with the Redis Streams adapter. */
    STREAMS("Node, Redis Streams adapter"),
    /** The original with the Redis adapter, where each node stores messages as Roomcast does. */
    STORED("Node, Redis adapter, storing"),
    /** The original on one node. */
    NODE_ONE("Node, one node");

    private static final Set<ClusterTarget> SINGLE = EnumSet.of(ROOMCAST_ONE, NODE_ONE);

    private final String title;

    ClusterTarget(String title) {
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

    /** Returns the number of nodes. */
    public int nodes() {
        return SINGLE.contains(this) ? 1 : 2;
    }

    /** Returns whether this is Roomcast. */
    public boolean isRoomcast() {
        return this == ROOMCAST || this == ROOMCAST_ONE;
    }

    /** Returns whether outages are tried: those of the other targets are the same as those of one that is tried. */
    public boolean hasOutages() {
        return nodes() > 1 && this != STORED;
    }

    /**
     * Returns the way to start a node.
     *
     * @param number its number, from 1 on
     * @param recovers whether Socket.IO's connection state recovery is on, where the adapter supports it
     */
    public Launch launch(int number, List<String> jvmOptions, String databaseUri, String redisUri, boolean recovers) {
        return switch (this) {
            case ROOMCAST -> BundledServer.inCluster(jvmOptions, databaseUri, redisUri, "n" + number);
            case ROOMCAST_ONE -> BundledServer.onMongo(jvmOptions, databaseUri);
            case NODE_ONE -> JavaScriptServer.onNode(24, List.of());
            case STORED -> JavaScriptServer.onNode(24, List.of(databaseUri, REDIS.id(), redisUri));
            case STREAMS -> JavaScriptServer.onNode(24, List.of("", recovers ? "recovery" : id(), redisUri));
            case REDIS, SHARDED -> JavaScriptServer.onNode(24, List.of("", id(), redisUri));
        };
    }

    /** Returns the way to start the clients of outages. */
    public static Launch outageClients(List<String> urls) {
        return JavaScriptServer.outageClients(urls);
    }
}
