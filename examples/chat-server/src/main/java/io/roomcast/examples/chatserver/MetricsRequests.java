package io.roomcast.examples.chatserver;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Answers one request of a connection with the metrics, and closes the connection. One for each connection, used on its
 * event loop.
 */
final class MetricsRequests extends SimpleChannelInboundHandler<HttpRequest> {
    static final String PATH = "/metrics";
    static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final boolean onlyLoopback;
    private final Supplier<String> metrics;
    private boolean answered;

    MetricsRequests(boolean onlyLoopback, Supplier<String> metrics) {
        this.onlyLoopback = onlyLoopback;
        this.metrics = metrics;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpRequest request) {
        if (answered) {
            return;
        }
        answered = true;
        HttpResponseStatus status = status(request);
        String body = status.equals(HttpResponseStatus.OK) ? metrics.get() : "";
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, FORMAT)
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private HttpResponseStatus status(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return HttpResponseStatus.BAD_REQUEST;
        }
        if (onlyLoopback && !ListenAddress.isLoopback(host(request))) {
            return HttpResponseStatus.FORBIDDEN;
        }
        boolean reads =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        boolean isThere = reads && new QueryStringDecoder(request.uri()).path().equals(PATH);
        return isThere ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND;
    }

    /**
     * Returns the requested host, which is checked because a page of another site could point its own name at this
     * machine.
     */
    private static String host(HttpRequest request) {
        return request.headers().get(HttpHeaderNames.HOST, "").replaceFirst(":\\d*$", "");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
        context.close();
    }
}
