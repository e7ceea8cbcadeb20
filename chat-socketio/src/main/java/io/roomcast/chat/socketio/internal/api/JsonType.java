package io.roomcast.chat.socketio.internal.api;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses {@code Content-Type} headers (RFC 9110, section 8.3). JSON must be UTF-8 (RFC 8259, section 8.1). */
final class JsonType {
    private static final Pattern NAME = Pattern.compile("application/(?:[a-z0-9!#$&^_.-]+\\+)?json[ \\t]*");
    private static final Pattern PARAMETER =
            Pattern.compile(";[ \\t]*(?:([^\\s;=\",]+)[ \\t]*=[ \\t]*(?:\"([^\"\\\\]*)\"|([^\\s;=\",]+))[ \\t]*)?");
    private static final Set<String> CHARSETS = Set.of("utf-8", "utf8");

    private JsonType() {}

    /** Returns whether the header has one value, which is a media type of JSON in UTF-8. */
    static boolean isReadable(List<String> values) {
        return values.size() == 1 && isReadable(values.get(0).toLowerCase(Locale.ROOT));
    }

    private static boolean isReadable(String type) {
        Matcher name = NAME.matcher(type);
        return name.lookingAt() && hasReadableParameters(PARAMETER.matcher(type), name.end(), type.length());
    }

    private static boolean hasReadableParameters(Matcher parameter, int begin, int end) {
        int next = begin;
        while (next < end) {
            parameter.region(next, end);
            if (!parameter.lookingAt() || !isReadable(parameter)) {
                return false;
            }
            next = parameter.end();
        }
        return true;
    }

    private static boolean isReadable(Matcher parameter) {
        String value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
        return !"charset".equals(parameter.group(1)) || CHARSETS.contains(value);
    }
}
