package io.roomcast.chat.socketio.internal.engine;

import java.util.Base64;
import java.util.Optional;

/** The packets of the Engine.IO protocol, version 4. The encoded ones are shared and never released. */
final class EnginePackets {
    static final char OPEN = '0';
    static final char PING_TYPE = '2';
    static final char PONG_TYPE = '3';
    static final char MESSAGE = '4';
    static final char BINARY = 'b';

    /** The ping that a client sends over a WebSocket before it upgrades. */
    static final String PROBE_PING = "2probe";

    static final String UPGRADE = "5";
    static final String CLOSE_TEXT = "1";

    static final EncodedPacket CLOSE = EncodedPacket.of(CLOSE_TEXT);
    static final EncodedPacket PING = EncodedPacket.of("2");
    static final EncodedPacket PROBE_PONG = EncodedPacket.of("3probe");
    static final EncodedPacket NOOP = EncodedPacket.of("6");

    private EnginePackets() {}

    /** Returns the first packet of a session, which contains its parameters. */
    static String open(String sid, EngineSettings settings, boolean canUpgrade) {
        return OPEN
                + "{\"sid\":\"" + sid
                + "\",\"upgrades\":" + (canUpgrade ? "[\"websocket\"]" : "[]")
                + ",\"pingInterval\":" + settings.pingInterval().toMillis()
                + ",\"pingTimeout\":" + settings.pingTimeout().toMillis()
                + ",\"maxPayload\":" + settings.maxPayload()
                + "}";
    }

    /** Decodes a binary packet of a polling client; empty if the text after the prefix is not base64. */
    static Optional<byte[]> decodeBinary(String packet, String prefix) {
        try {
            return packet.startsWith(prefix)
                    ? Optional.of(Base64.getDecoder().decode(packet.substring(prefix.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
