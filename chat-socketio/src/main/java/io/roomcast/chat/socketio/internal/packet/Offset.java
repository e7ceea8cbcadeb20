package io.roomcast.chat.socketio.internal.packet;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import org.jspecify.annotations.Nullable;

/**
 * The offset of an event that the server can replay: the number that the conversation gave to a message or a change.
 *
 * <p>The packet has it as an additional argument. A client that reconnects returns the offset of its last event.
 *
 * @param conversationId the conversation of the message
 * @param kind the sequence that the number belongs to
 * @param number the {@code seq} of the message, or the {@code version} of the change
 */
public record Offset(String conversationId, Kind kind, long number) {
    /** The sequences of a conversation. */
    public enum Kind {
        /** New messages, numbered by {@code seq}. */
        MESSAGE,
        /** Changes of messages, numbered by {@code version}. */
        CHANGE
    }

    /** Returns the offset of an event, or null if the store does not keep the event. */
    public static @Nullable Offset of(ChatEvent event) {
        if (event instanceof MessageSent sent) {
            return new Offset(
                    sent.message().conversationId(),
                    Kind.MESSAGE,
                    sent.message().seq());
        }
        return event instanceof MessageChanged changed ? change(changed.message()) : null;
    }

    private static Offset change(Message message) {
        return new Offset(message.conversationId(), Kind.CHANGE, message.version());
    }

    /** Returns the text that clients receive and return. */
    public String text() {
        return (kind == Kind.MESSAGE ? "m" : "c") + number + ":" + conversationId;
    }

    /** Returns this offset, or for a change beyond the position, the offset of the position's last change. */
    public Offset within(Position covered) {
        return kind == Kind.CHANGE ? new Offset(conversationId, kind, Math.min(number, covered.version())) : this;
    }

    /** Returns the position of a client that was at the given position and received this event. */
    public Position received(Position before) {
        return kind == Kind.MESSAGE
                ? new Position(Math.max(before.seq(), number), before.version())
                : new Position(before.seq(), Math.max(before.version(), number));
    }

    /** Returns the part of the position that lies before this event, for a client that did not receive it. */
    public Position missed(Position other) {
        return kind == Kind.MESSAGE
                ? new Position(Math.min(other.seq(), number - 1), other.version())
                : new Position(other.seq(), Math.min(other.version(), number - 1));
    }
}
