package io.roomcast.chat.internal.session;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.OutboundEvent;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One command's caller, and what is to be told once the caller has its answer; used by one thread at a time. */
public final class CommandContext {
    private final Session session;

    @Nullable
    private final String userId;

    private final List<OutboundEvent> publications = new ArrayList<>(1);

    @Nullable
    private Runnable beginning;

    private final List<Runnable> afterwards = new ArrayList<>(1);

    @Nullable
    private MessageDraft draft;

    public CommandContext(Session session, @Nullable String userId) {
        this.session = session;
        this.userId = userId;
    }

    public Session session() {
        return session;
    }

    @Nullable
    public String userId() {
        return userId;
    }

    /** In whose name the command is carried out; there is always somebody where the command has an author. */
    public String author() {
        if (userId == null) {
            throw new IllegalStateException("a command without an author was handled as one that has one");
        }
        return userId;
    }

    /** Who asks; nobody in particular is refused. */
    public String user() {
        if (userId == null) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        return userId;
    }

    /** The message is to be stored like this. */
    public void draft(MessageDraft wanted) {
        draft = wanted;
    }

    /** The message that is to be stored. */
    public MessageDraft draft() {
        return Objects.requireNonNull(draft, "draft");
    }

    /** Tells everybody in the room, once the caller has its answer. */
    public void tellRoom(String conversationId, ChatEvent event) {
        publications.add(new OutboundEvent(event, new Audience.Room(conversationId, null)));
    }

    /** Tells the room of a message that was stored before, should it not know of it. */
    public void tellRoomUnlessTold(MessageSent event) {
        publications.add(
                new OutboundEvent(event, new Audience.Room(event.message().conversationId(), null), true));
    }

    /** Sends an event to all in the room except the caller's own sessions, once the caller has its answer. */
    public void tellOthers(String conversationId, ChatEvent event) {
        publications.add(new OutboundEvent(event, new Audience.Room(conversationId, session)));
    }

    /** Tells all sessions of some users, once the caller has its answer. */
    public void tellUsers(Collection<String> userIds, ChatEvent event) {
        publications.add(new OutboundEvent(event, new Audience.Users(userIds)));
    }

    /** Tells what came of something else, once the caller has its answer. */
    public void tell(List<OutboundEvent> more) {
        publications.addAll(more);
    }

    /**
     * Sets the task that starts the work that the command waits for. It runs once the outcome is awaited, and must not
     * block.
     */
    public void onceAwaited(Runnable task) {
        beginning = task;
    }

    /** Starts the awaited work, if any. The thread that completes the outcome also answers the caller. */
    public void awaited() {
        if (beginning != null) {
            beginning.run();
        }
    }

    /** Runs a task that neither blocks nor throws, once everybody is told. */
    public void afterwards(Runnable task) {
        afterwards.add(task);
    }

    /** Everybody is told. */
    public void told() {
        afterwards.forEach(Runnable::run);
    }

    public List<OutboundEvent> publications() {
        return publications;
    }
}
