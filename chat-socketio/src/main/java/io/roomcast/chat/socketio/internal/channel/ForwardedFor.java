package io.roomcast.chat.socketio.internal.channel;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client behind trusted proxies in {@code X-Forwarded-For}. Immutable.
 *
 * <p>Each proxy appends the address that it was connected from, so only entries of trusted proxies are reliable. The
 * client is the first address from the right that is not a trusted proxy. Other headers are ignored, because a proxy
 * that does not know them forwards whatever clients wrote.
 */
public final class ForwardedFor {
    private static final String HEADER = "x-forwarded-for";

    private final List<AddressRange> trusted;

    public ForwardedFor(List<AddressRange> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    public boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    /**
     * Returns the client that trusted proxies name; null if they name only themselves. If a proxy names something that
     * is not an address, that proxy counts as the client.
     */
    @Nullable
    public InetAddress client(InetAddress proxy, HttpHeaders headers) {
        String list = String.join(",", headers.getAll(HEADER));
        InetAddress hop = proxy;
        for (int end = list.length(); end > 0; ) {
            int comma = list.lastIndexOf(',', end - 1);
            String entry = list.substring(comma + 1, end).trim();
            end = comma;
            if (entry.isEmpty()) {
                continue;
            }
            InetAddress named = parse(entry);
            if (named == null) {
                return hop;
            }
            if (!isTrusted(named)) {
                return named;
            }
            hop = named;
        }
        return null;
    }

    /** Parses an address, optionally with quotes, brackets or a port; never resolves a name. */
    static @Nullable InetAddress parse(String entry) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(withoutPort(entry.replace("\"", "")));
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            return null;
        }
    }

    private static String withoutPort(String entry) {
        if (entry.startsWith("[")) {
            return entry.substring(1, Math.max(1, entry.indexOf(']')));
        }
        int colon = entry.indexOf(':');
        boolean hasOneColon = colon >= 0 && colon == entry.lastIndexOf(':');
        return hasOneColon ? entry.substring(0, colon) : entry;
    }
}
