package io.roomcast.chat.socketio.internal.socket;

import io.netty.channel.EventLoop;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.socketio.internal.channel.EventLoops;
import io.roomcast.chat.socketio.internal.recovery.ConnectionRecovery;
import java.util.function.LongSupplier;

/** A session of the chat over Socket.IO. Its id is public, and differs from the secret id of its transport. */
final class SocketSession implements Session {
    private final String id;
    private final Principal principal;
    private final EventLoop loop;
    private final OutboundQueue outbound;
    private final ConnectionRecovery recovery;
    private final LongSupplier rank;
    private final Runnable onEnd;

    /**
     * Creates the session of an authenticated client.
     *
     * @param rank returns the session's rank among those that may be surplus
     * @param onEnd run on the event loop after the chat has ended the session
     */
    SocketSession(
            String id,
            Principal principal,
            EventLoop loop,
            OutboundQueue outbound,
            ConnectionRecovery recovery,
            LongSupplier rank,
            Runnable onEnd) {
        this.id = id;
        this.principal = principal;
        this.loop = loop;
        this.outbound = outbound;
        this.recovery = recovery;
        this.rank = rank;
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

    @Override
    public long surplusRank() {
        return rank.getAsLong();
    }

    /** Closes the connection after earlier broadcasts were sent, because both are tasks of the same event loop. */
    @Override
    public void end() {
        EventLoops.tryExecute(loop, onEnd);
    }

    /** Returns the event loop that the outbound queue is confined to. */
    EventLoop loop() {
        return loop;
    }

    OutboundQueue outbound() {
        return outbound;
    }

    ConnectionRecovery recovery() {
        return recovery;
    }
}
