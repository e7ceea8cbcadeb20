package io.roomcast.chat.socketio.internal.transport;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.roomcast.chat.spi.Throttle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much each network address may have of a server; safe for use by any thread.
 *
 * <p>This machine's own addresses, and those of trusted proxies, stand for many clients and are not counted; behind a
 * trusted proxy the address that it names is.
 */
public final class Addresses {
    private static final String FORWARDED_FOR = "x-forwarded-for";

    private final Map<InetAddress, Integer> connections = new ConcurrentHashMap<>();
    private final Throttle<String> handshakes;
    private final List<AddressRange> trustedProxies;
    private final int connectionsPerAddress;

    /** Limits for addresses other than those of the trusted proxies. */
    public Addresses(List<AddressRange> trustedProxies, int connectionsPerAddress, int handshakesPerSecond) {
        this.trustedProxies = List.copyOf(trustedProxies);
        this.connectionsPerAddress = connectionsPerAddress;
        this.handshakes = Throttle.of(handshakesPerSecond, handshakesPerSecond);
    }

    /** Counts a new connection until it ends; false if its address has too many. */
    public boolean admit(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote) || isUncounted(remote.getAddress())) {
            return true;
        }
        InetAddress address = remote.getAddress();
        if (connections.merge(address, 1, Integer::sum) > connectionsPerAddress) {
            release(address);
            return false;
        }
        channel.closeFuture().addListener(closed -> release(address));
        return true;
    }

    private void release(InetAddress address) {
        connections.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Whether the client behind a request may open one more session now. */
    boolean admitHandshake(Channel channel, HttpHeaders headers) {
        String client = client(channel, headers);
        return client.isEmpty() || handshakes.take(client) == 0;
    }

    /** The network address of the client behind a request; empty where it stands for many clients, or is not known. */
    public String client(HttpExchange request) {
        return client(request.channel(), request.headers());
    }

    private String client(Channel channel, HttpHeaders headers) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            return "";
        }
        InetAddress address = remote.getAddress();
        if (isTrusted(address)) {
            return forwardedFor(headers);
        }
        return address.isLoopbackAddress() ? "" : text(address);
    }

    /** The last address in the list is the one that the proxy saw itself. */
    private static String forwardedFor(HttpHeaders headers) {
        String list = String.join(",", headers.getAll(FORWARDED_FOR));
        return list.substring(list.lastIndexOf(',') + 1).trim();
    }

    private static String text(InetAddress address) {
        return address.getHostAddress();
    }

    private boolean isUncounted(InetAddress address) {
        return address.isLoopbackAddress() || isTrusted(address);
    }

    private boolean isTrusted(InetAddress address) {
        return trustedProxies.stream().anyMatch(range -> range.contains(address));
    }
}
