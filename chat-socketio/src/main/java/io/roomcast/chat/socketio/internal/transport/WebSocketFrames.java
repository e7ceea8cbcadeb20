package io.roomcast.chat.socketio.internal.transport;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.CharacterCodingException;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads one WebSocket's frames and hands whole texts and bytes to its session; used on the session's event loop.
 *
 * <p>A text comes in few fragments, and the first violation of the protocol is the end.
 */
final class WebSocketFrames extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final int MAX_FRAGMENTS = 32;

    private final int maxPayload;
    private final long patience;
    private final ConnectionLog log;

    @Nullable
    private EngineSession session;

    @Nullable
    private ByteBuf fragments;

    private int fragmentCount;
    private boolean binary;

    @Nullable
    private ScheduledFuture<?> unwritable;

    WebSocketFrames(EngineSessions sessions) {
        this.maxPayload = sessions.settings().maxPayload();
        this.patience = sessions.settings().unwritableTimeout().toNanos();
        this.log = sessions.log();
    }

    void serve(EngineSession session) {
        this.session = session;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        boolean hasEnded = WebSocketOutlet.hasEnded(context.channel());
        if (!hasEnded && context.channel().isActive()) {
            read(context, frame);
        } else if (hasEnded && frame instanceof CloseWebSocketFrame) {
            context.close();
        }
    }

    /**
     * Counts every frame, whatever its content. A frame with a complete text is counted by the session, as a packet.
     */
    private void read(ChannelHandlerContext context, WebSocketFrame frame) {
        if (session == null || !(isWholeText(frame) || session.countFrame())) {
            close(context, CloseReason.TOO_MANY);
        } else {
            take(context, frame);
        }
    }

    private static boolean isWholeText(WebSocketFrame frame) {
        return frame instanceof TextWebSocketFrame && frame.isFinalFragment();
    }

    private void take(ChannelHandlerContext context, WebSocketFrame frame) {
        if (isFirst(frame) && fragments == null) {
            begin(context, frame);
        } else if (frame instanceof ContinuationWebSocketFrame && fragments != null) {
            collect(context, fragments, frame);
        } else if (frame instanceof PingWebSocketFrame) {
            context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame close) {
            dropFragments();
            new WebSocketOutlet(context.channel()).answer(CloseAnswer.to(close));
        } else if (!(frame instanceof PongWebSocketFrame)) {
            close(context, CloseReason.REFUSED);
        }
    }

    private static boolean isFirst(WebSocketFrame frame) {
        return frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
    }

    private void begin(ChannelHandlerContext context, WebSocketFrame frame) {
        binary = frame instanceof BinaryWebSocketFrame;
        if (frame.isFinalFragment()) {
            deliver(context, frame.content());
        } else {
            fragmentCount = 0;
            fragments = context.alloc().buffer();
            collect(context, fragments, frame);
        }
    }

    private void collect(ChannelHandlerContext context, ByteBuf collected, WebSocketFrame frame) {
        fragmentCount++;
        if (fragmentCount > MAX_FRAGMENTS
                || collected.readableBytes() + frame.content().readableBytes() > maxPayload) {
            close(context, CloseReason.TOO_LARGE);
            return;
        }
        collected.writeBytes(frame.content());
        if (frame.isFinalFragment()) {
            deliver(context, collected);
            dropFragments();
        }
    }

    private void deliver(ChannelHandlerContext context, ByteBuf content) {
        if (session == null) {
            context.close();
        } else if (binary) {
            session.webSocketBytes(context.channel(), ByteBufUtil.getBytes(content));
        } else {
            text(context, session, content);
        }
    }

    private void text(ChannelHandlerContext context, EngineSession receiver, ByteBuf content) {
        try {
            receiver.webSocketPacket(context.channel(), Utf8.decode(content));
        } catch (CharacterCodingException malformed) {
            close(context, CloseReason.NOT_UTF8);
        }
    }

    private void close(ChannelHandlerContext context, CloseReason reason) {
        log.ended(reason);
        dropFragments();
        new WebSocketOutlet(context.channel()).close(reason);
    }

    private void dropFragments() {
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (unwritable != null) {
            unwritable.cancel(false);
            unwritable = null;
        }
        if (!context.channel().isWritable()) {
            awaitProgress(context, new WriteProgress(context.channel()));
        } else if (session != null) {
            session.drained();
        }
    }

    /** Keeps a slow client that still reads, and disconnects one that reads nothing for too long. */
    private void awaitProgress(ChannelHandlerContext context, WriteProgress progress) {
        unwritable = context.executor()
                .schedule(
                        () -> {
                            if (progress.hasMoved()) {
                                awaitProgress(context, progress);
                            } else {
                                close(context, CloseReason.TOO_SLOW);
                            }
                        },
                        patience,
                        NANOSECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        dropFragments();
        if (session != null) {
            session.webSocketClosed(context.channel());
        }
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        dropFragments();
        if (unwritable != null) {
            unwritable.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        if (!(fault instanceof CorruptedWebSocketFrameException violation)) {
            log.failed(fault);
            context.close();
        } else if (!WebSocketOutlet.hasEnded(context.channel())) {
            close(context, CloseReason.ofFrame(violation.closeStatus()));
        }
    }
}
