package io.roomcast.chat.internal;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatStore;
import java.util.List;
import java.util.stream.Stream;

/** Joining and leaving rooms. */
final class RoomHandler {
    private final RoomRegistry rooms;
    private final TypingTracker typing;
    private final ReceiptTracker receipts;
    private final ChatStore store;

    RoomHandler(RoomRegistry rooms, TypingTracker typing, ReceiptTracker receipts, ChatStore store) {
        this.rooms = rooms;
        this.typing = typing;
        this.receipts = receipts;
        this.store = store;
    }

    /** Joins first and reads the position then: no message can fall between the two. */
    JoinRoom.Joined join(JoinRoom command, Call call) {
        String conversationId = command.conversationId();
        boolean entered = rooms.join(conversationId, call.session());
        try {
            return joined(conversationId, call);
        } catch (RuntimeException failure) {
            if (entered) {
                rooms.leave(conversationId, call.session());
            }
            throw failure;
        }
    }

    private JoinRoom.Joined joined(String conversationId, Call call) {
        Position position = store.position(conversationId);
        rooms.start(conversationId, position.seq());
        return new JoinRoom.Joined(
                conversationId,
                store.epoch(),
                position,
                receipts.readSeq(conversationId, call.userId(), position.seq()),
                rooms.members(conversationId).size(),
                null);
    }

    LeaveRoom.Left leave(LeaveRoom command, Call call) {
        String conversationId = command.conversationId();
        typing.stop(conversationId, call.session())
                .ifPresent(userId -> call.tellOthers(conversationId, new TypingStopped(conversationId, userId)));
        rooms.leave(conversationId, call.session());
        return new LeaveRoom.Left(conversationId);
    }

    /** Puts all sessions of a user out of a room, as if they left; answers what the others are to be told. */
    List<Publication> evict(String conversationId, String userId) {
        return rooms.members(conversationId).stream()
                .filter(session -> userId.equals(session.principal().userId()))
                .flatMap(session -> leave(conversationId, new Call(session, userId)))
                .toList();
    }

    private Stream<Publication> leave(String conversationId, Call call) {
        leave(new LeaveRoom(conversationId), call);
        return call.publications().stream();
    }
}
