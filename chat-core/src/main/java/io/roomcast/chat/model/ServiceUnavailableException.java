package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by the host's own code, such as an {@code Authenticator} or an {@code AccessPolicy}, if a service that it
 * depends on does not respond: an identity provider, a key server or a database.
 *
 * <p>The client receives {@link ErrorCode#UNAVAILABLE}, which it may retry, instead of a refusal. The chat neither logs
 * nor sends the message of this exception.
 */
public final class ServiceUnavailableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates an exception that names the service. */
    public ServiceUnavailableException(String message) {
        this(message, null);
    }

    /**
     * Creates an exception that names the service.
     *
     * @param cause the failure of the call, or null
     */
    public ServiceUnavailableException(String message, @Nullable Throwable cause) {
        super(requireNonNull(message, "message"), cause);
    }
}
