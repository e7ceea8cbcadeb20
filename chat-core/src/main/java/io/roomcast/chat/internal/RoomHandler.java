package io.roomcast.chat.internal;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.ChatStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Joining and leaving rooms. */
final class RoomHandler {
    private final RoomRegistry rooms;
    private final TypingTracker typing;
    private final ViewingTracker viewing;
    private final Attendance attendance;
    private final ReceiptTracker receipts;
    private final ChatStore store;
    private final Publisher publisher;
    private final CatchUpPages pages;

    RoomHandler(
            RoomRegistry rooms,
            TypingTracker typing,
            ViewingTracker viewing,
            Attendance attendance,
            ReceiptTracker receipts,
            ChatStore store,
            Publisher publisher,
            CatchUpPages pages) {
        this.rooms = rooms;
        this.typing = typing;
        this.viewing = viewing;
        this.attendance = attendance;
        this.receipts = receipts;
        this.store = store;
        this.publisher = publisher;
        this.pages = pages;
    }

    JoinRoom.Joined join(JoinRoom command, Call call) {
        return command.after() == null
                ? enter(command, call, () -> joined(command.conversationId(), call))
                : joinAfter(command, command.after(), call);
    }

    /**
     * Joins with all that the caller missed.
     *
     * <p>No message is on its way now, and none comes before the answer: what the room has heard of ends where the live
     * messages begin.
     */
    private JoinRoom.Joined joinAfter(JoinRoom command, Position after, Call call) {
        String conversationId = command.conversationId();
        Position head = store.position(conversationId);
        publisher.bringUpTo(conversationId, head);
        return enter(command, call, () -> {
            CatchUp missed = pages.between(conversationId, after, head, command.limit());
            return joined(conversationId, head, call, missed);
        });
    }

    private JoinRoom.Joined enter(JoinRoom command, Call call, Supplier<JoinRoom.Joined> joined) {
        boolean entered = rooms.join(command.conversationId(), call.session());
        try {
            JoinRoom.Joined answer = joined.get();
            if (entered) {
                tellJoined(command.conversationId(), call);
            }
            return answer;
        } catch (RuntimeException failure) {
            if (entered) {
                rooms.leave(command.conversationId(), call.session());
            }
            throw failure;
        }
    }

    /** Comes into the room without knowing what happened there; asks nothing of the store. */
    void enter(String conversationId, Call call) {
        if (rooms.join(conversationId, call.session())) {
            tellJoined(conversationId, call);
        }
    }

    private void tellJoined(String conversationId, Call call) {
        attendance.joined(conversationId, call.session()).ifPresent(event -> call.tellOthers(conversationId, event));
    }

    /** Reads the position once it is in the room: no message can fall between the two. */
    private JoinRoom.Joined joined(String conversationId, Call call) {
        return joined(conversationId, store.position(conversationId), call, null);
    }

    private JoinRoom.Joined joined(String conversationId, Position position, Call call, @Nullable CatchUp missed) {
        rooms.start(conversationId, position);
        return new JoinRoom.Joined(
                conversationId,
                store.epoch(),
                position,
                receipts.readSeq(conversationId, call.userId(), position.seq()),
                rooms.size(conversationId),
                missed);
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

    /**
     * Puts all sessions of a user out of a room, as if they left; answers what they and the others are to be told. A session
     * that is not in the room may yet be typing there.
     */
    List<Publication> evict(String conversationId, String userId) {
        List<Session> members = rooms.members(conversationId);
        List<Session> sessions = rooms.sessionsOf(userId);
        List<Session> evicted = sessions.stream().filter(members::contains).toList();
        List<Publication> told = new ArrayList<>();
        sessions.forEach(session -> told.addAll(left(conversationId, new Call(session, userId))));
        if (!evicted.isEmpty()) {
            int online = rooms.size(conversationId);
            told.add(new Publication(new UserLeft(conversationId, userId, online), new Audience.Sessions(evicted)));
        }
        return told;
    }

    /** Puts one session out of a room, as if it left; answers what it and the others are to be told. */
    List<Publication> evict(String conversationId, Session session) {
        String userId = session.principal().userId();
        List<Publication> told = new ArrayList<>(left(conversationId, new Call(session, userId)));
        if (userId != null) {
            UserLeft left = new UserLeft(conversationId, userId, rooms.size(conversationId));
            told.add(new Publication(left, new Audience.Sessions(List.of(session))));
        }
        return told;
    }

    private List<Publication> left(String conversationId, Call call) {
        leave(new LeaveRoom(conversationId), call);
        return call.publications();
    }
}
