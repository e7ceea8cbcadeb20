package io.roomcast.chat.socketio.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a client of Engine.IO version 3 posts if one of its packets has bytes: for each packet its kind, its length in
 * decimal digits of a byte each, 255, and its content.
 */
final class LegacyPayload {
    /** The kind of a packet with bytes; that of a text is less. */
    static final byte BINARY_PACKET = 1;

    private static final int END_OF_LENGTH = 0xff;
    private static final int MAX_DIGIT = 9;

    private LegacyPayload() {}

    /** The packets, those with bytes as base64; empty if they cannot be told apart. */
    static Optional<List<String>> packets(ByteBuf body) throws CharacterCodingException {
        List<String> packets = new ArrayList<>();
        while (body.isReadable()) {
            byte kind = body.readByte();
            int length = length(body);
            if (kind < 0 || kind > BINARY_PACKET || length < 1 || length > body.readableBytes()) {
                return Optional.empty();
            }
            packets.add(kind == BINARY_PACKET ? binary(body, length) : Utf8.decode(body.readSlice(length)));
        }
        return Optional.of(packets);
    }

    /** The length that comes next, or -1 if none does. */
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

    /** The first byte is the packet's type as a number. */
    private static String binary(ByteBuf body, int length) {
        int type = body.readUnsignedByte();
        byte[] content = ByteBufUtil.getBytes(body.readSlice(length - 1));
        return "b" + type + Base64.getEncoder().encodeToString(content);
    }
}
