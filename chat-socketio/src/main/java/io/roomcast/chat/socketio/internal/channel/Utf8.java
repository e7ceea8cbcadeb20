package io.roomcast.chat.socketio.internal.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.CharsetUtil;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/** Strict reading of UTF-8 (RFC 3629): nothing is replaced, what is malformed is refused. */
public final class Utf8 {
    private static final int MAX_BYTES = 4;
    private static final int MAX_BYTES_OF_UNIT = 3;
    private static final char REPLACEMENT = '\ufffd';

    private Utf8() {}

    /** The JDK is quick only where it may replace, so it may, and only a text with a replacement is looked at again. */
    public static String decode(ByteBuf bytes) throws CharacterCodingException {
        String text = bytes.toString(CharsetUtil.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : strictly(bytes);
    }

    private static String strictly(ByteBuf bytes) throws CharacterCodingException {
        return CharsetUtil.decoder(CharsetUtil.UTF_8, CodingErrorAction.REPORT, CodingErrorAction.REPORT)
                .decode(bytes.nioBuffer())
                .toString();
    }

    /** Decodes the beginning of a text that may end within a character. Malformed bytes are replaced. */
    public static String head(ByteBuf bytes) {
        return bytes.toString(CharsetUtil.UTF_8);
    }

    /** Drops the beginning of a character at the end of bytes that were cut off. */
    public static void endWithCharacter(ByteBuf bytes) {
        int last = bytes.writerIndex() - 1;
        int first = last;
        while (first > bytes.readerIndex() && last - first < MAX_BYTES - 1 && (bytes.getByte(first) & 0xc0) == 0x80) {
            first--;
        }
        if (first >= bytes.readerIndex() && (bytes.getByte(first) & 0xc0) == 0xc0) {
            bytes.writerIndex(first);
        }
    }

    /** Returns whether the text takes more than the given number of bytes. */
    public static boolean isLonger(String text, int bytes) {
        boolean isShort = text.length() <= bytes / MAX_BYTES_OF_UNIT;
        return !isShort && (text.length() > bytes || ByteBufUtil.utf8Bytes(text) > bytes);
    }
}
