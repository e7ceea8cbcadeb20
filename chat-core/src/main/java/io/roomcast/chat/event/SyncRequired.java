package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The session missed something and must fetch it.
 *
 * @param conversationId where, or null for everywhere
 * @param reason why
 */
public record SyncRequired(@Nullable String conversationId, Reason reason) implements ChatEvent {
    /** Checks that nothing required is null. */
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
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
