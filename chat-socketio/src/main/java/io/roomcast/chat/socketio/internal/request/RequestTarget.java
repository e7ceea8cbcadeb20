package io.roomcast.chat.socketio.internal.request;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parsed target of a request (RFC 9112, section 3.2).
 *
 * @param host the host, from a target in absolute form or else from the {@code Host} header; null if both are absent
 * @param rawPath the path as it was sent
 * @param path the decoded path
 * @param parameters the values of each query parameter, in order
 */
public record RequestTarget(@Nullable String host, String rawPath, String path, Map<String, List<String>> parameters) {
    private static final int MAX_PARAMETERS = 32;
    private static final String REPLACEMENT = "\ufffd";
    private static final String ENCODED_REPLACEMENT = "%ef%bf%bd";

    /**
     * Parses a target in origin form or absolute form.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    public static RequestTarget parse(String target, @Nullable String hostHeader) {
        if (!target.regionMatches(true, 0, "http://", 0, 7) && !target.regionMatches(true, 0, "https://", 0, 8)) {
            return of(hostHeader, target);
        }
        int authority = target.indexOf("//") + 2;
        int end = authority;
        while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        String host = target.substring(authority, end);
        if (!HostField.isValid(host)) {
            throw new IllegalArgumentException("malformed host");
        }
        String rest = target.substring(end);
        return of(host, rest.startsWith("/") ? rest : "/" + rest);
    }

    private static RequestTarget of(@Nullable String host, String target) {
        QueryStringDecoder uri = new QueryStringDecoder(target, StandardCharsets.UTF_8, true, MAX_PARAMETERS);
        RequestTarget read = new RequestTarget(host, uri.rawPath(), uri.path(), uri.parameters());
        // Only a percent-encoded octet can decode to a replacement character.
        boolean isEncoded = target.indexOf('%') >= 0;
        if (isEncoded
                && read.hasReplacement()
                && !target.toLowerCase(Locale.ROOT).contains(ENCODED_REPLACEMENT)) {
            throw new IllegalArgumentException("the target is not UTF-8");
        }
        return read;
    }

    private boolean hasReplacement() {
        boolean found = path.contains(REPLACEMENT);
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            found |= parameter.getKey().contains(REPLACEMENT)
                    || String.join("", parameter.getValue()).contains(REPLACEMENT);
        }
        return found;
    }
}
