package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of the application's own. It is not stored: a client that is disconnected does not receive it later.
 *
 * @param conversationId the room, or null if the host sent it to users
 * @param userId the id of the user that sent it, or null if the host did
 * @param name the name that the application gave it
 * @param data a JSON value as text, or null for none
 * @param at when it was sent
 */
public record CustomEventSent(
        @Nullable String conversationId,
        @Nullable String userId,
        String name,
        @Nullable String data,
        Instant at) implements ChatEvent {
    /** Rejects null for required components. */
    public CustomEventSent {
        requireNonNull(name, "name");
        requireNonNull(at, "at");
    }

    @Override
    public Delivery delivery() {
        return Delivery.VOLATILE;
    }
}
