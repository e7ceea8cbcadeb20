package io.roomcast.chat.socketio.internal.request;

import io.netty.util.NetUtil;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Validates {@code Host} headers: a name or an address, with an optional port (RFC 3986, section 3.2). */
final class HostField {
    private static final String NAME = "(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})++";
    private static final Pattern HOST = Pattern.compile("(?:" + NAME + "|\\[([0-9A-Fa-f:.]+)])(?::(\\d{0,5}))?");
    private static final int MAX_LENGTH = 512;
    private static final int MAX_PORT = 65_535;

    private HostField() {}

    /** Returns whether the value of the header is valid. */
    static boolean isValid(String host) {
        Matcher parts = HOST.matcher(host);
        return host.length() <= MAX_LENGTH
                && parts.matches()
                && (parts.group(1) == null || NetUtil.isValidIpV6Address(parts.group(1)))
                && (parts.group(2) == null || isPort(parts.group(2)));
    }

    /** Returns whether the digits are a port. An empty port is the default one (RFC 3986, section 3.2.3). */
    private static boolean isPort(String digits) {
        return digits.isEmpty() || (Integer.parseInt(digits) > 0 && Integer.parseInt(digits) <= MAX_PORT);
    }
}
