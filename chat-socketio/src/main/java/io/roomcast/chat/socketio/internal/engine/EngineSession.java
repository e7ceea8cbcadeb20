package io.roomcast.chat.socketio.internal.engine;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's Engine.IO session, over polling, over a WebSocket, or upgraded from polling to a WebSocket.
 *
 * <p>The event loop of a session never changes. A WebSocket of another event loop is moved to it before the upgrade. The
 * {@code sid} is a secret between the client and this server; logs contain the session's number instead.
 */
@EventLoopConfined
public final class EngineSession {
    private static final Logger log = LoggerFactory.getLogger(EngineSession.class);

    /** The states of a session, as Engine.IO names them. */
    private enum ReadyState {
        /** The open packet has not been sent yet. */
        OPENING,
        /** Packets flow in both directions. */
        OPEN,
        /** The session closes once the client has received the packets that were sent before. */
        CLOSING,
        /** Packets are ignored. */
        CLOSED
    }

    private final String sid;
    private final long number;
    private final Handshake handshake;
    private final EventLoop loop;
    private final EngineSessions sessions;
    private final FlushConsolidator flushes;
    private final Heartbeat heartbeat;
    private final SlowClientPolicy slowClientPolicy;
    private final InboundPackets inbound;

    private Transport transport;

    @Nullable
    private PollingTransport polling;

    @Nullable
    private Channel webSocket;

    @Nullable
    private Channel upgrading;

    @Nullable
    private EngineListener listener;

    @Nullable
    private CloseReason closing;

    private ReadyState readyState = ReadyState.OPENING;
    private Runnable onClose = () -> {};
    private boolean flushing;

    /** Whether the client closed the session while no poll was pending; an earlier poll may still arrive. */
    private boolean expectsPoll;

    EngineSession(
            String sid,
            long number,
            Handshake handshake,
            EventLoop loop,
            EngineSessions sessions,
            Transport transport) {
        this.sid = sid;
        this.number = number;
        this.handshake = handshake;
        this.loop = loop;
        this.sessions = sessions;
        this.flushes = sessions.flushes(loop);
        this.transport = transport;
        this.polling = transport instanceof PollingTransport initial ? initial : null;
        EngineSettings settings = sessions.settings();
        this.heartbeat = new Heartbeat(
                loop, settings, handshake.version(), () -> send(EnginePackets.PING), this::heartbeatTimedOut);
        this.slowClientPolicy = new SlowClientPolicy(this, settings.maxPending());
        this.inbound = new InboundPackets(this, heartbeat, settings, sessions.log());
    }

    /** Returns the event loop of the session. Safe for use by any thread. */
    public EventLoop loop() {
        return loop;
    }

    /** Returns the parameters of the request that opened the session. Safe for use by any thread. */
    public Handshake handshake() {
        return handshake;
    }

    String sid() {
        return sid;
    }

    InboundPackets inbound() {
        return inbound;
    }

    /** Lowers the packet limit from {@code maxHandshake} to {@code maxPayload}, once the client has sent its first packet. */
    public void lowerPacketLimit() {
        inbound.setMaxPacket(sessions.settings().maxPayload());
    }

    /** Sets the task to run when the session closes. Call it before the session opens. */
    void onClose(Runnable task) {
        onClose = task;
    }

    /**
     * Sends the open packet and creates the listener.
     *
     * @param webSocket the WebSocket of a session that does not start with polling; else null
     */
    void open(EngineListener.Factory listeners, @Nullable Channel webSocket) {
        readyState = ReadyState.OPEN;
        if (webSocket != null) {
            attach(webSocket);
        }
        EncodedPacket packet = EncodedPacket.of(EnginePackets.open(sid, sessions.settings(), webSocket == null));
        send(packet);
        packet.release();
        log.debug("{} opened over {}, {}", this, webSocket == null ? "polling" : "websocket", handshake.version());
        listener = listeners.opened(this);
        inbound.deliverTo(listener);
        heartbeat.restart();
    }

    /**
     * Sends a packet with the next flush of the event loop, or drops it according to its {@link EncodedPacket.DropPolicy} if the
     * client reads too slowly. The caller keeps its reference to the packet.
     */
    public void send(EncodedPacket packet) {
        if (isClosed() || !slowClientPolicy.accepts(packet, transport.pending())) {
            return;
        }
        transport.write(packet);
        if (!flushing) {
            flushing = true;
            flushes.add(this);
        }
        if (slowClientPolicy.isWorthFlushing(transport.pending())) {
            flushEarly();
        }
    }

    private void flushEarly() {
        transport.flush();
        if (slowClientPolicy.isExceeded(transport.pending())) {
            close(CloseReason.TOO_SLOW);
        }
    }

    void flush() {
        flushing = false;
        if (!isClosed()) {
            transport.flush();
        }
    }

    /** Called when the client has received pending bytes. */
    void drained() {
        if (!isClosed() && listener != null && slowClientPolicy.hasCaughtUp(transport.pending())) {
            listener.packetsDropped();
        }
    }

    /** Extends the timeout while the client still receives earlier data, because it has not received the ping yet. */
    private void heartbeatTimedOut() {
        if (transport.hasProgressed()) {
            heartbeat.extend();
        } else {
            close(CloseReason.PING_TIMEOUT);
        }
    }

    /** Pauses or resumes reading from a WebSocket. Has no effect on polling. */
    public void setAutoRead(boolean autoRead) {
        if (webSocket != null) {
            webSocket.config().setAutoRead(autoRead);
        }
    }

    /** Handles a polling request for packets. */
    void poll(HttpExchange request) {
        if (!isClosed() && heartbeat.isOverdue()) {
            heartbeatTimedOut();
        }
        if (expectsPoll) {
            expectsPoll = false;
            sessions.removeAwaitingPoll(this);
            request.respondText(EnginePackets.NOOP.text());
        } else if (isClosed() || polling == null) {
            EngineError.BAD_REQUEST.reject(request);
        } else if (!polling.offer(request)) {
            EngineError.BAD_REQUEST.reject(request);
            close(CloseReason.REFUSED);
        } else {
            polled(polling, request);
        }
    }

    private void polled(PollingTransport polled, HttpExchange request) {
        request.onAbort(() -> loop.execute(() -> {
            if (polled.isPending(request)) {
                close(CloseReason.CLIENT_LEFT);
            }
        }));
        if (upgrading != null) {
            polled.releasePoll();
        }
        closeIfDrained();
        drained();
    }

    /** Handles packets that a polling client posts. */
    void push(HttpExchange request, PostedPackets posted) {
        if (isClosed() || polling == null) {
            EngineError.BAD_REQUEST.reject(request);
            return;
        }
        if (inbound.receiveAll(posted)) {
            request.respondOk();
        } else {
            EngineError.BAD_REQUEST.reject(request);
        }
        if (!posted.isComplete()) {
            closeWhenDrained(CloseReason.TOO_LARGE);
        }
    }

    /**
     * Starts the upgrade from polling to a WebSocket, which the client completes with a probe.
     *
     * @return false if the session does not poll, or another upgrade is in progress
     */
    boolean startUpgrade(Channel channel) {
        if (isClosed() || polling == null || (upgrading != null && upgrading.isActive())) {
            return false;
        }
        upgrading = channel;
        long timeout = sessions.settings().upgradeTimeout().toMillis();
        loop.schedule(() -> abortUpgrade(channel), timeout, TimeUnit.MILLISECONDS);
        return true;
    }

    private void abortUpgrade(Channel channel) {
        if (upgrading == channel) {
            channel.close();
        }
    }

    /** Handles a packet from a WebSocket. */
    void receiveText(Channel channel, String packet) {
        if (channel == webSocket) {
            inbound.receive(packet);
        } else if (channel != upgrading) {
            channel.close();
        } else if (packet.equals(EnginePackets.PROBE_PING)) {
            answerProbe(channel);
        } else if (packet.equals(EnginePackets.UPGRADE)) {
            upgrade(channel);
        } else {
            channel.close();
        }
    }

    /** Handles a binary message from a WebSocket. */
    void receiveBinary(Channel channel, byte[] content) {
        if (channel == webSocket) {
            inbound.receiveBinary(content);
        } else {
            channel.close();
        }
    }

    /**
     * Handles an oversized message from a WebSocket.
     *
     * @param head the beginning of the text; empty if unknown
     */
    void receiveTooLarge(Channel channel, boolean isBinary, String head) {
        if (channel != webSocket) {
            channel.close();
        } else if (isBinary) {
            inbound.receiveBinaryTooLarge();
        } else {
            inbound.receiveTooLarge(head);
        }
    }

    private void answerProbe(Channel channel) {
        channel.writeAndFlush(EnginePackets.PROBE_PONG.frame());
        if (polling != null) {
            polling.releasePoll();
        }
    }

    private void upgrade(Channel channel) {
        upgrading = null;
        attach(channel);
        transport = new WebSocketTransport(channel);
        if (polling != null) {
            polling.moveTo(transport);
            polling = null;
        }
        log.debug("{} upgraded to websocket", this);
        transport.flush();
        closeIfDrained();
    }

    private void attach(Channel channel) {
        webSocket = channel;
        sessions.countWebSocket();
    }

    boolean isClosed() {
        return readyState == ReadyState.CLOSED;
    }

    /** Returns whether the session was closed without waiting for the client to receive earlier packets. */
    boolean wasAborted() {
        return isClosed() && closing == null;
    }

    boolean hasWebSocket() {
        return webSocket != null;
    }

    /** Called when a WebSocket of this session was closed. */
    void webSocketClosed(Channel channel) {
        if (channel == webSocket) {
            close(CloseReason.CLIENT_LEFT);
        } else if (channel == upgrading) {
            upgrading = null;
        }
    }

    /**
     * Closes the session once the client has received the packets that were sent before. A polling client must fetch them
     * before its heartbeat times out.
     */
    public void closeWhenDrained(CloseReason reason) {
        closing = reason;
        if (!isClosed()) {
            readyState = ReadyState.CLOSING;
            log.debug("{} closing: {}, {} bytes pending", this, reason, transport.pending());
        }
        if (polling != null) {
            if (reason.followsEvents()) {
                polling.closeAlone();
            }
            send(EnginePackets.CLOSE);
        }
        flush();
        closeIfDrained();
    }

    private void closeIfDrained() {
        if (closing != null && (webSocket != null || transport.pending() == 0)) {
            close(closing);
        }
    }

    /** Closes the session. Packets that were sent before are delivered if the client reads them. Idempotent. */
    public void close(CloseReason reason) {
        if (isClosed()) {
            return;
        }
        readyState = ReadyState.CLOSED;
        log.debug("{} closed: {}", this, reason);
        onClose.run();
        expectsPoll = reason == CloseReason.CLIENT_LEFT && polling != null && !polling.hasPendingPoll();
        if (expectsPoll) {
            sessions.awaitPoll(this);
        }
        sessions.remove(this, reason);
        heartbeat.stop();
        transport.close(reason);
        if (upgrading != null) {
            upgrading.close();
        }
        if (listener != null) {
            listener.closed();
        }
    }

    /** Returns the number of the session, which is not secret, for the log. */
    @Override
    public String toString() {
        return "session " + number;
    }
}
