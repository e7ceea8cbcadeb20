package io.roomcast.chat.socketio.internal.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.util.AttributeKey;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import io.roomcast.chat.socketio.internal.channel.WriteProgress;
import java.util.concurrent.TimeUnit;

/** Writes packets to a WebSocket. Bypasses the frame encoder, because packets are encoded as frames already. */
@EventLoopConfined
final class WebSocketTransport implements Transport {
    private static final AttributeKey<Boolean> CLOSING = AttributeKey.valueOf("roomcast.closing");
    private static final AttributeKey<Boolean> NO_CLOSE_FRAME = AttributeKey.valueOf("roomcast.noCloseFrame");
    private static final int CLOSE_TIMEOUT_MILLIS = 500;
    private static final int CLOSE_FRAME_CAPACITY = 64;

    private final Channel channel;
    private final ChannelHandlerContext encoder;
    private final WriteProgress progress;

    WebSocketTransport(Channel channel) {
        this.channel = channel;
        this.encoder = channel.pipeline().context(WebSocketFrameEncoder.class);
        this.progress = new WriteProgress(channel);
    }

    @Override
    public void write(EncodedPacket packet) {
        encoder.write(packet.frame(), channel.voidPromise());
    }

    @Override
    public void flush() {
        encoder.flush();
    }

    @Override
    public long pending() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    @Override
    public boolean hasProgressed() {
        return progress.hasProgressed();
    }

    /** Sends a close frame, except to a client that does not read. */
    @Override
    public void close(CloseReason reason) {
        if (reason == CloseReason.TOO_SLOW || !channel.isActive()) {
            channel.close();
        } else if (channel.hasAttr(NO_CLOSE_FRAME)) {
            shutDownOutput();
        } else {
            sendCloseFrame(reason);
        }
    }

    /** Ends the stream instead of sending a close frame, for a client that ignores close frames. */
    static void omitCloseFrame(Channel channel) {
        channel.attr(NO_CLOSE_FRAME).set(true);
    }

    private void shutDownOutput() {
        startClosing();
        encoder.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> ((DuplexChannel) channel).shutdownOutput());
        closeAfterTimeout();
    }

    /** Sends a close frame, and closes the connection when the client has answered it or after a timeout. */
    private void sendCloseFrame(CloseReason reason) {
        startClosing();
        ByteBuf frame = channel.alloc().directBuffer(CLOSE_FRAME_CAPACITY);
        reason.writeCloseFrameTo(frame);
        encoder.writeAndFlush(frame);
        closeAfterTimeout();
    }

    /**
     * Reads and drops further data. A connection that is closed with unread data is reset, and the close frame is lost
     * with it (RFC 6455, section 7.1.1).
     */
    private void startClosing() {
        channel.attr(CLOSING).set(true);
        channel.config().setAutoRead(true);
    }

    /** Answers a close frame of the client, and closes the connection after the answer or after a timeout. */
    void answer(CloseWebSocketFrame frame) {
        channel.attr(CLOSING).set(true);
        ChannelFuture sent = channel.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
        if (!sent.isDone()) {
            closeAfterTimeout();
        }
    }

    private void closeAfterTimeout() {
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns whether the server has started the close of the WebSocket, so that frames are ignored. */
    static boolean isClosing(Channel channel) {
        return channel.hasAttr(CLOSING);
    }
}
