package io.roomcast.chat.socketio.internal.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.roomcast.chat.socketio.internal.channel.Utf8;
import io.roomcast.chat.socketio.internal.http.HttpBounds;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The versions of the Engine.IO protocol, and what differs between them. */
public enum EngineVersion {
    /** What clients 2.x speak: packets have lengths, the client pings, and nobody sends a CONNECT of their own. */
    V3("3", EnginePackets.PING_TYPE) {
        @Override
        Optional<List<String>> packets(ByteBuf body, boolean isCut) throws CharacterCodingException {
            boolean isBinary = body.isReadable() && body.getByte(body.readerIndex()) <= LegacyPayload.BINARY_PACKET;
            return isBinary ? LegacyPayload.packets(body, isCut) : split(Utf8.decode(body), isCut);
        }

        @Override
        String bytesPrefix() {
            return "b4";
        }

        private Optional<List<String>> split(String payload, boolean isCut) {
            List<String> packets = new ArrayList<>();
            int next = 0;
            while (next < payload.length()) {
                int colon = payload.indexOf(':', next);
                int length = lengthBetween(payload, next, colon);
                int rest = payload.length() - colon - 1;
                if (length < 0 || (length > rest && !isCut)) {
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

    /** What clients 3.x and 4.x speak: packets have a separator, the server pings, and the client sends a CONNECT. */
    V4("4", EnginePackets.PONG) {
        @Override
        Optional<List<String>> packets(ByteBuf body, boolean isCut) throws CharacterCodingException {
            return Optional.of(List.of(Utf8.decode(body).split("\u001e", -1)));
        }

        @Override
        String bytesPrefix() {
            return "b";
        }

        @Override
        void append(ByteBuf payload, EncodedPacket packet) {
            if (payload.isReadable()) {
                payload.writeByte(SEPARATOR);
            }
            ByteBuf text = packet.text();
            payload.writeBytes(text);
            text.release();
        }
    };

    /** What separates packets in a body (version 4). */
    public static final byte SEPARATOR = HttpBounds.Packets.SEPARATOR;

    private static final int MAX_LENGTH_DIGITS = 8;

    private final String number;
    private final char signOfLife;

    EngineVersion(String number, char signOfLife) {
        this.number = number;
        this.signOfLife = signOfLife;
    }

    /** The type of the packet by which a client shows that it lives. */
    char signOfLife() {
        return signOfLife;
    }

    /** The version with the given number, if there is one. */
    static Optional<EngineVersion> ofNumber(String number) {
        for (EngineVersion version : values()) {
            if (version.number.equals(number)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the packets that a client posted, with binary ones as base64. Empty if they cannot be separated.
     *
     * @param isCut whether the body is only the beginning of what was posted, which may end within the last packet
     * @throws CharacterCodingException if their text is not UTF-8
     */
    abstract Optional<List<String>> packets(ByteBuf body, boolean isCut) throws CharacterCodingException;

    /** Returns the prefix of a polling packet whose remainder is base64. */
    abstract String bytesPrefix();

    /** Adds a packet to what a client will get. */
    abstract void append(ByteBuf payload, EncodedPacket packet);

    /** The most bytes that a packet takes beside its own. */
    int overhead() {
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

    /** How long JavaScript finds the text: two for what takes four bytes, else one for each character. */
    private static int utf16Units(ByteBuf utf8) {
        int units = 0;
        for (int i = utf8.readerIndex(); i < utf8.writerIndex(); i++) {
            int octet = utf8.getByte(i) & 0xff;
            units += octet >= 0xf0 ? 2 : (octet & 0xc0) == 0x80 ? 0 : 1;
        }
        return units;
    }
}
