package io.roomcast.chat.socketio.internal.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a peer takes what is written to it, however slowly; used on the channel's event loop.
 *
 * <p>A peer that reads moves the write in front, or another one comes to the front.
 */
final class WriteProgress {
    private final Channel channel;

    @Nullable
    private Object front;

    private long written;

    /** Counts from now on. */
    WriteProgress(Channel channel) {
        this.channel = channel;
        boolean unused = hasMoved();
    }

    /** Whether the peer has taken anything since the last call. */
    boolean hasMoved() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        Object now = buffer == null ? null : buffer.current();
        long progress = now == null ? 0 : buffer.currentProgress();
        boolean moved = now != front || progress != written;
        front = now;
        written = progress;
        return moved;
    }
}
