package io.roomcast.chat.internal;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.model.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One command's caller, and what is to be told once the caller has its answer; used by one thread at a time. */
final class Call {
    private final Session session;

    @Nullable
    private final String userId;

    private final List<Publication> publications = new ArrayList<>(1);

    Call(Session session, @Nullable String userId) {
        this.session = session;
        this.userId = userId;
    }

    Session session() {
        return session;
    }

    @Nullable
    String userId() {
        return userId;
    }

    /** In whose name the command is carried out; there is always somebody where the command has an author. */
    String author() {
        if (userId == null) {
            throw new IllegalStateException("a command without an author was handled as one that has one");
        }
        return userId;
    }

    /** Tells everybody in the room, once the caller has its answer. */
    void tellRoom(ChatEvent event) {
        publications.add(new Publication(event, null, false));
    }

    /** Tells everybody in the room of a message that was stored before, should they not know of it. */
    void tellRoomUnlessTold(MessageSent event) {
        publications.add(new Publication(event, null, true));
    }

    /** Tells everybody in the room but the caller's own session, once the caller has its answer. */
    void tellOthers(ChatEvent event) {
        publications.add(new Publication(event, session, false));
    }

    List<Publication> publications() {
        return publications;
    }
}
