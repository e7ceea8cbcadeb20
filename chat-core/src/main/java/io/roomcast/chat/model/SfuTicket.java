package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The right of one participant to connect to a media server, a selective forwarding unit (SFU). Immutable. Its text omits
 * the token.
 *
 * @param provider the kind of media server, by which clients choose a library, such as {@code livekit}
 * @param url the address to connect to
 * @param token the secret that the client presents there
 * @param expiresAt when the token expires
 */
public record SfuTicket(String provider, String url, String token, Instant expiresAt) {
    /** Rejects null. */
    public SfuTicket {
        requireNonNull(provider, "provider");
        requireNonNull(url, "url");
        requireNonNull(token, "token");
        requireNonNull(expiresAt, "expiresAt");
    }

    @Override
    public String toString() {
        return "SfuTicket[" + provider + ", " + url + "]";
    }
}
