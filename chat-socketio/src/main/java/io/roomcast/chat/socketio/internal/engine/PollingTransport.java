package io.roomcast.chat.socketio.internal.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Queues packets until the client polls for them. */
@EventLoopConfined
final class PollingTransport implements Transport {
    private final Queue<EncodedPacket> queue = new ArrayDeque<>(4);
    private final EngineVersion version;
    private long pending;

    @Nullable
    private HttpExchange poll;

    @Nullable
    private HttpExchange lastResponse;

    private boolean wasSending;
    private boolean closesAlone;

    PollingTransport(EngineVersion version) {
        this.version = version;
    }

    /** Accepts a poll, and responds as soon as there are packets. Returns false if another poll is pending. */
    boolean offer(HttpExchange request) {
        if (poll != null) {
            return false;
        }
        poll = request;
        flush();
        return true;
    }

    boolean hasPendingPoll() {
        return poll != null;
    }

    /** Returns whether the given poll is pending. */
    boolean isPending(HttpExchange request) {
        return poll == request;
    }

    @Override
    public void write(EncodedPacket packet) {
        queue.add(packet.retain());
        pending += packet.length();
    }

    @Override
    public void flush() {
        if (!queue.isEmpty() && poll != null) {
            respond(poll, takeNext());
        }
    }

    /**
     * Sends a later CLOSE packet in a response of its own. Socket.IO's clients process the events of a payload after its
     * Engine.IO packets, so they would keep the events before it until they have reconnected.
     */
    void closeAlone() {
        closesAlone = true;
    }

    /** Takes the queued packets, or those before a CLOSE packet that must have a response of its own. */
    private ByteBuf takeNext() {
        int maxBytes = (int) pending + queue.size() * version.maxOverhead();
        ByteBuf payload = ByteBufAllocator.DEFAULT.directBuffer(maxBytes);
        boolean isFirst = true;
        for (EncodedPacket packet = queue.peek();
                packet != null && (isFirst || !(closesAlone && packet == EnginePackets.CLOSE));
                packet = queue.peek()) {
            queue.remove();
            pending -= packet.length();
            version.append(payload, packet);
            packet.release();
            isFirst = false;
        }
        return payload;
    }

    /** Responds to a pending poll with a NOOP packet. */
    void releasePoll() {
        if (poll != null) {
            ByteBuf payload = ByteBufAllocator.DEFAULT.directBuffer(1 + version.maxOverhead());
            version.append(payload, EnginePackets.NOOP);
            respond(poll, payload);
        }
    }

    private void respond(HttpExchange pendingPoll, ByteBuf payload) {
        poll = null;
        lastResponse = pendingPoll;
        pendingPoll.respondText(payload);
    }

    /** Moves the queued packets to another transport, in order. */
    void moveTo(Transport other) {
        releasePoll();
        queue.forEach(other::write);
        clear();
    }

    private void clear() {
        queue.forEach(EncodedPacket::release);
        queue.clear();
        pending = 0;
    }

    @Override
    public long pending() {
        return pending;
    }

    /**
     * Returns whether the last response is being sent, now or at the previous call. If the client does not read it, its
     * connection is closed.
     */
    @Override
    public boolean hasProgressed() {
        boolean before = wasSending;
        wasSending = lastResponse != null && lastResponse.isResponsePending();
        return wasSending || before;
    }

    @Override
    public void close(CloseReason reason) {
        if (reason == CloseReason.CLIENT_LEFT) {
            releasePoll();
        } else {
            write(EnginePackets.CLOSE);
            flush();
        }
        clear();
    }
}
