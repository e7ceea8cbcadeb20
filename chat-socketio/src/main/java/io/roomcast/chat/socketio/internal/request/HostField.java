package io.roomcast.chat.socketio.internal.request;

import io.netty.util.NetUtil;

/** Validates {@code Host} headers: a name or an address, with an optional port (RFC 3986, section 3.2). */
final class HostField {
    private static final String MARKS = "._~!$&'()*+,;=-";
    private static final int ENCODED_LENGTH = 3;
    private static final int MAX_LENGTH = 512;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_PORT_DIGITS = 5;

    private HostField() {}

    /** Returns whether the value of the header is valid. */
    static boolean isValid(String host) {
        if (host.length() > MAX_LENGTH) {
            return false;
        }
        int end = host.startsWith("[") ? addressEnd(host) : nameEnd(host);
        return end > 0 && (end == host.length() || (host.charAt(end) == ':' && isPort(host.substring(end + 1))));
    }

    /** Returns the index after an IPv6 address in brackets; -1 if it is invalid. */
    private static int addressEnd(String host) {
        int end = host.indexOf(']');
        for (int i = 1; i < end; i++) {
            char c = host.charAt(i);
            if (!Tokens.isHex(c) && c != ':' && c != '.') {
                return -1;
            }
        }
        return end > 1 && NetUtil.isValidIpV6Address(host.substring(1, end)) ? end + 1 : -1;
    }

    /** Returns the index after the longest valid name; 0 if there is none. */
    private static int nameEnd(String host) {
        int end = 0;
        while (end < host.length() && isNameAt(host, end)) {
            end += host.charAt(end) == '%' ? ENCODED_LENGTH : 1;
        }
        return end;
    }

    private static boolean isNameAt(String host, int index) {
        char c = host.charAt(index);
        if (c != '%') {
            return Tokens.isAlphanumeric(c) || MARKS.indexOf(c) >= 0;
        }
        return index + ENCODED_LENGTH <= host.length()
                && Tokens.isHex(host.charAt(index + 1))
                && Tokens.isHex(host.charAt(index + 2));
    }

    /** Returns whether the digits are a port. An empty port is the default one (RFC 3986, section 3.2.3). */
    private static boolean isPort(String digits) {
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            port = 10 * port + digit;
        }
        return digits.isEmpty() || (digits.length() <= MAX_PORT_DIGITS && port > 0 && port <= MAX_PORT);
    }
}
