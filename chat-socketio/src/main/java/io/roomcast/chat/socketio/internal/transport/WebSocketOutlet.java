package io.roomcast.chat.socketio.internal.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import java.util.concurrent.TimeUnit;

/** Writes frames to a WebSocket, past the encoder, as they are encoded already. */
final class WebSocketOutlet implements Outlet {
    private static final int FAREWELL_SECONDS = 5;

    private final Channel channel;
    private final ChannelHandlerContext encoder;

    WebSocketOutlet(Channel channel) {
        this.channel = channel;
        this.encoder = channel.pipeline().context(WebSocketFrameEncoder.class);
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

    /** A client that does not read would never see a close frame, so it is cut off. */
    @Override
    public void close(CloseReason reason) {
        if (reason == CloseReason.TOO_SLOW || !channel.isActive()) {
            channel.close();
            return;
        }
        end(new CloseWebSocketFrame(reason.status()));
    }

    /** Sends the last frame, and closes the connection behind it, or soon without it if the client does not take it. */
    void end(CloseWebSocketFrame last) {
        ChannelFuture sent = channel.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
        if (!sent.isDone()) {
            channel.eventLoop().schedule(() -> channel.close(), FAREWELL_SECONDS, TimeUnit.SECONDS);
        }
    }
}
