package io.roomcast.chat.socketio.internal.channel;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Determines the address of a client behind trusted proxies from {@code X-Forwarded-For}. Immutable.
 *
 * <p>Each proxy appends the address of its own client, so only the entries of trusted proxies are reliable. The client is
 * the rightmost address that is not a trusted proxy. Similar headers are ignored, because a proxy that does not know them
 * forwards what the client sent.
 */
public final class ForwardedFor {
    private static final String HEADER = "x-forwarded-for";

    private final List<AddressRange> trusted;

    /** Creates a resolver that trusts the given proxies. */
    public ForwardedFor(List<AddressRange> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /** Returns whether the address is a trusted proxy. */
    public boolean isTrusted(InetAddress address) {
        for (AddressRange range : trusted) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the address of the client; null if the header contains only trusted proxies. If an entry is not an address,
     * returns the proxy that appended it.
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
            InetAddress address = parse(entry);
            if (address == null) {
                return hop;
            }
            if (!isTrusted(address)) {
                return address;
            }
            hop = address;
        }
        return null;
    }

    /** Parses an address with optional quotes, brackets and port; null if malformed. Never resolves a name. */
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
