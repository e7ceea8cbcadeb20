package io.roomcast.chat.socketio.internal.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;

/** Writes frames to a WebSocket. */
final class WebSocketOutlet implements Outlet {
    private final Channel channel;

    WebSocketOutlet(Channel channel) {
        this.channel = channel;
    }

    @Override
    public void write(EncodedPacket packet) {
        channel.write(packet.frame(), channel.voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
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
        channel.writeAndFlush(new CloseWebSocketFrame(reason.status())).addListener(ChannelFutureListener.CLOSE);
    }
}
