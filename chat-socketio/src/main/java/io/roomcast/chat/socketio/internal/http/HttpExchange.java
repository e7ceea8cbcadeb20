package io.roomcast.chat.socketio.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.roomcast.chat.socketio.internal.channel.LingeringClose;
import java.util.List;
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
    private final RequestTarget target;
    private final ResponseHeaders common;
    private final Runnable whenAnswered;
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile Runnable whenAborted = () -> {};

    @Nullable
    private volatile ChannelFuture written;

    /** Creates an unanswered request. The task runs on the event loop before the answer is written. */
    public HttpExchange(
            Channel channel,
            FullHttpRequest request,
            RequestTarget target,
            ResponseHeaders common,
            Runnable whenAnswered) {
        this.channel = channel;
        this.request = request;
        this.target = target;
        this.common = common;
        this.whenAnswered = whenAnswered;
    }

    /** The decoded path, without the query. */
    public String path() {
        return target.path();
    }

    /** Returns the path as it was sent, without the query. */
    public String rawPath() {
        return target.rawPath();
    }

    /** Returns the request's method; GET for HEAD as well, whose answer differs only in that its body is not sent. */
    public HttpMethod method() {
        return isHead() ? HttpMethod.GET : request.method();
    }

    public boolean isHead() {
        return request.method().equals(HttpMethod.HEAD);
    }

    /** The request's headers. */
    public HttpHeaders headers() {
        return request.headers();
    }

    /** The values of a query parameter, in order; none if it is absent. */
    public List<String> parameter(String name) {
        return target.parameters().getOrDefault(name, List.of());
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

    public FullHttpRequest request() {
        return request;
    }

    public Channel channel() {
        return channel;
    }

    /** Sets what to do if the client goes away before the answer. */
    public void whenAborted(Runnable task) {
        whenAborted = task;
    }

    public void abort() {
        if (answered.compareAndSet(false, true)) {
            whenAborted.run();
        }
    }

    public void refuse(HttpRejection refusal) {
        answerJson(refusal.status(), refusal.json());
    }

    /** Refuses a method that the path does not support. */
    public void refuseMethod(String allowed) {
        HttpRejection refusal = HttpRejection.WRONG_METHOD;
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, refusal.status(), ByteBufUtil.writeUtf8(channel.alloc(), refusal.json()));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, JSON).set(HttpHeaderNames.ALLOW, allowed + ", OPTIONS");
        answer(response);
    }

    public void answerOk() {
        answer(HttpResponseStatus.OK, TEXT, Unpooled.wrappedBuffer(new byte[] {'o', 'k'}));
    }

    public void answerText(ByteBuf body) {
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
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        answer(response);
    }

    /** Answers as given, and adds what every answer has. */
    public void answer(FullHttpResponse response) {
        if (!answered.compareAndSet(false, true)) {
            response.release();
            return;
        }
        common.addTo(response);
        FullHttpResponse sent = hasBody(response.status()) ? response : withoutBody(response);
        try {
            channel.eventLoop().execute(() -> write(sent));
        } catch (RejectedExecutionException stopped) {
            sent.release();
        }
    }

    private boolean hasBody(HttpResponseStatus status) {
        return !isHead() && !status.equals(HttpResponseStatus.NOT_MODIFIED);
    }

    private static FullHttpResponse withoutBody(FullHttpResponse response) {
        FullHttpResponse head = response.replace(Unpooled.EMPTY_BUFFER);
        response.release();
        return head;
    }

    /** The next request may come as soon as the answer has left, so the connection must be ready for it before. */
    private void write(FullHttpResponse response) {
        whenAnswered.run();
        ChannelFuture sent = channel.writeAndFlush(response);
        written = sent;
        if (!common.keepAlive()) {
            LingeringClose.after(sent);
        }
    }

    /** Returns whether the request was answered and the client has not received the whole answer yet. */
    public boolean isLeaving() {
        ChannelFuture sent = written;
        return sent != null && !sent.isDone();
    }
}
