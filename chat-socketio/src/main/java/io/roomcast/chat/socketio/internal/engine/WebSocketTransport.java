package io.roomcast.chat.socketio.internal.engine;

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
import io.roomcast.chat.socketio.internal.channel.WriteProgress;
import java.util.concurrent.TimeUnit;

/** Writes frames to a WebSocket, past the encoder, as they are encoded already. */
final class WebSocketTransport implements Transport {
    private static final AttributeKey<Boolean> ENDED = AttributeKey.valueOf("roomcast.ended");
    private static final AttributeKey<Boolean> NO_FAREWELL = AttributeKey.valueOf("roomcast.noFarewell");
    private static final int FAREWELL_MILLIS = 500;

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
    public boolean isTaken() {
        return progress.hasMoved();
    }

    /** A client that does not read would never see a close frame, so it is cut off. */
    @Override
    public void close(CloseReason reason) {
        if (reason == CloseReason.TOO_SLOW || !channel.isActive()) {
            channel.close();
        } else if (channel.hasAttr(NO_FAREWELL)) {
            hangUp();
        } else {
            refuse(new CloseWebSocketFrame(reason.status()));
        }
    }

    /** The client takes a close frame for nothing, but the end of the stream for what it is. */
    static void spareFarewell(Channel channel) {
        channel.attr(NO_FAREWELL).set(true);
    }

    private void hangUp() {
        channel.attr(ENDED).set(true);
        channel.config().setAutoRead(true);
        encoder.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> ((DuplexChannel) channel).shutdownOutput());
        closeSoon();
    }

    /**
     * Sends the last frame, and closes the connection when the client has answered it or had the time to.
     *
     * <p>What the client still sends is read and dropped: a connection that is closed over unread bytes is reset, and the
     * last frame is lost with it (RFC 6455, section 7.1.1).
     */
    private void refuse(CloseWebSocketFrame last) {
        channel.attr(ENDED).set(true);
        channel.config().setAutoRead(true);
        channel.writeAndFlush(last);
        closeSoon();
    }

    /** Answers the client's last frame, and closes the connection behind the answer, or soon if it is not taken. */
    void answer(CloseWebSocketFrame last) {
        channel.attr(ENDED).set(true);
        ChannelFuture sent = channel.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
        if (!sent.isDone()) {
            closeSoon();
        }
    }

    private void closeSoon() {
        channel.eventLoop().schedule(() -> channel.close(), FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Whether the last frame was sent, so that nothing more is heard. */
    static boolean hasEnded(Channel channel) {
        return channel.hasAttr(ENDED);
    }
}
