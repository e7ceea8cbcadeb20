package io.roomcast.chat.socketio.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.util.CharsetUtil;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/** Strict reading of UTF-8 (RFC 3629): nothing is replaced, what is malformed is refused. */
final class Utf8 {
    private static final char REPLACEMENT = '\ufffd';

    private Utf8() {}

    /** The JDK is quick only where it may replace, so it may, and only a text with a replacement is looked at again. */
    static String decode(ByteBuf bytes) throws CharacterCodingException {
        String text = bytes.toString(CharsetUtil.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : strictly(bytes);
    }

    private static String strictly(ByteBuf bytes) throws CharacterCodingException {
        return CharsetUtil.decoder(CharsetUtil.UTF_8, CodingErrorAction.REPORT, CodingErrorAction.REPORT)
                .decode(bytes.nioBuffer())
                .toString();
    }
}
