package io.roomcast.chat.internal.cluster;

import io.roomcast.chat.internal.cluster.ClusterEvent.CallChange;
import io.roomcast.chat.internal.cluster.ClusterEvent.CallSignal;
import io.roomcast.chat.internal.cluster.ClusterEvent.Change;
import io.roomcast.chat.internal.cluster.ClusterEvent.ConversationNotice;
import io.roomcast.chat.internal.cluster.ClusterEvent.Ephemeral;
import io.roomcast.chat.internal.cluster.ClusterEvent.Head;
import io.roomcast.chat.internal.cluster.ClusterEvent.MessageStored;
import io.roomcast.chat.internal.cluster.ClusterEvent.PresenceUpdate;
import io.roomcast.chat.internal.cluster.ClusterEvent.Receipt;
import io.roomcast.chat.internal.cluster.ClusterEvent.RoomEvent;
import io.roomcast.chat.internal.cluster.ClusterEvent.UnreadNotice;
import io.roomcast.chat.internal.cluster.ClusterEvent.UploadEnded;
import io.roomcast.chat.internal.cluster.ClusterEvent.UploadProgressed;
import io.roomcast.chat.internal.cluster.ClusterEvent.UserChange;
import io.roomcast.chat.internal.cluster.ClusterEvent.UserEvent;
import io.roomcast.chat.internal.cluster.ControlEvent.Answer;
import io.roomcast.chat.internal.cluster.ControlEvent.Heartbeat;
import io.roomcast.chat.internal.cluster.ControlEvent.Invalidate;
import io.roomcast.chat.internal.cluster.ControlEvent.NodeLeaving;
import io.roomcast.chat.internal.cluster.ControlEvent.Release;
import io.roomcast.chat.internal.cluster.ControlEvent.Request;
import io.roomcast.chat.internal.cluster.ControlEvent.Response;
import io.roomcast.chat.internal.cluster.ControlEvent.UserSessions;
import io.roomcast.chat.internal.cluster.NodeState.RoomState;
import io.roomcast.chat.internal.cluster.NodeState.UserState;

/** Writes the kind and the fields of each event; {@link FrameKind} reads them. Safe for use by any thread. */
final class FrameEncoder implements ClusterEvent.Visitor<FrameWriter> {
    static final FrameEncoder INSTANCE = new FrameEncoder();

    private FrameEncoder() {}

    private static void begin(FrameWriter out, FrameKind kind) {
        out.writeByte(kind.code());
    }

    @Override
    public void visit(MessageStored event, FrameWriter out) {
        begin(out, FrameKind.MESSAGE_STORED);
        MessageFields.write(out, event.message());
    }

    @Override
    public void visit(Change event, FrameWriter out) {
        begin(out, FrameKind.CHANGE);
        MessageFields.writeChange(out, event.event());
    }

    @Override
    public void visit(Head event, FrameWriter out) {
        begin(out, FrameKind.HEAD);
        out.writeLong(event.position().seq());
        out.writeLong(event.position().version());
    }

    @Override
    public void visit(Ephemeral event, FrameWriter out) {
        begin(out, FrameKind.EPHEMERAL);
        out.writeText(event.userId());
        out.writeBoolean(event.isTyping());
        out.writeLong(event.expiresIn().toMillis());
    }

    @Override
    public void visit(RoomEvent event, FrameWriter out) {
        begin(out, FrameKind.ROOM_EVENT);
        ActivityFields.write(out, event);
    }

    @Override
    public void visit(UserEvent event, FrameWriter out) {
        begin(out, FrameKind.USER_EVENT);
        out.writeText(event.name());
        out.writeText(event.data());
        out.writeInstant(event.at());
    }

    @Override
    public void visit(Receipt event, FrameWriter out) {
        begin(out, FrameKind.RECEIPT);
        ActivityFields.write(out, event.receipt());
    }

    @Override
    public void visit(RoomState event, FrameWriter out) {
        begin(out, FrameKind.ROOM_STATE);
        ActivityFields.write(out, event);
    }

    @Override
    public void visit(UserState event, FrameWriter out) {
        begin(out, FrameKind.USER_STATE);
        ActivityFields.write(out, event);
    }

    @Override
    public void visit(PresenceUpdate event, FrameWriter out) {
        begin(out, FrameKind.PRESENCE_UPDATE);
        ActivityFields.write(out, event.presence());
        out.writeTexts(event.conversationIds());
    }

    @Override
    public void visit(UnreadNotice event, FrameWriter out) {
        begin(out, FrameKind.UNREAD_NOTICE);
        ActivityFields.write(out, event);
    }

    @Override
    public void visit(ConversationNotice event, FrameWriter out) {
        begin(out, FrameKind.CONVERSATION_NOTICE);
        ActivityFields.write(out, event);
    }

    @Override
    public void visit(Heartbeat event, FrameWriter out) {
        begin(out, FrameKind.HEARTBEAT);
        out.writeText(event.nodeName());
        out.writeByte(event.version());
        out.writeBoolean(event.isDraining());
    }

    @Override
    public void visit(NodeLeaving event, FrameWriter out) {
        begin(out, FrameKind.NODE_LEAVING);
    }

    @Override
    public void visit(Invalidate event, FrameWriter out) {
        begin(out, FrameKind.INVALIDATE);
        out.writeText(event.conversationId());
        out.writeTexts(event.userIds());
        out.writeBoolean(event.areRemoved());
    }

    @Override
    public void visit(Request event, FrameWriter out) {
        begin(out, FrameKind.REQUEST);
        out.writeLong(event.id());
        out.writeByte(ActivityFields.ACTIONS.codeOf(event.action()));
        out.writeText(event.conversationId());
        out.writeText(event.userId());
    }

    @Override
    public void visit(Response event, FrameWriter out) {
        begin(out, FrameKind.RESPONSE);
        out.writeLong(event.requestId());
        out.writeTexts(event.userIds());
    }

    @Override
    public void visit(UserSessions event, FrameWriter out) {
        begin(out, FrameKind.USER_SESSIONS);
        ActivityFields.write(out, event);
    }

    @Override
    public void visit(Release event, FrameWriter out) {
        begin(out, FrameKind.RELEASE);
        out.writeLong(event.requestId());
        out.writeText(event.key());
        out.writeText(event.ownerId());
    }

    @Override
    public void visit(UserChange event, FrameWriter out) {
        begin(out, FrameKind.USER_CHANGE);
        ActivityFields.write(out, event);
    }

    @Override
    public void visit(UploadProgressed event, FrameWriter out) {
        begin(out, FrameKind.UPLOAD_PROGRESSED);
        ActivityFields.write(out, event.event());
    }

    @Override
    public void visit(UploadEnded event, FrameWriter out) {
        begin(out, FrameKind.UPLOAD_ENDED);
        ActivityFields.write(out, event.event());
        out.writeBoolean(event.isForRoom());
    }

    @Override
    public void visit(CallChange event, FrameWriter out) {
        begin(out, FrameKind.CALL_CHANGE);
        out.writeTexts(event.fields());
    }

    @Override
    public void visit(CallSignal event, FrameWriter out) {
        begin(out, FrameKind.CALL_SIGNAL);
        out.writeTexts(event.fields());
    }

    @Override
    public void visit(Answer event, FrameWriter out) {
        begin(out, FrameKind.ANSWER);
        out.writeLong(event.requestId());
        ActivityFields.write(out, event.items());
    }
}
