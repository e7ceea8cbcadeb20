package io.roomcast.chat.socketio.internal.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps packets until the client asks for them. */
final class PollingTransport implements Transport {
    private final Queue<EncodedPacket> queue = new ArrayDeque<>(4);
    private final EngineVersion version;
    private long pending;

    @Nullable
    private HttpExchange poll;

    @Nullable
    private HttpExchange answered;

    private boolean leaving;

    PollingTransport(EngineVersion version) {
        this.version = version;
    }

    /** Takes the client's request for packets; false if it made one already. */
    boolean offer(HttpExchange request) {
        if (poll != null) {
            return false;
        }
        poll = request;
        flush();
        return true;
    }

    /** Returns whether no poll is pending. */
    boolean isUnasked() {
        return poll == null;
    }

    /** Whether the given request still waits for its answer. */
    boolean isWaiting(HttpExchange request) {
        return poll == request;
    }

    @Override
    public void write(EncodedPacket packet) {
        queue.add(packet.retain());
        pending += packet.length();
    }

    @Override
    public void flush() {
        if (!queue.isEmpty()) {
            answer(this::takeAll);
        }
    }

    private ByteBuf takeAll() {
        int most = (int) pending + queue.size() * version.overhead();
        ByteBuf payload = ByteBufAllocator.DEFAULT.directBuffer(most);
        for (EncodedPacket packet = queue.poll(); packet != null; packet = queue.poll()) {
            version.append(payload, packet);
            packet.release();
        }
        pending = 0;
        return payload;
    }

    /** Ends a waiting request without news. */
    void releasePoll() {
        answer(() -> {
            ByteBuf payload = ByteBufAllocator.DEFAULT.directBuffer(1 + version.overhead());
            version.append(payload, EnginePackets.NOOP);
            return payload;
        });
    }

    private void answer(Supplier<ByteBuf> payload) {
        HttpExchange waiting = poll;
        if (waiting != null) {
            poll = null;
            answered = waiting;
            waiting.answerText(payload.get());
        }
    }

    /** Hands all that waits to another outlet, in order. */
    void moveTo(Transport other) {
        releasePoll();
        queue.forEach(other::write);
        drop();
    }

    private void drop() {
        queue.forEach(EncodedPacket::release);
        queue.clear();
        pending = 0;
    }

    @Override
    public long pending() {
        return pending;
    }

    /**
     * Returns whether the last answer is being sent, now or at the previous call. If the client does not read that
     * answer, its connection ends.
     */
    @Override
    public boolean isTaken() {
        boolean before = leaving;
        leaving = answered != null && answered.isLeaving();
        return leaving || before;
    }

    @Override
    public void close(CloseReason reason) {
        if (reason == CloseReason.CLIENT_LEFT) {
            releasePoll();
        } else {
            write(EnginePackets.CLOSE);
            flush();
        }
        drop();
    }
}
