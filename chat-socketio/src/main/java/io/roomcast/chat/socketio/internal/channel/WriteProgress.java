package io.roomcast.chat.socketio.internal.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Tracks whether a peer receives what is written to it, however slowly.
 *
 * <p>When the peer receives bytes, the first pending write progresses, or another write becomes the first.
 */
@EventLoopConfined
public final class WriteProgress {
    private final Channel channel;

    @Nullable
    private Object front;

    private long written;

    /** Starts tracking the writes of a channel. */
    public WriteProgress(Channel channel) {
        this.channel = channel;
        boolean unused = hasProgressed();
    }

    /** Returns whether the peer has received bytes since the last call. */
    public boolean hasProgressed() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        Object now = buffer == null ? null : buffer.current();
        long progress = now == null ? 0 : buffer.currentProgress();
        boolean progressed = now != front || progress != written;
        front = now;
        written = progress;
        return progressed;
    }
}
