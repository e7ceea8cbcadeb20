package io.roomcast.chat.socketio.internal.settings;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Normalizes configured origins to the form that browsers and web views send (RFC 6454, section 6.2). */
final class PageOrigin {
    private static final String SHAPE = "scheme://host[:port], such as https://app.example.com";
    private static final Pattern PARTS =
            Pattern.compile("([a-z][a-z0-9+.-]*)://(\\[[0-9a-f:.]+]|[^\\s/?#@:\\[\\]*,%]*)(?::(\\d{1,5}))?/?");
    /** Host names that stay as they are; without Java's data of all characters, which would be loaded at each start. */
    private static final Pattern PLAIN_HOST = Pattern.compile("[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63})*");

    private static final List<String> WITHOUT_HOST = List.of("file");
    private static final Map<String, String> DEFAULT_PORTS = Map.of("http", "80", "https", "443");
    private static final int MAX_PORT = 65_535;

    private PageOrigin() {}

    /**
     * Returns the origin as browsers send it.
     *
     * @throws IllegalArgumentException if the text is not an origin, or every page could have it
     */
    static String normalize(String text) {
        String origin = text.strip().toLowerCase(Locale.ROOT);
        if (origin.equals("*")) {
            throw refused(text, "each origin by its name, as pages of any other site would act for their visitors");
        }
        if (origin.equals("null")) {
            throw refused(text, "an origin with a name, as sandboxed pages of any site have this one");
        }
        Matcher parts = PARTS.matcher(origin);
        if (!parts.matches()) {
            throw refused(text, SHAPE);
        }
        return parts.group(1) + "://" + host(text, parts) + port(text, parts);
    }

    private static String host(String text, Matcher parts) {
        String host = parts.group(2);
        if (host.isEmpty() != WITHOUT_HOST.contains(parts.group(1))) {
            throw refused(text, SHAPE);
        }
        try {
            return host.startsWith("[") || PLAIN_HOST.matcher(host).matches() ? host : IDN.toASCII(host);
        } catch (IllegalArgumentException unknown) {
            throw refused(text, SHAPE);
        }
    }

    private static String port(String text, Matcher parts) {
        String port = parts.group(3);
        if (port == null) {
            return "";
        }
        int number = Integer.parseInt(port);
        if (number < 1 || number > MAX_PORT) {
            throw refused(text, SHAPE);
        }
        boolean isDefault = String.valueOf(number).equals(DEFAULT_PORTS.get(parts.group(1)));
        return isDefault ? "" : ":" + number;
    }

    private static IllegalArgumentException refused(String text, String expected) {
        return new IllegalArgumentException(ConfigurationErrors.line("allowedOrigins", text, expected));
    }
}
