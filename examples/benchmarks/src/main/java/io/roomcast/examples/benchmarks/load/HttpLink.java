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
 * Sends one request at a time over a persistent connection, and reconnects after the server has closed it. Confined to
 * the event loop.
 */
final class HttpLink {
    /** Receives the responses. */
    interface Answers {
        /** The body of a response arrived. The link accepts the next request from now on. */
        void answered(ByteBuf bytes, int from, int to);

        /** The request failed. */
        void failed();
    }

    private final Bootstrap bootstrap;
    private final InetSocketAddress server;
    private final Answers answers;

    @Nullable
    private Channel channel;

    private byte @Nullable [] asked;

    private boolean reused;
    private boolean closed;

    HttpLink(Bootstrap bootstrap, InetSocketAddress server, Answers answers) {
        this.bootstrap = bootstrap;
        this.server = server;
        this.answers = answers;
    }

    void request(byte[] request) {
        asked = request;
        reused = channel != null;
        if (channel == null) {
            connect();
        } else {
            write(channel, request);
        }
    }

    boolean isIdle() {
        return asked == null;
    }

    private void connect() {
        channel = bootstrap
                .clone()
                .handler(new Responses())
                .connect(server)
                .addListener((ChannelFutureListener) opened -> {
                    if (opened.isSuccess() && asked != null) {
                        write(opened.channel(), asked);
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
            answers.failed();
        }
    }

    void close() {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }

    /**
     * Repeats the request if a reused connection was closed before the response. On a new connection, the request has
     * failed.
     */
    private void lost(Channel gone) {
        if (channel != gone || closed) {
            return;
        }
        channel = null;
        if (asked != null && reused) {
            reused = false;
            connect();
        } else if (asked != null) {
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
            answered(context, head, bytes, from);
        }

        private void answered(ChannelHandlerContext context, ResponseHead head, ByteBuf bytes, int from) {
            asked = null;
            if (head.closes() && channel == context.channel()) {
                channel = null;
                context.close();
            }
            answers.answered(bytes, from, from + head.contentLength());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) throws Exception {
            super.channelInactive(context);
            lost(context.channel());
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
