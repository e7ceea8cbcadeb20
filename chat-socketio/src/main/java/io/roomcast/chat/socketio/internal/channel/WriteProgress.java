package io.roomcast.chat.socketio.internal.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Tracks whether a peer reads what is written to it, however slowly. Used on the channel's event loop.
 *
 * <p>When a peer reads, the first pending write progresses, or another one becomes the first.
 */
public final class WriteProgress {
    private final Channel channel;

    @Nullable
    private Object front;

    private long written;

    /** Starts tracking now. */
    public WriteProgress(Channel channel) {
        this.channel = channel;
        boolean unused = hasMoved();
    }

    /** Returns whether the peer has read anything since the last call. */
    public boolean hasMoved() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        Object now = buffer == null ? null : buffer.current();
        long progress = now == null ? 0 : buffer.currentProgress();
        boolean moved = now != front || progress != written;
        front = now;
        written = progress;
        return moved;
    }
}
