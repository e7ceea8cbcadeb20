package io.roomcast.chat.socketio.internal.socket;

import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.engine.EngineSession;
import io.roomcast.chat.socketio.internal.recovery.SentOffsets;
import io.roomcast.chat.socketio.internal.wire.Offset;
import io.roomcast.chat.socketio.internal.wire.Packets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What goes out to one client, in order; used on the client's event loop.
 *
 * <p>For a client that wants it, messages that are there at once go in one packet. There is no timer: a message waits
 * only for what its event loop has to do already.
 */
public final class OutboundQueue {
    private static final int MOST = 50;

    private final EngineSession engine;
    private final List<EncodedPacket> gathered = new ArrayList<>(0);
    private boolean gathers;

    @Nullable
    private SentOffsets trail;

    OutboundQueue(EngineSession engine) {
        this.engine = engine;
    }

    /** Puts messages together from now on. */
    void gather() {
        gathers = true;
    }

    /** Takes note of what is sent from now on. */
    public void follow(SentOffsets trail) {
        this.trail = trail;
    }

    /** What was sent can be told again. */
    void sent(Offset mark) {
        if (trail != null) {
            trail.sent(mark);
        }
    }

    /** Sends a packet behind all before it; the caller keeps its own hold of it. */
    void send(EncodedPacket packet) {
        release();
        engine.send(packet);
    }

    /** The same for a packet with one message. */
    void sendMessage(EncodedPacket packet) {
        if (!gathers) {
            engine.send(packet);
            return;
        }
        gathered.add(packet.retain());
        if (gathered.size() == 1) {
            releaseSoon();
        } else if (gathered.size() == MOST) {
            release();
        }
    }

    private void releaseSoon() {
        try {
            engine.loop().execute(this::release);
        } catch (RejectedExecutionException stopped) {
            release();
        }
    }

    private void release() {
        if (gathered.isEmpty()) {
            return;
        }
        EncodedPacket packet = gathered.size() == 1 ? gathered.get(0).retain() : Packets.batch(gathered);
        gathered.forEach(EncodedPacket::release);
        gathered.clear();
        engine.send(packet);
        packet.release();
    }
}
