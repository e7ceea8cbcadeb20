package io.roomcast.chat.socketio.internal;

import io.netty.channel.EventLoop;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import java.util.concurrent.RejectedExecutionException;

/** A session of the chat over Socket.IO; its id is public, unlike its transport's. */
final class SocketSession implements Session {
    private final String id;
    private final Principal principal;
    private final EventLoop loop;
    private final Outbox outbox;
    private final Runnable onEnd;

    /**
     * A session of a client that is let in.
     *
     * @param onEnd run on the event loop when the chat has ended the session
     */
    SocketSession(String id, Principal principal, EventLoop loop, Outbox outbox, Runnable onEnd) {
        this.id = id;
        this.principal = principal;
        this.loop = loop;
        this.outbox = outbox;
        this.onEnd = onEnd;
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

    Outbox outbox() {
        return outbox;
    }
}
