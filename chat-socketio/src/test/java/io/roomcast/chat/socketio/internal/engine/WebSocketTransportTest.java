package io.roomcast.chat.socketio.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WebSocketTransportTest {
    @Test
    void connection_is_closed_500_ms_after_the_close_frame() {
        EmbeddedChannel channel = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
        channel.freezeTime();
        new WebSocketTransport(channel).close(CloseReason.PING_TIMEOUT);
        ByteBuf frame = channel.readOutbound();
        assertThat(ByteBufUtil.hexDump(frame)).startsWith("8812" + "03f0").hasSize(2 * (2 + 18));
        frame.release();
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(500, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        channel.finishAndReleaseAll();
    }

    @Test
    void connection_is_closed_immediately_after_an_answered_close_frame() {
        EmbeddedChannel channel = new EmbeddedChannel();
        new WebSocketTransport(channel).answer(new CloseWebSocketFrame());
        assertThat(channel.outboundMessages()).hasSize(1);
        assertThat(channel.isOpen()).isFalse();
        channel.finishAndReleaseAll();
    }

    @Test
    void client_that_does_not_read_the_close_frame_is_disconnected() {
        EmbeddedChannel channel = new EmbeddedChannel(new Stuck(), new WebSocket13FrameEncoder(false));
        channel.freezeTime();
        new WebSocketTransport(channel).close(CloseReason.PING_TIMEOUT);
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(500, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        channel.finishAndReleaseAll();
    }

    /** A connection whose writes never complete. */
    private static final class Stuck extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
        }
    }
}
