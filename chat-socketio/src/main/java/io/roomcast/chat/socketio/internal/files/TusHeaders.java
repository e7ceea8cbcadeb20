package io.roomcast.chat.socketio.internal.files;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes the headers of the tus protocol, version 1.0.0. */
final class TusHeaders {
    static final String VERSION = "1.0.0";
    static final String RESUMABLE = "tus-resumable";
    static final String OFFSET = "upload-offset";
    static final String LENGTH = "upload-length";
    static final String METADATA = "upload-metadata";
    private static final String EXPIRES = "upload-expires";
    private static final String EXPOSED =
            "location, retry-after, tus-extension, tus-max-size, tus-resumable, tus-version,"
                    + " upload-expires, upload-length, upload-metadata, upload-offset";
    private static final int MAX_DIGITS = 18;

    private TusHeaders() {}

    /** Adds what every response of the protocol has. */
    static void add(HttpHeaders headers) {
        headers.set(RESUMABLE, VERSION);
        headers.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }

    /** Adds what the server supports. */
    static void describe(HttpHeaders headers, long maxBytes) {
        add(headers);
        headers.set("tus-version", VERSION);
        headers.set("tus-extension", "creation,termination,expiration");
        headers.set("tus-max-size", maxBytes);
    }

    static void expires(HttpHeaders headers, Instant time) {
        headers.set(EXPIRES, DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC)));
    }

    /** Returns whether the request has no version of the protocol, or that of the server. */
    static boolean hasVersion(HttpExchange exchange) {
        return exchange.headers().getAll(RESUMABLE).stream().allMatch(VERSION::equals);
    }

    /**
     * Returns the number in a header.
     *
     * @throws ChatException if it is missing, repeated or not a number of digits
     */
    static long number(HttpExchange exchange, String name) {
        List<String> values = exchange.headers().getAll(name);
        if (values.isEmpty()) {
            throw ChatException.missing(name);
        }
        String value = values.get(0);
        boolean isNumber = values.size() == 1
                && !value.isEmpty()
                && value.length() <= MAX_DIGITS
                && value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        if (!isNumber) {
            throw ChatException.invalid(name, "a number of bytes");
        }
        return Long.parseLong(value);
    }

    /**
     * Returns the decoded values of the metadata by their keys.
     *
     * @throws ChatException if a value is not Base64 of UTF-8, or a key is repeated
     */
    static Map<String, String> metadata(HttpExchange exchange) {
        Map<String, String> metadata = new HashMap<>();
        String all = String.join(",", exchange.headers().getAll(METADATA));
        for (String pair : all.split(",", -1)) {
            String[] parts = pair.strip().split(" +", 2);
            if (!parts[0].isEmpty() && metadata.put(parts[0], parts.length == 1 ? "" : decoded(parts[1])) != null) {
                throw ChatException.invalid(METADATA, "each key once");
            }
        }
        return metadata;
    }

    /** Adds the metadata with which a client may have begun the upload. */
    static void metadata(HttpHeaders headers, StoredFile file) {
        String key = file.clientUploadId();
        headers.set(
                METADATA,
                "conversationId " + encoded(file.conversationId()) + ",filename " + encoded(file.name()) + ",filetype "
                        + encoded(file.mimeType()) + (key == null ? "" : ",clientUploadId " + encoded(key)));
    }

    private static String encoded(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String value) {
        try {
            byte[] bytes = Base64.getDecoder().decode(value);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            throw ChatException.invalid(METADATA, "values in Base64 of UTF-8");
        }
    }
}
