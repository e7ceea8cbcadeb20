package io.roomcast.chat.socketio.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.util.CharsetUtil;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/** Strict reading of UTF-8 (RFC 3629): nothing is replaced, what is malformed is refused. */
final class Utf8 {
    private Utf8() {}

    static String decode(ByteBuf bytes) throws CharacterCodingException {
        return CharsetUtil.decoder(CharsetUtil.UTF_8, CodingErrorAction.REPORT, CodingErrorAction.REPORT)
                .decode(bytes.nioBuffer())
                .toString();
    }
}
