package io.roomcast.chat.internal;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.ChatStore;
import java.util.ArrayList;
import java.util.List;

/** Joining and leaving rooms. */
final class RoomHandler {
    private final RoomRegistry rooms;
    private final TypingTracker typing;
    private final ViewingTracker viewing;
    private final Attendance attendance;
    private final ReceiptTracker receipts;
    private final ChatStore store;

    RoomHandler(
            RoomRegistry rooms,
            TypingTracker typing,
            ViewingTracker viewing,
            Attendance attendance,
            ReceiptTracker receipts,
            ChatStore store) {
        this.rooms = rooms;
        this.typing = typing;
        this.viewing = viewing;
        this.attendance = attendance;
        this.receipts = receipts;
        this.store = store;
    }

    /** Joins first and reads the position then: no message can fall between the two. */
    JoinRoom.Joined join(JoinRoom command, Call call) {
        String conversationId = command.conversationId();
        boolean entered = rooms.join(conversationId, call.session());
        try {
            JoinRoom.Joined joined = joined(conversationId, call);
            if (entered) {
                tellJoined(conversationId, call);
            }
            return joined;
        } catch (RuntimeException failure) {
            if (entered) {
                rooms.leave(conversationId, call.session());
            }
            throw failure;
        }
    }

    private void tellJoined(String conversationId, Call call) {
        attendance.joined(conversationId, call.session()).ifPresent(event -> call.tellOthers(conversationId, event));
    }

    private JoinRoom.Joined joined(String conversationId, Call call) {
        Position position = store.position(conversationId);
        rooms.start(conversationId, position.seq());
        return new JoinRoom.Joined(
                conversationId,
                store.epoch(),
                position,
                receipts.readSeq(conversationId, call.userId(), position.seq()),
                rooms.size(conversationId),
                null);
    }

    LeaveRoom.Left leave(LeaveRoom command, Call call) {
        String conversationId = command.conversationId();
        typing.stop(conversationId, call.session())
                .ifPresent(userId -> call.tellOthers(conversationId, new TypingStopped(conversationId, userId)));
        viewing.stop(conversationId, call.session())
                .ifPresent(userId -> call.tellOthers(conversationId, new ViewingStopped(conversationId, userId)));
        if (rooms.leave(conversationId, call.session())) {
            attendance.left(conversationId, call.session()).ifPresent(event -> call.tellOthers(conversationId, event));
        }
        return new LeaveRoom.Left(conversationId);
    }

    /** Puts all sessions of a user out of a room, as if they left; answers what they and the others are to be told. */
    List<Publication> evict(String conversationId, String userId) {
        List<Session> evicted = rooms.members(conversationId).stream()
                .filter(session -> userId.equals(session.principal().userId()))
                .toList();
        List<Publication> told = new ArrayList<>();
        evicted.forEach(session -> told.addAll(left(conversationId, new Call(session, userId))));
        if (!evicted.isEmpty()) {
            int online = rooms.size(conversationId);
            told.add(new Publication(new UserLeft(conversationId, userId, online), new Audience.Sessions(evicted)));
        }
        return told;
    }

    private List<Publication> left(String conversationId, Call call) {
        leave(new LeaveRoom(conversationId), call);
        return call.publications();
    }
}
