package io.roomcast.chat.socketio.internal.engine;

import static io.roomcast.chat.socketio.internal.engine.EnginePackets.BYTES;
import static io.roomcast.chat.socketio.internal.engine.EnginePackets.MESSAGE;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.roomcast.chat.socketio.internal.channel.PacketRate;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's Engine.IO session, over polling, WebSocket, or first the one and then the other.
 *
 * <p>Everything happens on the session's event loop, which never changes; a WebSocket that is to take over is moved to
 * that loop first. Its id is a secret between the client and this server.
 */
public final class EngineSession {
    /** How much is kept of a packet that is too large: more than precedes the JSON of any packet. */
    static final int HEAD_BYTES = 1_024;

    /** What is left of an attachment that is too large. */
    private static final byte[] NO_BYTES = {};

    private final String sid;
    private final Handshake hello;
    private final EventLoop loop;
    private final EngineSettings settings;
    private final EngineSessions sessions;
    private final FlushConsolidator flushes;
    private final Heartbeat heartbeat;
    private final Backlog backlog;
    private final PacketRate rate;

    private Transport outlet;

    @Nullable
    private PollingTransport polling;

    @Nullable
    private Channel webSocket;

    @Nullable
    private Channel probing;

    @Nullable
    private EngineListener listener;

    @Nullable
    private CloseReason finishing;

    private Runnable whenClosed = () -> {};
    private boolean flushing;
    private boolean closed;
    private int maxPacket;

    /** Whether the client ended the session while no poll was pending; one may still be on its way. */
    private boolean owesPoll;

    EngineSession(
            String sid,
            Handshake hello,
            EventLoop loop,
            EngineSettings settings,
            EngineSessions sessions,
            Transport outlet) {
        this.sid = sid;
        this.hello = hello;
        this.loop = loop;
        this.settings = settings;
        this.maxPacket = settings.maxHandshake();
        this.sessions = sessions;
        this.flushes = sessions.flushes(loop);
        this.outlet = outlet;
        this.polling = outlet instanceof PollingTransport waiting ? waiting : null;
        this.heartbeat = new Heartbeat(loop, settings, hello.version(), this::ping, this::giveUpSilent);
        this.backlog = new Backlog(settings.maxPending());
        this.rate = new PacketRate(settings.packetsPerSecond());
    }

    /** The loop that everything about this session happens on. */
    public EventLoop loop() {
        return loop;
    }

    /** What the client said when it came. */
    public Handshake hello() {
        return hello;
    }

    String sid() {
        return sid;
    }

    /** Returns the largest packet that the client may send now, in bytes. */
    int maxPacket() {
        return maxPacket;
    }

    /** Ends the handshake, whose packets may be larger than all others. */
    public void endHandshake() {
        maxPacket = settings.maxPayload();
    }

    /** Sets the task to run when the session ends; call it before the session opens. */
    void whenClosed(Runnable task) {
        whenClosed = task;
    }

    void open(EngineListener.Factory listeners, @Nullable Channel webSocket) {
        if (webSocket != null) {
            take(webSocket);
        }
        EncodedPacket packet = EncodedPacket.of(OpenPacket.openPacket(sid, settings, webSocket == null));
        send(packet);
        packet.release();
        listener = listeners.opened(this);
        heartbeat.alive();
    }

    /**
     * Sends a message's packet with the next flush of this loop, or leaves it out if it may be and the client is slow;
     * the caller keeps its own hold of the packet.
     */
    public void send(EncodedPacket packet) {
        if (closed || !backlog.takes(packet, outlet.pending())) {
            return;
        }
        outlet.write(packet);
        if (!flushing) {
            flushing = true;
            flushes.add(this);
        }
        long pending = outlet.pending();
        if (backlog.isWorthFlushing(pending)) {
            relieve();
        }
    }

    private void relieve() {
        outlet.flush();
        if (backlog.isTooMuch(outlet.pending())) {
            close(CloseReason.TOO_SLOW);
        }
    }

    void flush() {
        flushing = false;
        if (!closed) {
            outlet.flush();
        }
    }

    /** The client has taken some of what waited for it. */
    void drained() {
        if (!closed && listener != null && backlog.settles(outlet.pending())) {
            listener.missed();
        }
    }

    private void ping() {
        send(EnginePackets.PING);
    }

    /** Postpones the timeout while the client still reads earlier data: it has not seen the ping yet. */
    private void giveUpSilent() {
        if (outlet.isTaken()) {
            heartbeat.awaitAgain();
        } else {
            close(CloseReason.PING_TIMEOUT);
        }
    }

    /** Stops or resumes reading from the client, where the transport allows it. */
    public void reading(boolean wanted) {
        if (webSocket != null) {
            webSocket.config().setAutoRead(wanted);
        }
    }

    /** A client over polling asks for packets. */
    void poll(HttpExchange request) {
        if (owesPoll) {
            owesPoll = false;
            sessions.pollCame(this);
            request.answerText(EnginePackets.NOOP.text());
        } else if (closed || polling == null) {
            EngineError.BAD_REQUEST.refuse(request);
        } else if (!polling.offer(request)) {
            EngineError.BAD_REQUEST.refuse(request);
            close(CloseReason.REFUSED);
        } else {
            polled(polling, request);
        }
    }

    private void polled(PollingTransport asked, HttpExchange request) {
        request.whenAborted(() -> loop.execute(() -> aborted(asked, request)));
        if (probing != null) {
            asked.releasePoll();
        }
        closeIfFinished();
        drained();
    }

    private void aborted(PollingTransport asked, HttpExchange request) {
        if (asked.isWaiting(request)) {
            close(CloseReason.CLIENT_LEFT);
        }
    }

    /** A client over polling sends packets. */
    void push(HttpExchange request, PostedPackets posted) {
        if (closed || polling == null) {
            EngineError.BAD_REQUEST.refuse(request);
            return;
        }
        if (takes(posted)) {
            request.answerOk();
        } else {
            EngineError.BAD_REQUEST.refuse(request);
        }
        if (!posted.isAll()) {
            finish(CloseReason.TOO_LARGE);
        }
    }

    /** Processes the packets; returns whether the session stays open after them, or was ended in good order. */
    private boolean takes(PostedPackets posted) {
        for (int i = 0; i < posted.packets().size(); i++) {
            String packet = posted.packets().get(i);
            try {
                if (posted.isTooLarge(i, maxPacket)) {
                    tooLarge(packet);
                } else {
                    packet(packet);
                }
            } catch (RuntimeException fault) {
                sessions.log().failed(fault);
                close(CloseReason.REFUSED);
            }
            if (closed && finishing == null && !packet.equals(EnginePackets.CLOSING)) {
                return false;
            }
        }
        return true;
    }

    /** A WebSocket of a session that polls wants in, to take over once it has proved to work; false if it may not. */
    boolean probe(Channel channel) {
        if (closed || polling == null || (probing != null && probing.isActive())) {
            return false;
        }
        probing = channel;
        loop.schedule(() -> giveUp(channel), settings.upgradeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        return true;
    }

    private void giveUp(Channel channel) {
        if (probing == channel) {
            channel.close();
        }
    }

    /** A packet from a WebSocket. */
    void webSocketPacket(Channel channel, String packet) {
        if (channel == webSocket) {
            packet(packet);
        } else if (channel != probing) {
            channel.close();
        } else if (packet.equals(EnginePackets.PROBE)) {
            answerProbe(channel);
        } else if (packet.equals(EnginePackets.UPGRADE)) {
            upgrade(channel);
        } else {
            channel.close();
        }
    }

    /** Bytes from a WebSocket. */
    void webSocketBytes(Channel channel, byte[] content) {
        if (channel == webSocket) {
            bytes(Optional.of(content));
        } else {
            channel.close();
        }
    }

    /** A text or bytes from a WebSocket that are larger than a packet may be; the head is their beginning. */
    void webSocketTooLarge(Channel channel, boolean binary, String head) {
        if (channel != webSocket) {
            channel.close();
        } else if (binary) {
            bytes(Optional.of(NO_BYTES));
        } else {
            tooLarge(head);
        }
    }

    /** Hands over the beginning of a message that is too large. Any other packet of that size ends the session. */
    private void tooLarge(String head) {
        if (closed || listener == null) {
            return;
        }
        if (!countFrame()) {
            close(CloseReason.TOO_MANY);
        } else if (head.startsWith(hello.version().bytesPrefix()) && webSocket == null) {
            bytes(Optional.of(NO_BYTES));
        } else if (!isMessage(head) || !listener.tooLarge(head.isEmpty() ? head : messageHead(head))) {
            close(CloseReason.TOO_LARGE);
        }
    }

    private static String messageHead(String packet) {
        return packet.substring(1, Math.min(packet.length(), HEAD_BYTES));
    }

    /** An unknown packet of that size can only be a message. */
    private static boolean isMessage(String head) {
        return head.isEmpty() || head.charAt(0) == MESSAGE;
    }

    private void answerProbe(Channel channel) {
        channel.writeAndFlush(EnginePackets.PROBE_ANSWER.frame());
        if (polling != null) {
            polling.releasePoll();
        }
    }

    private void upgrade(Channel channel) {
        probing = null;
        take(channel);
        outlet = new WebSocketTransport(channel);
        if (polling != null) {
            polling.moveTo(outlet);
            polling = null;
        }
        outlet.flush();
        closeIfFinished();
    }

    private void take(Channel channel) {
        webSocket = channel;
        sessions.webSocketTaken();
    }

    boolean isClosed() {
        return closed;
    }

    boolean hasWebSocket() {
        return webSocket != null;
    }

    void webSocketClosed(Channel channel) {
        if (channel == webSocket) {
            close(CloseReason.CLIENT_LEFT);
        } else if (channel == probing) {
            probing = null;
        }
    }

    /** A frame that asks for nothing but an answer; false if there are too many. */
    boolean countFrame() {
        return rate.take();
    }

    private void packet(String packet) {
        if (closed || listener == null) {
            return;
        }
        char type = packet.isEmpty() ? ' ' : packet.charAt(0);
        if (!countFrame()) {
            close(CloseReason.TOO_MANY);
        } else if (type == MESSAGE) {
            listener.message(packet.substring(1));
        } else if (type == hello.version().signOfLife()) {
            alive(packet);
        } else if (type == BYTES && webSocket == null) {
            bytes(EnginePackets.bytes(packet, hello.version().bytesPrefix()));
        } else {
            close(packet.equals(EnginePackets.CLOSING) ? CloseReason.CLIENT_LEFT : CloseReason.REFUSED);
        }
    }

    /** Where the client asks, it is answered with its own words. */
    private void alive(String packet) {
        if (hello.version() == EngineVersion.V3) {
            EncodedPacket answer = EncodedPacket.of(EnginePackets.PONG + packet.substring(1));
            send(answer);
            answer.release();
        } else if (packet.length() > 1) {
            close(CloseReason.REFUSED);
            return;
        }
        heartbeat.alive();
    }

    private void bytes(Optional<byte[]> content) {
        if (!closed && listener != null && !content.map(listener::bytes).orElse(false)) {
            close(CloseReason.REFUSED);
        }
    }

    /** Ends the session once the client has what was sent before, or has not asked for it in time. */
    public void finish(CloseReason reason) {
        finishing = reason;
        if (polling != null) {
            send(EnginePackets.CLOSE);
        }
        flush();
        closeIfFinished();
    }

    private void closeIfFinished() {
        if (finishing != null && (webSocket != null || outlet.pending() == 0)) {
            close(finishing);
        }
    }

    /** Ends the session; what was sent before still goes out if the client takes it. A second call does nothing. */
    public void close(CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        whenClosed.run();
        owesPoll = reason == CloseReason.CLIENT_LEFT && polling != null && polling.isUnasked();
        if (owesPoll) {
            sessions.awaitPoll(this);
        }
        sessions.remove(this, reason);
        heartbeat.stop();
        outlet.close(reason);
        if (probing != null) {
            probing.close();
        }
        if (listener != null) {
            listener.closed();
        }
    }
}
