package io.roomcast.chat.socketio.internal.socket;

import io.netty.channel.EventLoop;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.socketio.internal.recovery.Replay;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A session of the chat over Socket.IO; its id is public, unlike its transport's. */
public final class SocketSession implements Session {
    private final String id;
    private final Principal principal;
    private final EventLoop loop;
    private final OutboundQueue outbox;
    private final Runnable onEnd;

    @Nullable
    private final Replay replay;

    /**
     * A session of a client that is let in.
     *
     * @param onEnd run on the event loop when the chat has ended the session
     * @param replay how to tell what its client missed, or null to tell it by pages
     */
    SocketSession(
            String id,
            Principal principal,
            EventLoop loop,
            OutboundQueue outbox,
            Runnable onEnd,
            @Nullable Replay replay) {
        this.id = id;
        this.principal = principal;
        this.loop = loop;
        this.outbox = outbox;
        this.onEnd = onEnd;
        this.replay = replay;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Principal principal() {
        return principal;
    }

    /** Behind what was broadcast to it before, as both take the way over the event loop. */
    @Override
    public void end() {
        try {
            loop.execute(onEnd);
        } catch (RejectedExecutionException stopped) {
            // the server has stopped, and the connection with it
        }
    }

    /** The loop that its outbox is used on. */
    EventLoop loop() {
        return loop;
    }

    /** Whether its client has it back, and is told what it missed by events. */
    boolean isRecovered() {
        return replay != null;
    }

    /** The rooms that its client wants back and may not have yet. */
    Set<String> awaited() {
        return replay == null ? Set.of() : replay.awaited();
    }

    /** A page as events, if it is recovered. */
    List<ChatEvent> replay(RoomSynced missed) {
        return replay == null ? List.of(missed) : replay.events(missed);
    }

    public OutboundQueue outbox() {
        return outbox;
    }
}
