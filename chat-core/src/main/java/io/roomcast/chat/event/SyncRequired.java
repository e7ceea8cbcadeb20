package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Notifies a session that it missed events, which it must now fetch.
 *
 * @param conversationId the conversation, or null for all of the session's rooms
 * @param reason why the session missed events
 */
public record SyncRequired(@Nullable String conversationId, Reason reason) implements ChatEvent {
    /** Rejects null for required components. */
    public SyncRequired {
        requireNonNull(reason, "reason");
    }

    /** Why the session missed events. */
    public enum Reason {
        /** The server could not send the messages or changes in order. */
        GAP,
        /** The client read too slowly, and events were dropped. */
        SLOW_CLIENT,
        /** The store's epoch is not the one that the client knows. */
        EPOCH_CHANGED,
        /** The client's position is no longer known. */
        POSITION_LOST;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        /** Returns the reason as clients see it: the constant's name in lower case. */
        public String wireName() {
            return wireName;
        }
    }

    @Override
    public Delivery delivery() {
        return Delivery.REQUIRED;
    }
}
