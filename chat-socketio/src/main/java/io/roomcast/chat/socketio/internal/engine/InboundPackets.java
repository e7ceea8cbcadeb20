package io.roomcast.chat.socketio.internal.engine;

import static io.roomcast.chat.socketio.internal.engine.EnginePackets.BINARY;
import static io.roomcast.chat.socketio.internal.engine.EnginePackets.MESSAGE;

import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import io.roomcast.chat.socketio.internal.channel.PacketRate;
import io.roomcast.chat.socketio.internal.http.ConnectionLog;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Handles the packets that the client of one session sends, within its limits of size and rate. */
@EventLoopConfined
final class InboundPackets {
    /** The number of bytes of an oversized packet to keep, which include everything before the JSON of any packet. */
    static final int HEAD_BYTES = 1_024;

    /** Replaces the content of an oversized attachment. */
    private static final byte[] NO_BYTES = {};

    private final EngineSession session;
    private final EngineVersion version;
    private final Heartbeat heartbeat;
    private final ConnectionLog log;
    private final PacketRate rate;
    private int maxPacket;

    @Nullable
    private EngineListener listener;

    InboundPackets(EngineSession session, Heartbeat heartbeat, EngineSettings settings, ConnectionLog log) {
        this.session = session;
        this.version = session.handshake().version();
        this.heartbeat = heartbeat;
        this.log = log;
        this.rate = new PacketRate(settings.packetsPerSecond());
        this.maxPacket = settings.maxHandshake();
    }

    /** Sets the listener. Packets are ignored until then. */
    void deliverTo(EngineListener listener) {
        this.listener = listener;
    }

    /** Returns the maximum size of a packet, in bytes. */
    int maxPacket() {
        return maxPacket;
    }

    void setMaxPacket(int bytes) {
        maxPacket = bytes;
    }

    /** Counts a packet or a WebSocket frame against the packet rate. Returns false if there are too many. */
    boolean count() {
        return rate.tryAcquire();
    }

    /** Handles posted packets. Returns false if one of them closed the session because it is invalid. */
    boolean receiveAll(PostedPackets posted) {
        for (int i = 0; i < posted.packets().size(); i++) {
            String packet = posted.packets().get(i);
            try {
                if (posted.isTooLarge(i, maxPacket)) {
                    receiveTooLarge(packet);
                } else {
                    receive(packet);
                }
            } catch (RuntimeException fault) {
                log.failed(fault);
                session.close(CloseReason.REFUSED);
            }
            if (session.wasAborted() && !packet.equals(EnginePackets.CLOSE_TEXT)) {
                return false;
            }
        }
        return true;
    }

    /** Handles a packet, with binary content as base64. */
    void receive(String packet) {
        if (session.isClosed() || listener == null) {
            return;
        }
        char type = packet.isEmpty() ? ' ' : packet.charAt(0);
        if (!count()) {
            session.close(CloseReason.TOO_MANY);
        } else if (type == MESSAGE) {
            listener.message(packet.substring(1));
        } else if (type == version.heartbeatType()) {
            receiveHeartbeat(packet);
        } else if (type == BINARY && !session.hasWebSocket()) {
            receiveBinary(EnginePackets.decodeBinary(packet, version.binaryPrefix()));
        } else {
            session.close(packet.equals(EnginePackets.CLOSE_TEXT) ? CloseReason.CLIENT_LEFT : CloseReason.REFUSED);
        }
    }

    /** Restarts the heartbeat. Answers a version 3 ping with its own payload; a version 4 pong must have none. */
    private void receiveHeartbeat(String packet) {
        if (version == EngineVersion.V3) {
            EncodedPacket pong = EncodedPacket.of(EnginePackets.PONG_TYPE + packet.substring(1));
            session.send(pong);
            pong.release();
        } else if (packet.length() > 1) {
            session.close(CloseReason.REFUSED);
            return;
        }
        heartbeat.restart();
    }

    /** Handles a binary message. */
    void receiveBinary(byte[] content) {
        receiveBinary(Optional.of(content));
    }

    private void receiveBinary(Optional<byte[]> content) {
        if (!session.isClosed()
                && listener != null
                && !content.map(listener::binary).orElse(false)) {
            session.close(CloseReason.REFUSED);
        }
    }

    /** Handles an oversized attachment without its content. */
    void receiveBinaryTooLarge() {
        receiveBinary(NO_BYTES);
    }

    /**
     * Passes the beginning of an oversized message to the listener. Closes the session for any other oversized packet.
     *
     * @param head the beginning of the packet; empty if unknown
     */
    void receiveTooLarge(String head) {
        if (session.isClosed() || listener == null) {
            return;
        }
        if (!count()) {
            session.close(CloseReason.TOO_MANY);
        } else if (head.startsWith(version.binaryPrefix()) && !session.hasWebSocket()) {
            receiveBinaryTooLarge();
        } else if (!isMessage(head) || !listener.tooLarge(head.isEmpty() ? head : withoutType(head))) {
            session.close(CloseReason.TOO_LARGE);
        }
    }

    /** Returns whether the packet is a message. Only a message can be so large that its head is unknown. */
    private static boolean isMessage(String head) {
        return head.isEmpty() || head.charAt(0) == MESSAGE;
    }

    private static String withoutType(String head) {
        return head.substring(1, Math.min(head.length(), HEAD_BYTES));
    }
}
