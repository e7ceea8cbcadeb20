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

    /** Why something was missed. */
    public enum Reason {
        /** Messages could not be told in their order. */
        GAP,
        /** The client did not read for too long. */
        SLOW_CLIENT,
        /** The store is another one than the client knew. */
        EPOCH_CHANGED,
        /** The way from the client's position is not known any more. */
        POSITION_LOST;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        /** The reason as clients see it: the constant's name in lower case. */
        public String wireName() {
            return wireName;
        }
    }

    @Override
    public Delivery delivery() {
        return Delivery.REQUIRED;
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
