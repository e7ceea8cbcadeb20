package io.roomcast.chat.socketio.redis;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a bus. Immutable.
 *
 * @param sentinelUser the user for the Sentinels, or null for the default user
 * @param sentinelPassword the password for the Sentinels, or null for none
 * @param sslContext the keys and certificates to trust, or null for those of the JVM
 * @param prefix the beginning of all names in Redis
 */
record RedisSettings(
        RedisUri uri,
        @Nullable String sentinelUser,
        @Nullable String sentinelPassword,
        @Nullable SSLContext sslContext,
        String prefix) {
    /** Returns the address and the prefix, without users and passwords. */
    @Override
    public String toString() {
        return uri + ", prefix " + prefix;
    }
}
