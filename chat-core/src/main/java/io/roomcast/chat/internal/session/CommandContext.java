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

/**
 * Holds one command's caller, and collects the events to publish after the caller has received the reply. Used by one
 * thread at a time.
 */
public final class CommandContext {
    private final Session session;

    @Nullable
    private final String userId;

    private final List<OutboundEvent> events = new ArrayList<>(1);
    private final List<Runnable> afterPublishing = new ArrayList<>(1);

    @Nullable
    private Runnable atEnd;

    @Nullable
    private Runnable deferredStart;

    @Nullable
    private MessageDraft draft;

    /**
     * Creates a context without events.
     *
     * @param userId the command's author, or null if it has none
     */
    public CommandContext(Session session, @Nullable String userId) {
        this.session = session;
        this.userId = userId;
    }

    public Session session() {
        return session;
    }

    /** Returns whether the host runs the command, itself or by a service. It may do everything, for every user. */
    public boolean isHost() {
        return isHost(session);
    }

    /** Returns whether the session is that of the host, or of a service, which may do the same. */
    public static boolean isHost(Session session) {
        return session instanceof HostSession || session.principal().isService();
    }

    /** Returns the command's author: the session's user, or the user that an anonymous client named; null if none. */
    @Nullable
    public String userId() {
        return userId;
    }

    /** Returns the author of a command that always has one. */
    public String author() {
        if (userId == null) {
            throw new IllegalStateException("a command without an author was handled as one that has one");
        }
        return userId;
    }

    /**
     * Returns the command's author.
     *
     * @throws ChatException {@link ErrorCode#UNAUTHENTICATED} if there is none
     */
    public String requireUser() {
        if (userId == null) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        return userId;
    }

    /** Sets the message to store. */
    public void draft(MessageDraft prepared) {
        draft = prepared;
    }

    /** Returns the message to store, which was set before. */
    public MessageDraft draft() {
        return Objects.requireNonNull(draft, "draft");
    }

    /** Sends an event to all sessions in the room, after the reply. */
    public void sendToRoom(String conversationId, ChatEvent event) {
        events.add(new OutboundEvent(event, new Audience.Room(conversationId, null)));
    }

    /** Sends an already stored message to the room after the reply, unless it was sent there before. */
    public void sendToRoomOnce(MessageSent event) {
        events.add(new OutboundEvent(event, new Audience.Room(event.message().conversationId(), null), true));
    }

    /** Sends an event to all in the room except the caller's own sessions, after the reply. */
    public void sendToOthers(String conversationId, ChatEvent event) {
        events.add(new OutboundEvent(event, new Audience.Room(conversationId, session)));
    }

    /** Sends an event to all sessions of some users, after the reply. */
    public void sendToUsers(Collection<String> userIds, ChatEvent event) {
        events.add(new OutboundEvent(event, new Audience.Users(userIds)));
    }

    /** Sends further events after the reply. */
    public void sendAll(List<OutboundEvent> more) {
        events.addAll(more);
    }

    /** Returns the events to publish after the reply, in order. */
    public List<OutboundEvent> events() {
        return events;
    }

    /**
     * Sets a task that starts the work whose outcome the handler returned. It runs after the pipeline has subscribed to
     * the outcome, so that the thread that completes the work also sends the reply. The task must not block.
     */
    public void startLater(Runnable task) {
        deferredStart = task;
    }

    /** Starts the deferred work, if any. Called once the pipeline has subscribed to the outcome. */
    public void startDeferred() {
        if (deferredStart != null) {
            deferredStart.run();
        }
    }

    /** Adds a task to run after the events are published. It must neither block nor throw. */
    public void afterPublishing(Runnable task) {
        afterPublishing.add(task);
    }

    /** Runs the tasks that were added. Called after the events are published. */
    public void runAfterPublishing() {
        afterPublishing.forEach(Runnable::run);
    }

    /**
     * Sets a task that runs when the command has ended: after its events are published, or after it has failed. It must
     * neither block nor throw. Runs on the thread that handles the command if the handler returns a completed result.
     */
    public void atEnd(Runnable task) {
        atEnd = task;
    }

    /** Runs the task that was set, if any. Called once the command has ended. */
    public void end() {
        if (atEnd != null) {
            atEnd.run();
        }
    }
}
