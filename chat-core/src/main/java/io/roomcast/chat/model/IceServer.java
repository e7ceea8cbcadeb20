package io.roomcast.chat.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server that the devices of a call use to find a path to each other. Immutable. Its text omits the
 * credential.
 *
 * @param urls the addresses, such as {@code turn:turn.example.com:3478}
 * @param username the name of the user at the server, or null for none
 * @param credential the password of that user, or null for none
 */
public record IceServer(
        List<String> urls,
        @Nullable String username,
        @Nullable String credential) {
    /** Copies the addresses. */
    public IceServer {
        urls = Checks.list(urls, "urls");
    }

    @Override
    public String toString() {
        return "IceServer" + urls;
    }
}
