package io.roomcast.examples.chatserver;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Reads {@code CLIENT_URL}, the origins whose pages may use the server. */
final class Origins {
    private static final Pattern ORIGIN =
            Pattern.compile("https?://(\\[[0-9a-fA-F:.]+\\]|[^\\s/?#@:\\[\\]*]+)(:\\d{1,5})?");

    private Origins() {}

    static List<String> read(Environment environment) {
        String urls = environment.text("CLIENT_URL").orElse("http://localhost:3000");
        return Arrays.stream(urls.split(",", -1))
                .map(url -> read(environment, url.strip()))
                .toList();
    }

    /** The slash that front ends' settings often end in belongs to no origin. */
    private static String read(Environment environment, String url) {
        String origin = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        if (!ORIGIN.matcher(origin).matches()) {
            environment.mistake(
                    "CLIENT_URL", MongoUri.redact(url), "http(s)://host[:port], several with commas between");
        }
        return origin;
    }
}
