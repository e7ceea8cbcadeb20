package io.roomcast.chat.socketio.internal.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.roomcast.chat.socketio.internal.channel.Utf8;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Decodes version 3 payloads with binary packets. Each packet consists of its kind, its length with one byte per decimal
 * digit, the byte 255, and the content.
 */
final class LegacyPayload {
    /** The kind of a binary packet. Text packets have a lower one. */
    static final byte BINARY_PACKET = 1;

    private static final int END_OF_LENGTH = 0xff;
    private static final int MAX_DIGIT = 9;

    private LegacyPayload() {}

    /**
     * Decodes a payload.
     *
     * @param isTruncated whether the body may end within its last packet
     * @return the packets, with binary ones as base64; empty if malformed
     * @throws CharacterCodingException if a text packet is not UTF-8
     */
    static Optional<List<String>> decode(ByteBuf body, boolean isTruncated) throws CharacterCodingException {
        List<String> packets = new ArrayList<>();
        while (body.isReadable()) {
            byte kind = body.readByte();
            int declared = length(body);
            int length = isTruncated ? Math.min(declared, body.readableBytes()) : declared;
            if (kind < 0 || kind > BINARY_PACKET || length < 1 || length > body.readableBytes()) {
                return Optional.empty();
            }
            packets.add(kind == BINARY_PACKET ? binary(body, length) : Utf8.decode(body.readSlice(length)));
        }
        return Optional.of(packets);
    }

    /** Reads a length; returns -1 if it is malformed. */
    private static int length(ByteBuf body) {
        int length = 0;
        while (body.isReadable()) {
            int digit = body.readUnsignedByte();
            if (digit == END_OF_LENGTH) {
                return length;
            }
            if (digit > MAX_DIGIT || length > Integer.MAX_VALUE / 10 - MAX_DIGIT) {
                return -1;
            }
            length = 10 * length + digit;
        }
        return -1;
    }

    /** Encodes a binary packet as base64. Its first byte is the packet type as a number. */
    private static String binary(ByteBuf body, int length) {
        int type = body.readUnsignedByte();
        byte[] content = ByteBufUtil.getBytes(body.readSlice(length - 1));
        return "b" + type + Base64.getEncoder().encodeToString(content);
    }
}
