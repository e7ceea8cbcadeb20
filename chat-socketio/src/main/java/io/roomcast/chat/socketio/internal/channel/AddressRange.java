package io.roomcast.chat.socketio.internal.channel;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A network address, or all that share its first bits, as in {@code 10.0.0.0/8} (RFC 4632). */
public final class AddressRange {
    private static final int IPV4_BYTES = 4;

    /** The prefix of an IPv4 address that is written as an IPv6 address (RFC 4291, section 2.5.5.2). */
    private static final int MAPPED_BITS = 96;

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /**
     * The range that the text names.
     *
     * @throws IllegalArgumentException if it names none; names of hosts are none
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

    /** The JDK reads an IPv4 address that is written as an IPv6 one as the IPv4 address that it is. */
    private static int bits(String[] parts, byte[] network) {
        boolean isMapped = network.length == IPV4_BYTES && parts[0].contains(":");
        return Integer.parseInt(parts[1]) - (isMapped ? MAPPED_BITS : 0);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "trustedProxies: " + text + " (expected: an address such as 10.0.0.7, or a range such as 10.0.0.0/8)");
    }

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
