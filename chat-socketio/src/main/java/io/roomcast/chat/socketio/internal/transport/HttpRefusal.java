package io.roomcast.chat.socketio.internal.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.roomcast.chat.model.ErrorCode;
import java.nio.charset.StandardCharsets;

/** Why a request is refused before anybody has looked at what it asks; the connection ends with it. */
enum HttpRefusal {
    MALFORMED(HttpResponseStatus.BAD_REQUEST, ErrorCode.INVALID_PAYLOAD),
    TOO_LARGE(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, ErrorCode.PAYLOAD_TOO_LARGE),
    FOREIGN(HttpResponseStatus.FORBIDDEN, ErrorCode.FORBIDDEN),
    UNKNOWN_PATH(HttpResponseStatus.NOT_FOUND, ErrorCode.NOT_SUPPORTED);

    private final HttpResponseStatus status;
    private final String json;

    HttpRefusal(HttpResponseStatus status, ErrorCode code) {
        this.status = status;
        this.json = "{\"success\":false,\"error\":\"" + code.text() + "\",\"code\":\"" + code.wireName()
                + "\",\"retryable\":false}";
    }

    HttpResponseStatus status() {
        return status;
    }

    String json() {
        return json;
    }

    void send(ChannelHandlerContext context) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpExchange.JSON)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
