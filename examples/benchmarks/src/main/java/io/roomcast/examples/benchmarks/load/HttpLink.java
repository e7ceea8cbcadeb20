package io.roomcast.examples.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends one HTTP request at a time over a persistent connection, and reconnects if the server has closed it. Confined to
 * the event loop.
 */
final class HttpLink {
    /** Receives responses. */
    interface ResponseHandler {
        /** Called with the body of a response; the next request may be sent. */
        void response(ByteBuf bytes, int from, int to);

        /** Called if there will be no response. */
        void failed();
    }

    private final Bootstrap bootstrap;
    private final InetSocketAddress server;
    private final ResponseHandler handler;

    @Nullable
    private Channel channel;

    private byte @Nullable [] pending;

    private boolean reused;
    private boolean closed;

    HttpLink(Bootstrap bootstrap, InetSocketAddress server, ResponseHandler handler) {
        this.bootstrap = bootstrap;
        this.server = server;
        this.handler = handler;
    }

    /** Sends a request; none may be pending. */
    void request(byte[] request) {
        pending = request;
        reused = channel != null;
        if (channel == null) {
            connect();
        } else {
            write(channel, request);
        }
    }

    /** Returns whether no request is pending. */
    boolean isIdle() {
        return pending == null;
    }

    private void connect() {
        channel = bootstrap
                .clone()
                .handler(new Responses())
                .connect(server)
                .addListener((ChannelFutureListener) opened -> {
                    if (opened.isSuccess() && pending != null) {
                        write(opened.channel(), pending);
                    } else if (!opened.isSuccess()) {
                        fail();
                    }
                })
                .channel();
    }

    private static void write(Channel channel, byte[] request) {
        channel.writeAndFlush(channel.alloc().directBuffer(request.length).writeBytes(request));
    }

    private void fail() {
        if (!closed) {
            closed = true;
            handler.failed();
        }
    }

    /** Closes the connection. The handler is not called again. */
    void close() {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }

    /** Repeats the pending request if the connection was a reused one, which the server may have closed before it. */
    private void disconnected(Channel gone) {
        if (channel != gone || closed) {
            return;
        }
        channel = null;
        if (pending != null && reused) {
            reused = false;
            connect();
        } else if (pending != null) {
            fail();
        }
    }

    private final class Responses extends ByteToMessageDecoder {
        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
            int end = ResponseHead.end(bytes);
            if (end < 0) {
                return;
            }
            ResponseHead head = ResponseHead.of(bytes, end);
            int from = end + 4;
            if (bytes.writerIndex() - from < head.contentLength()) {
                return;
            }
            bytes.readerIndex(from + head.contentLength());
            complete(context, head, bytes, from);
        }

        private void complete(ChannelHandlerContext context, ResponseHead head, ByteBuf bytes, int from) {
            pending = null;
            if (head.closes() && channel == context.channel()) {
                channel = null;
                context.close();
            }
            handler.response(bytes, from, from + head.contentLength());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) throws Exception {
            super.channelInactive(context);
            disconnected(context.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!(cause instanceof IOException)) {
                fail();
            }
            context.close();
        }
    }
}
