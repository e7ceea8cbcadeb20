package io.roomcast.chat.socketio.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The names of channels and keys in Redis, such as {@code rc:{17}:c:conversation-1}. The number in braces spreads them
 * over 128 partitions, so that they can become hash slots. Immutable.
 *
 * @param prefix the beginning of all names
 */
record RedisNames(String prefix) {
    private static final int PARTITIONS = 128;

    byte[] channel(String channel) {
        return name(channel, "");
    }

    /** Returns the key of a hash that holds the entries of each node. */
    byte[] entries(String key) {
        return name(key, "l:");
    }

    /** Returns the key of a kept value. */
    byte[] kept(String key) {
        return name(key, "k:");
    }

    /** Returns the channel by which one bus checks its connections. */
    byte[] heartbeat(String token) {
        return (prefix + ":h:" + token).getBytes(UTF_8);
    }

    private byte[] name(String key, String kind) {
        return (prefix + ":{" + Math.floorMod(key.hashCode(), PARTITIONS) + "}:" + kind + key).getBytes(UTF_8);
    }

    /** Returns the channel that has a name in Redis. */
    static String channelOf(byte[] name) {
        int brace = 0;
        while (name[brace] != '}') {
            brace++;
        }
        return new String(name, brace + 2, name.length - brace - 2, UTF_8);
    }
}
