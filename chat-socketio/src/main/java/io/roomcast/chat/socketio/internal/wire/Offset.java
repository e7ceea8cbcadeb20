package io.roomcast.chat.socketio.internal.wire;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.ReactionsChanged;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import org.jspecify.annotations.Nullable;

/**
 * The place of an event that can be told again, which goes with it as its offset: a client that comes back names the
 * last that it has. Immutable, the same for all who hear of the event.
 *
 * @param conversationId whose place
 * @param kind what is counted
 * @param number which one
 */
public record Offset(String conversationId, Kind kind, long number) {
    /** What a conversation counts. */
    public enum Kind {
        /** Its messages, by {@code seq}. */
        MESSAGE,
        /** Its changes, by {@code version}. */
        CHANGE
    }

    /** The mark of an event, or null for one that is not kept. */
    public static @Nullable Offset of(ChatEvent event) {
        if (event instanceof MessageSent sent) {
            return new Offset(
                    sent.message().conversationId(),
                    Kind.MESSAGE,
                    sent.message().seq());
        }
        if (event instanceof MessageEdited edited) {
            return change(edited.message());
        }
        if (event instanceof MessageDeleted deleted) {
            return change(deleted.message());
        }
        return event instanceof ReactionsChanged reactions ? change(reactions.message()) : null;
    }

    private static Offset change(Message message) {
        return new Offset(message.conversationId(), Kind.CHANGE, message.version());
    }

    /** What the client sees of it. */
    public String offset() {
        return (kind == Kind.MESSAGE ? "m" : "c") + number + ":" + conversationId;
    }

    /** The same, or the last change that a page covers, if this one is beyond it. */
    public Offset within(Position covered) {
        return kind == Kind.CHANGE ? new Offset(conversationId, kind, Math.min(number, covered.version())) : this;
    }

    /** How far a client has come that heard of this after it had come so far. */
    public Position heard(Position before) {
        return kind == Kind.MESSAGE
                ? new Position(Math.max(before.seq(), number), before.version())
                : new Position(before.seq(), Math.max(before.version(), number));
    }

    /** How far a client has come that did not hear of this, though it may have come so far otherwise. */
    public Position unheard(Position other) {
        return kind == Kind.MESSAGE
                ? new Position(Math.min(other.seq(), number - 1), other.version())
                : new Position(other.seq(), Math.min(other.version(), number - 1));
    }
}
