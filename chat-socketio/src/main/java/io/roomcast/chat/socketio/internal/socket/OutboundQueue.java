package io.roomcast.chat.socketio.internal.socket;

import io.roomcast.chat.socketio.internal.channel.EventLoops;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.engine.EngineSession;
import io.roomcast.chat.socketio.internal.packet.Packets;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends packets to one client, in order. Confined to the client's event loop.
 *
 * <p>If the client accepts batches, messages that were broadcast before the event loop's next task share a packet. No
 * timer delays a message.
 */
final class OutboundQueue {
    private static final int MAX_BATCH = 50;

    private final EngineSession engine;
    private final List<EncodedPacket> batch = new ArrayList<>(0);
    private boolean isBatching;

    OutboundQueue(EngineSession engine) {
        this.engine = engine;
    }

    /** Sends messages in batches from now on. */
    void batchMessages() {
        isBatching = true;
    }

    /** Sends a packet after all earlier ones. The caller still releases its reference. */
    void send(EncodedPacket packet) {
        flush();
        engine.send(packet);
    }

    /** Sends a packet with one message after all earlier packets. The caller still releases its reference. */
    void sendMessage(EncodedPacket packet) {
        if (!isBatching) {
            engine.send(packet);
            return;
        }
        batch.add(packet.retain());
        if (batch.size() == 1) {
            flushLater();
        } else if (batch.size() == MAX_BATCH) {
            flush();
        }
    }

    private void flushLater() {
        if (!EventLoops.tryExecute(engine.loop(), this::flush)) {
            flush();
        }
    }

    private void flush() {
        if (batch.isEmpty()) {
            return;
        }
        EncodedPacket packet = batch.size() == 1 ? batch.get(0).retain() : Packets.batch(batch);
        batch.forEach(EncodedPacket::release);
        batch.clear();
        engine.send(packet);
        packet.release();
    }
}
