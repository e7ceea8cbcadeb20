package io.roomcast.chat.socketio.redis;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Builds a {@link RedisBus}. Not safe for use by several threads. */
public final class RedisBusBuilder {
    /** The default of {@link #prefix}: {@value}. */
    public static final String DEFAULT_PREFIX = "rc";

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    private final RedisUri uri;
    private String prefix = DEFAULT_PREFIX;

    @Nullable
    private String sentinelUser;

    @Nullable
    private String sentinelPassword;

    @Nullable
    private SSLContext sslContext;

    RedisBusBuilder(RedisUri uri) {
        this.uri = uri;
    }

    /**
     * Sets the beginning of all names in Redis, so that several clusters can use one server. The default is {@value
     * #DEFAULT_PREFIX}.
     *
     * @param prefix 1 to 32 letters, digits, dots, hyphens or underscores
     * @throws IllegalArgumentException if it has another form
     */
    public RedisBusBuilder prefix(String prefix) {
        if (!PREFIX.matcher(requireNonNull(prefix, "prefix")).matches()) {
            throw new IllegalArgumentException(
                    "prefix: \"" + prefix + "\" (expected: 1 to 32 letters, digits, '.', '-' or '_')");
        }
        this.prefix = prefix;
        return this;
    }

    /**
     * Sets the keys and the certificates to trust for TLS. The default are those of the JVM.
     *
     * @throws IllegalArgumentException if the address does not begin with {@code rediss}
     */
    public RedisBusBuilder sslContext(SSLContext sslContext) {
        requireNonNull(sslContext, "sslContext");
        if (!uri.isTls()) {
            throw new IllegalArgumentException(
                    "sslContext: not used by " + uri + " (expected: an address with rediss)");
        }
        this.sslContext = sslContext;
        return this;
    }

    /**
     * Sets the user and the password for the Sentinels. The default is none; those of the address are for Redis itself.
     *
     * @param user the user, or null for the default user
     * @throws IllegalArgumentException if the address names no Sentinels
     */
    public RedisBusBuilder sentinelPassword(@Nullable String user, String password) {
        requireNonNull(password, "password");
        if (uri.master() == null) {
            throw new IllegalArgumentException(
                    "password: not used by " + uri + " (expected: an address with redis-sentinel)");
        }
        this.sentinelUser = user;
        this.sentinelPassword = password;
        return this;
    }

    /**
     * Returns the bus. Connects only when a chat opens it.
     *
     * @throws IllegalStateException if jedis is not on the class path
     */
    public RedisBus build() {
        requireJedis();
        return new RedisBus(new RedisSettings(uri, sentinelUser, sentinelPassword, sslContext, prefix));
    }

    private static void requireJedis() {
        try {
            Class.forName("redis.clients.jedis.Connection", false, RedisBusBuilder.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new IllegalStateException(
                    "RedisBus needs jedis: add redis.clients:jedis, version 8, to the dependencies", absent);
        }
    }
}
