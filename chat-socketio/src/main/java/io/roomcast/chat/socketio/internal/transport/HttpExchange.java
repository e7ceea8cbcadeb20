package io.roomcast.chat.socketio.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and the one answer it gets; safe for use by any thread.
 *
 * <p>Only the first answer counts. The request's body may be read only while the request is being handed over.
 */
public final class HttpExchange {
    /** The media type of JSON. */
    public static final String JSON = "application/json; charset=utf-8";

    private static final String BEARER = "bearer ";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Channel channel;
    private final FullHttpRequest request;
    private final Runnable whenAnswered;
    private final boolean keepAlive;
    private final String path;
    private final Map<String, List<String>> parameters;

    @Nullable
    private final String allowedOrigin;

    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile Runnable whenAborted = () -> {};

    /**
     * An unanswered request.
     *
     * @throws IllegalArgumentException if its path or query is malformed
     */
    HttpExchange(Channel channel, FullHttpRequest request, @Nullable String allowedOrigin, Runnable whenAnswered) {
        this.channel = channel;
        this.request = request;
        this.allowedOrigin = allowedOrigin;
        this.whenAnswered = whenAnswered;
        this.keepAlive = HttpUtil.isKeepAlive(request);
        QueryStringDecoder uri = new QueryStringDecoder(request.uri(), StandardCharsets.UTF_8, true, 32);
        this.path = uri.path();
        this.parameters = uri.parameters();
    }

    /** The decoded path, without the query. */
    public String path() {
        return path;
    }

    /** The request's method. */
    public HttpMethod method() {
        return request.method();
    }

    /** The request's headers. */
    public HttpHeaders headers() {
        return request.headers();
    }

    /** The values of a query parameter, in order; none if it is absent. */
    public List<String> parameter(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    /** The token of an {@code Authorization: Bearer} header (RFC 6750, section 2.1); null if there is none. */
    public @Nullable String bearerToken() {
        String value = headers().get(HttpHeaderNames.AUTHORIZATION, "");
        boolean isBearer = value.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return isBearer ? value.substring(BEARER.length()).trim() : null;
    }

    /** The body; valid only while the request is being handed over. */
    public ByteBuf body() {
        return request.content();
    }

    FullHttpRequest request() {
        return request;
    }

    Channel channel() {
        return channel;
    }

    /** Sets what to do if the client goes away before the answer. */
    void whenAborted(Runnable task) {
        whenAborted = task;
    }

    void abort() {
        if (answered.compareAndSet(false, true)) {
            whenAborted.run();
        }
    }

    void refuse(EngineError error) {
        answerJson(error.status(), error.json());
    }

    void answerOk() {
        answer(HttpResponseStatus.OK, TEXT, Unpooled.wrappedBuffer(new byte[] {'o', 'k'}));
    }

    void answerText(ByteBuf body) {
        answer(HttpResponseStatus.OK, TEXT, body);
    }

    /** Answers with the given JSON text. */
    public void answerJson(HttpResponseStatus status, String json) {
        answerJson(status, ByteBufUtil.writeUtf8(channel.alloc(), json));
    }

    /** Answers with the given JSON text, which is released. */
    public void answerJson(HttpResponseStatus status, ByteBuf json) {
        answer(status, JSON, json);
    }

    /** Answers with the given body, which is released. */
    public void answer(HttpResponseStatus status, String contentType, ByteBuf body) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        answer(response);
    }

    /** Answers as given, and adds what every answer has. */
    public void answer(FullHttpResponse response) {
        if (!answered.compareAndSet(false, true)) {
            response.release();
            return;
        }
        addCommonHeaders(response);
        try {
            channel.eventLoop().execute(() -> write(response));
        } catch (RejectedExecutionException stopped) {
            response.release();
        }
    }

    /** The next request may come as soon as the answer has left, so the connection must be ready for it before. */
    private void write(FullHttpResponse response) {
        whenAnswered.run();
        ChannelFuture written = channel.writeAndFlush(response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void addCommonHeaders(FullHttpResponse response) {
        HttpHeaders headers = response.headers();
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        headers.set("x-content-type-options", "nosniff");
        headers.set(HttpHeaderNames.CONNECTION, keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
        headers.set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        if (allowedOrigin != null) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, allowedOrigin);
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
    }
}
