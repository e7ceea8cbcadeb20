package io.roomcast.chat.socketio.internal.engine;

import java.util.Base64;
import java.util.Optional;

/** The packets that the Engine.IO protocol itself needs (version 4), made once and never released. */
final class EnginePackets {
    static final char OPEN = '0';
    static final char PING_TYPE = '2';
    static final char PONG = '3';
    static final char MESSAGE = '4';
    static final char BYTES = 'b';

    static final String PROBE = "2probe";
    static final String UPGRADE = "5";
    static final String CLOSING = "1";

    static final EncodedPacket CLOSE = EncodedPacket.of("1");
    static final EncodedPacket PING = EncodedPacket.of("2");
    static final EncodedPacket PROBE_ANSWER = EncodedPacket.of("3probe");
    static final EncodedPacket NOOP = EncodedPacket.of("6");

    private EnginePackets() {}

    /** Returns the bytes of a polling packet; empty if they are not base64 after the prefix. */
    static Optional<byte[]> bytes(String packet, String prefix) {
        try {
            return packet.startsWith(prefix)
                    ? Optional.of(Base64.getDecoder().decode(packet.substring(prefix.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
