package io.roomcast.chat.socketio.internal.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.nio.charset.StandardCharsets;

/** Creates the reply to a client's close frame (RFC 6455, section 5.5.1). */
public final class CloseFrameReply {
    private static final int CODE_LENGTH = 2;
    private static final int MAX_CODE = 4999;

    private CloseFrameReply() {}

    /**
     * Returns the same frame, or a frame with the error of an invalid one. Checks what Netty's decoder accepts: codes
     * beyond all ranges and truncated characters.
     */
    public static CloseWebSocketFrame to(CloseWebSocketFrame frame) {
        if (frame.statusCode() > MAX_CODE) {
            return new CloseWebSocketFrame(WebSocketCloseStatus.PROTOCOL_ERROR);
        }
        return hasReadableReason(frame.content())
                ? frame.retain()
                : new CloseWebSocketFrame(WebSocketCloseStatus.INVALID_PAYLOAD_DATA);
    }

    private static boolean hasReadableReason(ByteBuf content) {
        int reason = content.readableBytes() - CODE_LENGTH;
        return reason <= 0
                || ByteBufUtil.isText(content, content.readerIndex() + CODE_LENGTH, reason, StandardCharsets.UTF_8);
    }
}
