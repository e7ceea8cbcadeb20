package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a host's own code, such as an {@code Authenticator} or an {@code AccessPolicy}, when a service that it relies on
 * does not answer: an identity provider, a key server, a database.
 *
 * <p>The client is answered {@link ErrorCode#UNAVAILABLE}, which it may retry, and not that its token or request is bad. The
 * message is for the host's own use; the chat neither logs nor sends it.
 */
public final class ServiceUnavailableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Says which service does not answer. */
    public ServiceUnavailableException(String message) {
        this(message, null);
    }

    /** Says which service does not answer, and how that showed; the cause may be null. */
    public ServiceUnavailableException(String message, @Nullable Throwable cause) {
        super(requireNonNull(message, "message"), cause);
    }
}
