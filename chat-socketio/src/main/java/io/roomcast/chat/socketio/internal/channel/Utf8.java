package io.roomcast.chat.socketio.internal.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.CharsetUtil;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/** Decodes UTF-8 strictly (RFC 3629): malformed text is rejected, not replaced. */
public final class Utf8 {
    private static final int MAX_BYTES = 4;
    private static final int MAX_BYTES_PER_UNIT = 3;
    private static final char REPLACEMENT = '\ufffd';

    private Utf8() {}

    /**
     * Decodes the readable bytes. Decodes with replacement first, which is faster in the JDK, and strictly only if the
     * result contains a replacement character.
     *
     * @throws CharacterCodingException if the bytes are malformed
     */
    public static String decode(ByteBuf bytes) throws CharacterCodingException {
        String text = bytes.toString(CharsetUtil.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeStrictly(bytes);
    }

    private static String decodeStrictly(ByteBuf bytes) throws CharacterCodingException {
        return CharsetUtil.decoder(CharsetUtil.UTF_8, CodingErrorAction.REPORT, CodingErrorAction.REPORT)
                .decode(bytes.nioBuffer())
                .toString();
    }

    /** Decodes the beginning of a text that may end within a character. Malformed bytes are replaced. */
    public static String head(ByteBuf bytes) {
        return bytes.toString(CharsetUtil.UTF_8);
    }

    /** Drops an incomplete character at the end of truncated bytes. */
    public static void dropPartialCharacter(ByteBuf bytes) {
        int last = bytes.writerIndex() - 1;
        int first = last;
        while (first > bytes.readerIndex() && last - first < MAX_BYTES - 1 && (bytes.getByte(first) & 0xc0) == 0x80) {
            first--;
        }
        if (first >= bytes.readerIndex() && (bytes.getByte(first) & 0xc0) == 0xc0) {
            bytes.writerIndex(first);
        }
    }

    /** Returns whether the text has more than the given number of bytes in UTF-8. */
    public static boolean isLonger(String text, int bytes) {
        boolean isShort = text.length() <= bytes / MAX_BYTES_PER_UNIT;
        return !isShort && (text.length() > bytes || ByteBufUtil.utf8Bytes(text) > bytes);
    }
}
