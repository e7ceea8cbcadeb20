package io.roomcast.chat.socketio.redis;

import io.roomcast.chat.socketio.redis.RedisUri.Host;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Opens connections to Redis, and finds the current server with Sentinel. For one thread. */
final class RedisEndpoint {
    private final RedisSettings settings;

    RedisEndpoint(RedisSettings settings) {
        this.settings = settings;
    }

    /** Returns the address of the server. With Sentinels, blocks until one of them has answered. */
    HostAndPort server() {
        String master = settings.uri().master();
        return master == null ? address(settings.uri().hosts().get(0)) : findServer(master);
    }

    private HostAndPort findServer(String master) {
        JedisException failure = new JedisConnectionException("no Sentinel");
        for (Host sentinel : settings.uri().hosts()) {
            try {
                return askSentinel(address(sentinel), master);
            } catch (JedisException unreachable) {
                failure = unreachable;
            }
        }
        throw failure;
    }

    private HostAndPort askSentinel(HostAndPort sentinel, String master) {
        try (Connection connection = connect(sentinel, settings.sentinelUser(), settings.sentinelPassword())) {
            connection.sendCommand(Command.SENTINEL, "GET-MASTER-ADDR-BY-NAME", master);
            List<String> address = connection.getMultiBulkReply();
            if (address == null) {
                throw new JedisConnectionException("the Sentinel does not know " + master);
            }
            return new HostAndPort(address.get(0), Integer.parseInt(address.get(1)));
        }
    }

    private static HostAndPort address(Host host) {
        return new HostAndPort(host.name(), host.port());
    }

    /** Opens a connection to the server, and authenticates. */
    RedisConnection connect(HostAndPort server) {
        return connect(server, settings.uri().user(), settings.uri().password());
    }

    private RedisConnection connect(HostAndPort server, @Nullable String user, @Nullable String password) {
        return new RedisConnection(
                new RedisSockets(server, tls()),
                DefaultJedisClientConfig.builder()
                        .resp2()
                        .autoNegotiateProtocol(false)
                        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                        .socketTimeoutMillis(RedisSockets.READ_TIMEOUT_MILLIS)
                        .user(user)
                        .password(password)
                        .build());
    }

    private @Nullable SSLSocketFactory tls() {
        SSLContext context = settings.sslContext();
        if (!settings.uri().isTls()) {
            return null;
        }
        return context == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : context.getSocketFactory();
    }
}
