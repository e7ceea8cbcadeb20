package io.roomcast.chat.socketio.internal.channel;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A range of network addresses, such as {@code 10.0.0.0/8} (RFC 4632), or a single address. Immutable. */
public final class AddressRange {
    private static final int IPV4_BYTES = 4;

    /** The number of bits before an IPv4 address that is written as an IPv6 address (RFC 4291, section 2.5.5.2). */
    private static final int MAPPED_BITS = 96;

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /**
     * Parses an address or a range.
     *
     * @throws IllegalArgumentException if the text is neither; host names are not accepted
     */
    public static AddressRange parse(String text) {
        String[] parts = text.split("/", 2);
        try {
            if (!parts[0].matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
                throw malformed(text);
            }
            byte[] network = InetAddress.getByName(parts[0]).getAddress();
            int bits = parts.length == 1 ? network.length * Byte.SIZE : bits(parts, network);
            if (bits < 0 || bits > network.length * Byte.SIZE) {
                throw malformed(text);
            }
            return new AddressRange(network, bits);
        } catch (UnknownHostException | NumberFormatException unreadable) {
            throw malformed(text);
        }
    }

    /**
     * Returns the prefix length. The JDK parses an IPv4-mapped IPv6 address as an IPv4 address, so its prefix length is
     * reduced.
     */
    private static int bits(String[] parts, byte[] network) {
        boolean isMapped = network.length == IPV4_BYTES && parts[0].contains(":");
        return Integer.parseInt(parts[1]) - (isMapped ? MAPPED_BITS : 0);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "trustedProxies: " + text + " (expected: an address such as 10.0.0.7, or a range such as 10.0.0.0/8)");
    }

    /** Returns whether the range contains the address. */
    public boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        if (other.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((other[bit / Byte.SIZE] ^ network[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns the range in the notation of RFC 4632, such as {@code 10.0.0.0/8}. */
    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + bits;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
