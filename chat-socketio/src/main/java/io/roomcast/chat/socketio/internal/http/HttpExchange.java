package io.roomcast.chat.socketio.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import io.roomcast.chat.socketio.internal.channel.EventLoops;
import io.roomcast.chat.socketio.internal.channel.LingeringClose;
import io.roomcast.chat.socketio.internal.request.BodyFlow;
import io.roomcast.chat.socketio.internal.request.BodySink;
import io.roomcast.chat.socketio.internal.request.HttpRejection;
import io.roomcast.chat.socketio.internal.request.HttpResponses;
import io.roomcast.chat.socketio.internal.request.RequestTarget;
import io.roomcast.chat.socketio.internal.request.StreamedRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and its response. Safe for use by any thread, except for the body.
 *
 * <p>Only the first response is sent; later ones are released and ignored.
 */
public final class HttpExchange {
    private static final String BEARER = "bearer ";

    private final Channel channel;
    private final FullHttpRequest request;
    private final RequestTarget target;
    private final ResponseHeaders commonHeaders;
    private final RejectionBody rejectionBody;
    private final Runnable beforeResponse;
    private final AtomicBoolean responded = new AtomicBoolean();
    private final AtomicReference<@Nullable Runnable> onAbort = new AtomicReference<>();
    private volatile boolean aborted;
    private volatile Consumer<HttpHeaders> routeHeaders = headers -> {};

    @Nullable
    private volatile ChannelFuture written;

    /**
     * Creates an exchange without a response.
     *
     * @param beforeResponse runs on the event loop before the response is written
     */
    public HttpExchange(
            Channel channel,
            FullHttpRequest request,
            RequestTarget target,
            ResponseHeaders commonHeaders,
            RejectionBody rejectionBody,
            Runnable beforeResponse) {
        this.channel = channel;
        this.request = request;
        this.target = target;
        this.commonHeaders = commonHeaders;
        this.rejectionBody = rejectionBody;
        this.beforeResponse = beforeResponse;
    }

    /** Returns the decoded path, without the query. */
    public String path() {
        return target.path();
    }

    /** Returns the path as it was sent, without the query. */
    public String rawPath() {
        return target.rawPath();
    }

    /** Returns the method. HEAD is reported as GET, because their responses differ only in the missing body. */
    public HttpMethod method() {
        return isHead() ? HttpMethod.GET : request.method();
    }

    /** Returns whether the method is HEAD. */
    public boolean isHead() {
        return request.method().equals(HttpMethod.HEAD);
    }

    /** Returns the headers of the request. */
    public HttpHeaders headers() {
        return request.headers();
    }

    /** Returns the values of a query parameter, in order; an empty list if it is absent. */
    public List<String> parameter(String name) {
        return target.parameters().getOrDefault(name, List.of());
    }

    /** Returns the token of an {@code Authorization: Bearer} header (RFC 6750, section 2.1); null if there is none. */
    public @Nullable String bearerToken() {
        String value = headers().get(HttpHeaderNames.AUTHORIZATION, "");
        boolean isBearer = value.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return isBearer ? value.substring(BEARER.length()).trim() : null;
    }

    /** Returns the body, readable only while a route handles the request. Empty if the body is streamed. */
    @EventLoopConfined
    public ByteBuf body() {
        return request.content();
    }

    /**
     * Passes the body to the sink: as it arrives if the route streams this request, else in one piece. Call it while the
     * route handles the request.
     */
    @EventLoopConfined
    public BodyFlow streamBody(BodySink sink) {
        if (request instanceof StreamedRequest streamed) {
            return streamed.streamTo(sink);
        }
        if (request.content().isReadable()) {
            sink.write(request.content());
        }
        sink.end();
        return () -> {};
    }

    /** Returns the request as Netty decoded it. */
    public FullHttpRequest request() {
        return request;
    }

    /** Returns the connection. */
    public Channel channel() {
        return channel;
    }

    /** Sets what adds the headers of all responses of the route, refusals included. Call it before the response. */
    public void addToResponse(Consumer<HttpHeaders> headers) {
        routeHeaders = headers;
    }

    /** Sets the task to run if the client disconnects before the response. Runs it now if the client already has. */
    public void onAbort(Runnable task) {
        onAbort.set(task);
        if (aborted) {
            runOnAbort();
        }
    }

    /** Ends the exchange without a response, because the client has disconnected. */
    public void abort() {
        if (responded.compareAndSet(false, true)) {
            aborted = true;
            runOnAbort();
        }
    }

    private void runOnAbort() {
        Runnable task = onAbort.getAndSet(null);
        if (task != null) {
            task.run();
        }
    }

    /** Responds that the request is rejected. */
    public void reject(HttpRejection rejection) {
        respondJson(rejection.status(), rejectionBody.json(rejection));
    }

    /** Responds that the path does not support the method. */
    public void rejectMethod(String allowed) {
        HttpRejection rejection = HttpRejection.WRONG_METHOD;
        FullHttpResponse response =
                HttpResponses.of(rejection.status(), HttpResponses.JSON, utf8(rejectionBody.json(rejection)));
        response.headers().set(HttpHeaderNames.ALLOW, allowed + ", OPTIONS");
        respond(response);
    }

    /** Responds with the text {@code ok}. */
    public void respondOk() {
        respondText(Unpooled.wrappedBuffer(new byte[] {'o', 'k'}));
    }

    /** Responds with the given text, which is released. */
    public void respondText(ByteBuf body) {
        respond(HttpResponses.of(HttpResponseStatus.OK, HttpResponses.TEXT, body));
    }

    /** Responds with the given JSON text. */
    public void respondJson(HttpResponseStatus status, String json) {
        respondJson(status, utf8(json));
    }

    /** Responds with the given JSON text, which is released. */
    public void respondJson(HttpResponseStatus status, ByteBuf json) {
        respond(HttpResponses.of(status, HttpResponses.JSON, json));
    }

    private ByteBuf utf8(String text) {
        return ByteBufUtil.writeUtf8(channel.alloc(), text);
    }

    /** Responds as given, with the headers that all responses share. */
    public void respond(FullHttpResponse response) {
        if (!responded.compareAndSet(false, true)) {
            response.release();
            return;
        }
        routeHeaders.accept(response.headers());
        commonHeaders.addTo(response);
        FullHttpResponse sent = hasBody(response.status()) ? response : withoutBody(response);
        if (!EventLoops.tryExecute(channel.eventLoop(), () -> write(sent))) {
            sent.release();
        }
    }

    /**
     * Begins a response whose body follows in parts, with the headers that all responses share. To a HEAD request, responds
     * with the headers alone.
     *
     * @param length the number of bytes that will follow
     * @return receives the parts; empty if there will be no body, or a response was sent before
     */
    public Optional<ResponseStream> respondInParts(HttpResponse head, long length) {
        if (!responded.compareAndSet(false, true)) {
            return Optional.empty();
        }
        routeHeaders.accept(head.headers());
        commonHeaders.addTo(head, length);
        ResponseStream body = new ResponseStream(channel, commonHeaders.keepAlive(), beforeResponse, isHead());
        body.begin(head);
        return isHead() ? Optional.empty() : Optional.of(body);
    }

    private boolean hasBody(HttpResponseStatus status) {
        return !isHead() && !status.equals(HttpResponseStatus.NOT_MODIFIED);
    }

    private static FullHttpResponse withoutBody(FullHttpResponse response) {
        FullHttpResponse head = response.replace(Unpooled.EMPTY_BUFFER);
        response.release();
        return head;
    }

    /** Prepares the connection for the next request first, which may arrive as soon as the response is written. */
    private void write(FullHttpResponse response) {
        beforeResponse.run();
        ChannelFuture sent = channel.writeAndFlush(response);
        written = sent;
        if (!commonHeaders.keepAlive()) {
            LingeringClose.after(sent);
        }
    }

    /** Returns whether a response was written that has not been sent completely yet. */
    public boolean isResponsePending() {
        ChannelFuture sent = written;
        return sent != null && !sent.isDone();
    }
}
