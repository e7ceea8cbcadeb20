package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * The request by which a client stores a file in the host's own storage. Immutable. Its text omits the URL and the headers.
 *
 * @param url the absolute URL, which alone permits the request
 * @param method the method, usually PUT; the body is the whole file
 * @param headers the headers that the request must have, besides its length
 * @param expiresAt the time after which the storage refuses the request
 */
public record DirectTransfer(String url, String method, Map<String, String> headers, Instant expiresAt) {
    /** Rejects null, and copies the headers. */
    public DirectTransfer {
        requireNonNull(url, "url");
        requireNonNull(method, "method");
        headers = Map.copyOf(requireNonNull(headers, "headers"));
        requireNonNull(expiresAt, "expiresAt");
    }

    @Override
    public String toString() {
        return "DirectTransfer[" + method + ", until " + expiresAt + "]";
    }
}
