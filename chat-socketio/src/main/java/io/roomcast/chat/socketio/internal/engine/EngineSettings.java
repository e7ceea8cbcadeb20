package io.roomcast.chat.socketio.internal.engine;

import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.socketio.internal.request.BodyMemory;
import io.roomcast.chat.socketio.internal.request.HttpBounds;
import java.time.Duration;
import java.util.Set;

/**
 * The parameters of all sessions.
 *
 * @param pingInterval the time from one heartbeat to the next
 * @param pingTimeout the time that a client has for a heartbeat
 * @param upgradeTimeout the time that a client has for the upgrade from polling to WebSocket
 * @param maxPayload the maximum size of an inbound packet in bytes, which clients receive in the open packet
 * @param maxHandshake the maximum size in bytes before {@link EngineSession#lowerPacketLimit}; at least maxPayload
 * @param maxPending the maximum number of bytes that wait for one client
 * @param unwritableTimeout the time after which a client that reads nothing of the waiting bytes is disconnected
 * @param packetsPerSecond the maximum number of packets per second of one client, with bursts of four seconds
 * @param versions the protocol versions to support
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

    /** The size up to which an oversized packet or body is read and dropped; beyond it the connection is closed. */
    private static final int MAX_READ_BYTES = 1 << 24;

    private static final int PACKETS_IN_BODY = 4;

    /** Creates settings with the given limits and the durations of the reference implementation. */
    public static EngineSettings withBounds(
            int maxPayload, int maxPending, int packetsPerSecond, Set<EngineVersion> versions) {
        return withBounds(maxPayload, maxPayload, maxPending, packetsPerSecond, versions);
    }

    /** Creates settings with a separate limit for the first packets of a session. */
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

    /** Returns the number of bytes of any posted body to keep: the size of several packets. */
    int maxBody() {
        return (int) Math.max(maxHandshake, Math.min(MAX_READ_BYTES, (long) PACKETS_IN_BODY * maxPayload));
    }

    /**
     * Returns the number of bytes of a large body to keep, as much as the reference implementation does. Clients older
     * than 4.5 do not know the maximum packet size, and post all packets that wait in one body.
     */
    int maxLargeBody() {
        return Math.max(maxBody(), FixedLimits.POSTED_BYTES);
    }

    /** Returns the size in bytes beyond which a packet or body is not read to its end. */
    int maxReadBytes() {
        return Math.max(MAX_READ_BYTES, maxBody());
    }

    /**
     * Returns the limits of HTTP requests.
     *
     * @param path the path of the Engine.IO endpoint
     * @param lineBytes the maximum size of the request line
     * @param headerBytes the maximum size of all headers
     */
    public HttpBounds httpBounds(String path, int lineBytes, int headerBytes) {
        HttpBounds.Packets packets = new HttpBounds.Packets(
                path, maxBody(), maxLargeBody(), new BodyMemory(FixedLimits.POSTED_BYTES_TOGETHER), maxReadBytes());
        return new HttpBounds(lineBytes, headerBytes, maxPayload, packets);
    }
}
