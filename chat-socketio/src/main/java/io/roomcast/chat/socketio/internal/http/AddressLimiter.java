package io.roomcast.chat.socketio.internal.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.roomcast.chat.socketio.internal.channel.AddressRange;
import io.roomcast.chat.socketio.internal.channel.ForwardedFor;
import io.roomcast.chat.socketio.internal.channel.Quota;
import io.roomcast.chat.spi.Throttle;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Limits the connections and new sessions of each network address. Safe for use by any thread.
 *
 * <p>A client is an IPv4 address or a 64-bit IPv6 network, which is what providers assign to each customer. Behind a
 * trusted proxy, the client is the one that the proxy names. Addresses of this machine and of trusted proxies stand for
 * many clients and are not counted.
 */
public final class AddressLimiter {
    private static final int NETWORK_BYTES = 8;

    private final Quota connections;
    private final Quota forwarded;
    private final Quota sessions;
    private final Throttle<String> handshakes;
    private final ForwardedFor proxies;

    /** Creates the limits, with the proxies to trust. */
    public AddressLimiter(List<AddressRange> trustedProxies, int connectionsPerAddress, int handshakesPerSecond) {
        this.proxies = new ForwardedFor(trustedProxies);
        this.connections = new Quota(connectionsPerAddress);
        this.forwarded = new Quota(connectionsPerAddress);
        this.sessions = new Quota(connectionsPerAddress);
        this.handshakes = Throttle.of(handshakesPerSecond, handshakesPerSecond);
    }

    /** Counts a new connection until it ends; false if its address has too many. */
    public boolean admit(Channel channel) {
        InetAddress peer = peer(channel);
        Optional<Runnable> place = peer == null || proxies.isTrusted(peer)
                ? Optional.of(AddressLimiter::countNothing)
                : take(connections, peer.isLoopbackAddress() ? "" : key(peer));
        place.ifPresent(release -> channel.closeFuture().addListener(closed -> release.run()));
        return place.isPresent();
    }

    /**
     * Counts a request of a client behind a trusted proxy, whose connections are the proxy's own.
     *
     * @return an action that ends the counting; empty if the client has its maximum of connections
     */
    Optional<Runnable> admitForwarded(Channel channel, HttpHeaders headers) {
        InetAddress peer = peer(channel);
        return peer == null || !proxies.isTrusted(peer)
                ? Optional.of(AddressLimiter::countNothing)
                : take(forwarded, client(channel, headers));
    }

    /**
     * Counts a new session over any transport.
     *
     * @return an action that ends the counting; empty if the client opens sessions too fast or has too many
     */
    public Optional<Runnable> admitSession(String client) {
        boolean mayOpen = client.isEmpty() || handshakes.take(client) == 0;
        return mayOpen ? take(sessions, client) : Optional.empty();
    }

    private static Optional<Runnable> take(Quota quota, String client) {
        if (client.isEmpty()) {
            return Optional.of(AddressLimiter::countNothing);
        }
        return quota.take(client) ? Optional.of(() -> quota.giveBack(client)) : Optional.empty();
    }

    private static void countNothing() {}

    /**
     * Returns the client behind a request, in a form that is the same for all its requests. Empty if the address stands
     * for many clients or is unknown.
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
     * Returns the address behind a request, to be logged. It is the trusted proxy's own if that names no client. Empty
     * if the connection has no address.
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
