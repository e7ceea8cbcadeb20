package io.roomcast.chat.socketio.internal.files;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.socketio.internal.request.HttpResponses;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The headers with which a file is sent. A browser may show only some types of files, and saves all others. No file can
 * run scripts or load others.
 *
 * @param file the file
 * @param shownType the type that a browser may show; empty if it should save the file
 */
record FileHeaders(StoredFile file, Optional<String> shownType) {
    private static final String POLICY = "sandbox; default-src 'none'";

    private String tag() {
        return '"' + file.id() + '"';
    }

    /** Returns whether the client has the file already. */
    boolean isCached(HttpHeaders request) {
        return names(request.getAll(HttpHeaderNames.IF_NONE_MATCH));
    }

    /** Returns whether the client wants nothing, because it has a part of another file. */
    boolean isOther(HttpHeaders request) {
        List<String> tags = request.getAll(HttpHeaderNames.IF_MATCH);
        return !tags.isEmpty() && !names(tags);
    }

    /** Returns whether one of the tags is that of the file, or stands for all. */
    private boolean names(List<String> tags) {
        return tags.stream().anyMatch(tag -> tag.contains(tag()) || tag.strip().equals("*"));
    }

    /** Returns the range that the client requests, unless it has a part of another file. */
    Optional<String> range(HttpHeaders request) {
        String condition = request.get(HttpHeaderNames.IF_RANGE, tag());
        return condition.equals(tag()) ? Optional.ofNullable(request.get(HttpHeaderNames.RANGE)) : Optional.empty();
    }

    /** Adds the headers of a complete response. */
    <M extends HttpMessage> M addTo(M response) {
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType())
                .set(HttpHeaderNames.CONTENT_DISPOSITION, disposition())
                .set(HttpHeaderNames.ETAG, tag())
                .set(HttpHeaderNames.ACCEPT_RANGES, "bytes")
                .set(HttpHeaderNames.CACHE_CONTROL, "private, max-age=3600")
                .set("content-security-policy", POLICY)
                .set("cross-origin-resource-policy", "cross-origin")
                .set("referrer-policy", "no-referrer");
        return response;
    }

    void addRange(HttpHeaders response, ByteRange range) {
        long last = range.from() + range.length() - 1;
        response.set(HttpHeaderNames.CONTENT_RANGE, "bytes " + range.from() + '-' + last + '/' + file.size());
    }

    <M extends HttpMessage> M unsatisfiable(M response) {
        response.headers().set(HttpHeaderNames.CONTENT_RANGE, "bytes */" + file.size());
        return response;
    }

    String contentType() {
        return shownType.orElse(StoredFile.UNKNOWN_TYPE);
    }

    /** Returns a response that leads the client to the file in the host's own storage. The URL is valid for minutes. */
    FullHttpResponse redirect(String url) {
        FullHttpResponse response = HttpResponses.empty(HttpResponseStatus.FOUND);
        response.headers()
                .set(HttpHeaderNames.LOCATION, url)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("cross-origin-resource-policy", "cross-origin")
                .set("referrer-policy", "no-referrer");
        return response;
    }

    String disposition() {
        return (shownType.isPresent() ? "inline" : "attachment") + "; filename=\"" + ascii() + "\"; filename*=UTF-8''"
                + encoded();
    }

    private String ascii() {
        return file.name().replaceAll("[^A-Za-z0-9._ -]", "_");
    }

    /** Returns the name as in RFC 8187. */
    private String encoded() {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : file.name().getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = (octet >= 'a' && octet <= 'z')
                    || (octet >= 'A' && octet <= 'Z')
                    || (octet >= '0' && octet <= '9')
                    || "-._~".indexOf(octet) >= 0;
            if (isPlain) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(String.format("%02X", octet));
            }
        }
        return encoded.toString();
    }
}
