package io.roomcast.chat.socketio.webhook;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/** Distinguishes public addresses from those of this machine and of private networks. */
final class PublicAddresses {
    private static final int BYTE = 0xff;

    private PublicAddresses() {}

    /** Returns whether all addresses of a host are public. Returns false if it has none. Blocks for the name service. */
    static boolean areAll(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host)).allMatch(PublicAddresses::isPublic);
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    static boolean isPublic(InetAddress address) {
        boolean isSpecial = address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        byte[] bytes = address.getAddress();
        return !isSpecial
                && (address instanceof Inet4Address ? isPublicV4(bytes) : isPublicV6((Inet6Address) address, bytes));
    }

    /** Excludes 0.0.0.0/8, 100.64.0.0/10, 192.0.0.0/24, 198.18.0.0/15 and 240.0.0.0/4. */
    private static boolean isPublicV4(byte[] bytes) {
        int first = bytes[0] & BYTE;
        int second = bytes[1] & BYTE;
        return first != 0
                && first < 240
                && !(first == 100 && (second & 0xc0) == 64)
                && !(first == 192 && second == 0 && bytes[2] == 0)
                && !(first == 198 && (second & 0xfe) == 18);
    }

    /** Includes 2000::/3 alone, without 2002::/16 and 64:ff9b::/96, which contain IPv4 addresses, and 2001:db8::/32. */
    private static boolean isPublicV6(Inet6Address address, byte[] bytes) {
        int first = ((bytes[0] & BYTE) << 8) | (bytes[1] & BYTE);
        boolean isDocumentation = first == 0x2001 && (bytes[2] & BYTE) == 0x0d && (bytes[3] & BYTE) == 0xb8;
        return (bytes[0] & 0xe0) == 0x20 && first != 0x2002 && !isDocumentation && !address.isIPv4CompatibleAddress();
    }
}
