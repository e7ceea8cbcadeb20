package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.EventVisitor;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.MessagesDelivered;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.event.ReactionsChanged;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.SessionRevoked;
import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.event.TokenExpiring;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.event.UserJoined;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.event.ViewingStarted;
import io.roomcast.chat.event.ViewingStopped;
import java.io.IOException;

/**
 * The index of all events on the wire: writes an event's name and argument into an array that is open. An event without
 * a wire form does not compile.
 */
public final class EventEncoder implements EventVisitor<IOException> {
    /** The name of the event with one message. */
    public static final String MESSAGE_SENT = MessageWire.SENT.name();

    private final JsonGenerator json;

    /** Creates an encoder that writes to the generator. */
    public EventEncoder(JsonGenerator json) {
        this.json = json;
    }

    @Override
    public void visit(MessageSent event) throws IOException {
        MessageWire.SENT.write(json, event);
    }

    @Override
    public void visit(MessageEdited event) throws IOException {
        MessageWire.EDITED.write(json, event);
    }

    @Override
    public void visit(MessageDeleted event) throws IOException {
        MessageWire.DELETED.write(json, event);
    }

    @Override
    public void visit(ReactionsChanged event) throws IOException {
        ReactionWire.CHANGED.write(json, event);
    }

    @Override
    public void visit(RoomSynced event) throws IOException {
        HistoryWire.ROOM_SYNCED.write(json, event);
    }

    @Override
    public void visit(SyncRequired event) throws IOException {
        HistoryWire.SYNC_REQUIRED.write(json, event);
    }

    @Override
    public void visit(MessagesDelivered event) throws IOException {
        ReceiptWire.DELIVERED.write(json, event);
    }

    @Override
    public void visit(MessagesRead event) throws IOException {
        ReceiptWire.READ.write(json, event);
    }

    @Override
    public void visit(UnreadChanged event) throws IOException {
        ReceiptWire.UNREAD_CHANGED.write(json, event);
    }

    @Override
    public void visit(UserJoined event) throws IOException {
        RoomWire.USER_JOINED.write(json, event);
    }

    @Override
    public void visit(UserLeft event) throws IOException {
        RoomWire.USER_LEFT.write(json, event);
    }

    @Override
    public void visit(TypingStarted event) throws IOException {
        ActivityWire.TYPING_STARTED.write(json, event);
    }

    @Override
    public void visit(TypingStopped event) throws IOException {
        ActivityWire.TYPING_STOPPED.write(json, event);
    }

    @Override
    public void visit(ViewingStarted event) throws IOException {
        ActivityWire.VIEWING_STARTED.write(json, event);
    }

    @Override
    public void visit(ViewingStopped event) throws IOException {
        ActivityWire.VIEWING_STOPPED.write(json, event);
    }

    @Override
    public void visit(ConversationUpdated event) throws IOException {
        ConversationWire.UPDATED.write(json, event);
    }

    @Override
    public void visit(MemberAdded event) throws IOException {
        ConversationWire.MEMBER_ADDED.write(json, event);
    }

    @Override
    public void visit(MemberRemoved event) throws IOException {
        ConversationWire.MEMBER_REMOVED.write(json, event);
    }

    @Override
    public void visit(PresenceChanged event) throws IOException {
        PresenceWire.CHANGED.write(json, event);
    }

    @Override
    public void visit(SessionStarted event) throws IOException {
        SessionWire.STARTED.write(json, event);
    }

    @Override
    public void visit(TokenExpiring event) throws IOException {
        SessionWire.TOKEN_EXPIRING.write(json, event);
    }

    @Override
    public void visit(SessionRevoked event) throws IOException {
        SessionWire.REVOKED.write(json, event);
    }
}
