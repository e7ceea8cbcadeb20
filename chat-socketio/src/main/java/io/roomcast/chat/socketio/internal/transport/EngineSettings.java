package io.roomcast.chat.socketio.internal.transport;

import java.time.Duration;

/**
 * What the transport lets clients do.
 *
 * @param pingInterval how long after the last sign of life the server asks for another
 * @param pingTimeout how long it waits for that
 * @param upgradeTimeout how long a WebSocket may take to take over from polling
 * @param maxPayload the largest inbound packet or body, in bytes
 * @param maxPending how many bytes may wait for one client
 */
public record EngineSettings(
        Duration pingInterval, Duration pingTimeout, Duration upgradeTimeout, int maxPayload, int maxPending) {
    private static final Duration PING_INTERVAL = Duration.ofSeconds(25);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration UPGRADE_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_PENDING = 1 << 20;

    /** The times that the Engine.IO servers of others keep, and the given bound for inbound packets. */
    public static EngineSettings withMaxPayload(int maxPayload) {
        return new EngineSettings(PING_INTERVAL, PING_TIMEOUT, UPGRADE_TIMEOUT, maxPayload, MAX_PENDING);
    }
}
