package io.roomcast.chat.socketio.internal.engine;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.socketio.internal.http.HttpBounds;
import java.time.Duration;
import java.util.Set;

/**
 * What the transport lets clients do.
 *
 * @param pingInterval how long after the last sign of life the server asks for another
 * @param pingTimeout how long it waits for that
 * @param upgradeTimeout how long a WebSocket may take to take over from polling
 * @param maxPayload the largest inbound packet, in bytes, which clients are told
 * @param maxHandshake the largest packet of a client that has not sent its CONNECT yet, in bytes; at least maxPayload
 * @param maxPending how many bytes may wait for one client
 * @param unwritableTimeout how long a client may take nothing of what waits for it
 * @param packetsPerSecond how many packets a client may send a second, and four times as many at once
 * @param versions the protocols that clients may speak
 */
public record EngineSettings(
        Duration pingInterval,
        Duration pingTimeout,
        Duration upgradeTimeout,
        int maxPayload,
        int maxHandshake,
        int maxPending,
        Duration unwritableTimeout,
        int packetsPerSecond,
        Set<EngineVersion> versions) {
    private static final Duration PING_INTERVAL = Duration.ofSeconds(25);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration UPGRADE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration UNWRITABLE_TIMEOUT = Duration.ofSeconds(10);

    /** How much of one packet, or of one posted body, is read and mostly dropped before the connection is closed. */
    private static final int MOST_BYTES = 1 << 24;

    private static final int PACKETS_IN_BODY = 4;

    /** The times that the Engine.IO servers of others keep, and the given bounds. */
    public static EngineSettings withBounds(
            int maxPayload, int maxPending, int packetsPerSecond, Set<EngineVersion> versions) {
        return withBounds(maxPayload, maxPayload, maxPending, packetsPerSecond, versions);
    }

    /** The same with a bound of its own for the packets before the end of the handshake. */
    public static EngineSettings withBounds(
            int maxPayload, int maxHandshake, int maxPending, int packetsPerSecond, Set<EngineVersion> versions) {
        return new EngineSettings(
                PING_INTERVAL,
                PING_TIMEOUT,
                UPGRADE_TIMEOUT,
                maxPayload,
                Math.max(maxPayload, maxHandshake),
                maxPending,
                UNWRITABLE_TIMEOUT,
                packetsPerSecond,
                versions);
    }

    /**
     * Returns how many bytes of a posted body are kept. Clients that are not told the largest packet post all that
     * waits in one body, so this is more than one packet.
     */
    public int maxBody() {
        return (int) Math.max(maxHandshake, Math.min(MOST_BYTES, (long) PACKETS_IN_BODY * maxPayload));
    }

    /** Returns the size in bytes beyond which a packet or body is not read to its end. */
    public int mostBytes() {
        return Math.max(MOST_BYTES, maxBody());
    }

    /**
     * Returns the size limits of HTTP requests.
     *
     * @param path the path of the Socket.IO endpoint
     */
    public HttpBounds httpBounds(String path, Limits limits) {
        HttpBounds.Packets packets = new HttpBounds.Packets(path, maxBody(), mostBytes());
        return new HttpBounds(limits.requestLineBytes(), limits.headerBytes(), limits.frameBytes(), packets);
    }
}
