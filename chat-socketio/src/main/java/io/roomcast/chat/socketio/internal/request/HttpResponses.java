package io.roomcast.chat.socketio.internal.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Creates responses. {@link ResponseHeaders} adds the headers that all responses share. */
public final class HttpResponses {
    /** The media type of JSON. */
    public static final String JSON = "application/json; charset=utf-8";

    /** The media type of plain text. */
    public static final String TEXT = "text/plain; charset=utf-8";

    private HttpResponses() {}

    /** Creates a response without a body. */
    public static FullHttpResponse empty(HttpResponseStatus status) {
        return of(status, Unpooled.EMPTY_BUFFER);
    }

    /** Creates a response with the given body, which the response releases. */
    public static FullHttpResponse of(HttpResponseStatus status, String contentType, ByteBuf body) {
        FullHttpResponse response = of(status, body);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        return response;
    }

    private static FullHttpResponse of(HttpResponseStatus status, ByteBuf body) {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body, headers, EmptyHttpHeaders.INSTANCE);
    }
}
