package io.roomcast.chat.socketio.internal.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.roomcast.chat.socketio.internal.channel.AddressRange;
import io.roomcast.chat.socketio.internal.channel.ForwardedFor;
import io.roomcast.chat.socketio.internal.channel.KeyedRateLimiter;
import io.roomcast.chat.socketio.internal.channel.Quota;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Limits the connections, sessions and handshakes of each client. Safe for use by any thread.
 *
 * <p>A client is an IPv4 address or a 64-bit IPv6 network, which is what providers assign to each customer. Behind a
 * trusted proxy, the client is the address that the proxy names. Loopback addresses and trusted proxies represent many
 * clients and are not limited.
 */
public final class AddressLimiter {
    private static final int NETWORK_BYTES = 8;
    private static final Optional<Runnable> UNLIMITED = Optional.of(() -> {});

    private final Quota connections;
    private final Quota forwarded;
    private final Quota sessions;
    private final KeyedRateLimiter<String> handshakes;
    private final ForwardedFor proxies;

    /**
     * Creates the limits.
     *
     * @param connectionsPerAddress the maximum number of connections of one client, and of its sessions
     * @param handshakesPerSecond the maximum number of new sessions of one client per second
     */
    public AddressLimiter(List<AddressRange> trustedProxies, int connectionsPerAddress, int handshakesPerSecond) {
        this.proxies = new ForwardedFor(trustedProxies);
        this.connections = new Quota(connectionsPerAddress);
        this.forwarded = new Quota(connectionsPerAddress);
        this.sessions = new Quota(connectionsPerAddress);
        this.handshakes = KeyedRateLimiter.of(handshakesPerSecond, handshakesPerSecond);
    }

    /** Counts a new connection until it closes. Returns false if its client has the maximum already. */
    public boolean admit(Channel channel) {
        InetAddress peer = peer(channel);
        Optional<Runnable> quota = peer == null || proxies.isTrusted(peer)
                ? UNLIMITED
                : acquire(connections, peer.isLoopbackAddress() ? "" : key(peer));
        quota.ifPresent(release -> channel.closeFuture().addListener(closed -> release.run()));
        return quota.isPresent();
    }

    /**
     * Counts a request of a client behind a trusted proxy as one of its connections.
     *
     * @return a task that ends the counting; empty if the client has the maximum already
     */
    Optional<Runnable> admitForwarded(Channel channel, HttpHeaders headers) {
        InetAddress peer = peer(channel);
        return peer == null || !proxies.isTrusted(peer) ? UNLIMITED : acquire(forwarded, client(channel, headers));
    }

    /**
     * Counts a new session, over any transport.
     *
     * @param client the client as {@link #client(HttpExchange)} returns it
     * @return a task that ends the counting; empty if the client opens sessions too fast or has the maximum already
     */
    public Optional<Runnable> admitSession(String client) {
        boolean mayOpen = client.isEmpty() || handshakes.tryAcquire(client);
        return mayOpen ? acquire(sessions, client) : Optional.empty();
    }

    private static Optional<Runnable> acquire(Quota quota, String client) {
        if (client.isEmpty()) {
            return UNLIMITED;
        }
        return quota.tryAcquire(client) ? Optional.of(() -> quota.release(client)) : Optional.empty();
    }

    /**
     * Returns an id of the client that sent the request. Empty if the address represents many clients or is unknown.
     */
    public String client(HttpExchange request) {
        return client(request.channel(), request.headers());
    }

    String client(Channel channel, HttpHeaders headers) {
        InetAddress peer = peer(channel);
        if (peer == null) {
            return "";
        }
        if (!proxies.isTrusted(peer)) {
            return peer.isLoopbackAddress() ? "" : key(peer);
        }
        InetAddress named = proxies.client(peer, headers);
        return named == null ? "" : key(named);
    }

    /**
     * Returns the address of the client that sent the request, for the log. If a trusted proxy names no client, returns
     * the address of the proxy. Empty if the connection has no address.
     */
    public String address(HttpExchange request) {
        InetAddress peer = peer(request.channel());
        if (peer == null) {
            return "";
        }
        InetAddress named = proxies.isTrusted(peer) ? proxies.client(peer, request.headers()) : null;
        return (named == null ? peer : named).getHostAddress();
    }

    private static @Nullable InetAddress peer(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress remote ? remote.getAddress() : null;
    }

    private static String key(InetAddress address) {
        return address instanceof Inet6Address ? network(address) + "/64" : address.getHostAddress();
    }

    private static String network(InetAddress address) {
        try {
            byte[] bytes = address.getAddress();
            Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("16 bytes are an address", impossible);
        }
    }
}
