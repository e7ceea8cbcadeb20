package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Notifies a session that it missed events, which it must now fetch, or that it was not returned to a room.
 *
 * @param conversationId the conversation, or null for all of the session's rooms
 * @param reason why the session missed events
 * @param refusal why the session was not returned to the room, or null if the session may be in it
 */
public record SyncRequired(
        @Nullable String conversationId,
        Reason reason,
        @Nullable ChatException refusal) implements ChatEvent {
    /** Rejects null for required components. */
    public SyncRequired {
        requireNonNull(reason, "reason");
    }

    /** Notifies a session that it missed events. */
    public SyncRequired(@Nullable String conversationId, Reason reason) {
        this(conversationId, reason, null);
    }

    /**
     * Notifies a session that it was not returned to a room. If the id or the position is invalid, the position is lost.
     * Otherwise the client can join the room later.
     */
    public static SyncRequired refused(String conversationId, ChatException refusal) {
        Reason reason = switch (requireNonNull(refusal, "refusal").code()) {
            case INVALID_PAYLOAD, MISSING_FIELDS -> Reason.POSITION_LOST;
            default -> Reason.GAP;
        };
        return new SyncRequired(requireNonNull(conversationId, "conversationId"), reason, refusal);
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
