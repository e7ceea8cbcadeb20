package io.roomcast.chat.socketio.internal.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.roomcast.chat.socketio.internal.channel.Utf8;
import io.roomcast.chat.socketio.internal.request.HttpBounds;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The supported versions of the Engine.IO protocol, with their encodings of polling payloads. */
public enum EngineVersion {
    /**
     * The version of Socket.IO clients 2.x. In a payload, each packet is prefixed with its length. The client sends
     * pings, and no CONNECT packet.
     */
    V3("3", EnginePackets.PING_TYPE) {
        @Override
        Optional<List<String>> decode(ByteBuf body, boolean isTruncated) throws CharacterCodingException {
            boolean isBinary = body.isReadable() && body.getByte(body.readerIndex()) <= LegacyPayload.BINARY_PACKET;
            return isBinary ? LegacyPayload.decode(body, isTruncated) : split(Utf8.decode(body), isTruncated);
        }

        @Override
        String binaryPrefix() {
            return "b4";
        }

        private Optional<List<String>> split(String payload, boolean isTruncated) {
            List<String> packets = new ArrayList<>();
            int next = 0;
            while (next < payload.length()) {
                int colon = payload.indexOf(':', next);
                int length = lengthBetween(payload, next, colon);
                int rest = payload.length() - colon - 1;
                if (length < 0 || (length > rest && !isTruncated)) {
                    return Optional.empty();
                }
                next = colon + 1 + Math.min(length, rest);
                packets.add(payload.substring(colon + 1, next));
            }
            return Optional.of(packets);
        }

        @Override
        void append(ByteBuf payload, EncodedPacket packet) {
            ByteBuf text = packet.text();
            ByteBufUtil.writeAscii(payload, utf16Units(text) + ":");
            payload.writeBytes(text);
            text.release();
        }
    },

    /**
     * The version of Socket.IO clients 3.x and 4.x. In a payload, packets are separated by {@link #SEPARATOR}. The server
     * sends pings, and the client sends a CONNECT packet.
     */
    V4("4", EnginePackets.PONG_TYPE) {
        @Override
        Optional<List<String>> decode(ByteBuf body, boolean isTruncated) throws CharacterCodingException {
            return Optional.of(List.of(Utf8.decode(body).split("\u001e", -1)));
        }

        @Override
        String binaryPrefix() {
            return "b";
        }

        @Override
        void append(ByteBuf payload, EncodedPacket packet) {
            if (payload.isReadable()) {
                payload.writeByte(SEPARATOR);
            }
            packet.writeTextTo(payload);
        }
    };

    /** Separates packets in a payload of version 4. */
    public static final byte SEPARATOR = HttpBounds.Packets.SEPARATOR;

    private static final List<EngineVersion> VERSIONS = List.of(values());
    private static final int MAX_LENGTH_DIGITS = 8;

    private final String number;
    private final char heartbeatType;

    EngineVersion(String number, char heartbeatType) {
        this.number = number;
        this.heartbeatType = heartbeatType;
    }

    /** Returns the type of the packets that keep the session of a client alive. */
    char heartbeatType() {
        return heartbeatType;
    }

    /** Returns the version with the given number; null if there is none. */
    static @Nullable EngineVersion ofNumber(String number) {
        for (EngineVersion version : VERSIONS) {
            if (version.number.equals(number)) {
                return version;
            }
        }
        return null;
    }

    /**
     * Decodes a posted payload.
     *
     * @param isTruncated whether the body is only the beginning of the payload
     * @return the packets, with binary ones as base64, and perhaps the beginning of a truncated one; empty if malformed
     * @throws CharacterCodingException if the text is not UTF-8
     */
    abstract Optional<List<String>> decode(ByteBuf body, boolean isTruncated) throws CharacterCodingException;

    /** Returns the prefix of a polling packet with base64 content. */
    abstract String binaryPrefix();

    /** Appends a packet to a payload for a polling client. */
    abstract void append(ByteBuf payload, EncodedPacket packet);

    /** Returns the maximum number of bytes that a payload adds to a packet. */
    int maxOverhead() {
        return MAX_LENGTH_DIGITS + 1;
    }

    private static int lengthBetween(String payload, int start, int colon) {
        if (colon <= start || colon - start > MAX_LENGTH_DIGITS) {
            return -1;
        }
        int length = 0;
        for (int i = start; i < colon; i++) {
            int digit = payload.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            length = 10 * length + digit;
        }
        return length;
    }

    /** Returns the length of the text in UTF-16 units, as JavaScript counts it. */
    private static int utf16Units(ByteBuf utf8) {
        int units = 0;
        for (int i = utf8.readerIndex(); i < utf8.writerIndex(); i++) {
            int octet = utf8.getByte(i) & 0xff;
            units += octet >= 0xf0 ? 2 : (octet & 0xc0) == 0x80 ? 0 : 1;
        }
        return units;
    }
}
