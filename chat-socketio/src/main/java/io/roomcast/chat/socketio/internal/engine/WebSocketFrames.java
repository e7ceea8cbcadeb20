package io.roomcast.chat.socketio.internal.engine;

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
import io.roomcast.chat.socketio.internal.channel.Utf8;
import io.roomcast.chat.socketio.internal.channel.WriteProgress;
import io.roomcast.chat.socketio.internal.http.ConnectionLog;
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

    /** How much of a text is read, of which only the first bytes are kept if it is longer than a packet may be. */
    private final int mostBytes;

    private final long patience;
    private final ConnectionLog log;

    @Nullable
    private EngineSession session;

    @Nullable
    private ByteBuf fragments;

    private int fragmentCount;
    private long totalBytes;
    private long droppedBytes;
    private boolean binary;

    @Nullable
    private ScheduledFuture<?> unwritable;

    WebSocketFrames(EngineSessions sessions) {
        this.mostBytes = sessions.settings().mostBytes();
        this.patience = sessions.settings().unwritableTimeout().toNanos();
        this.log = sessions.log();
    }

    void serve(EngineSession session) {
        this.session = session;
    }

    /**
     * Returns whether only the first bytes of a frame of the given length are to be passed on. If so, the next frame is
     * taken for those bytes.
     */
    boolean shortens(long length) {
        boolean isLong = session != null
                && length > Math.max(session.maxPacket(), EngineSession.HEAD_BYTES)
                && length <= mostBytes;
        droppedBytes = isLong ? length - EngineSession.HEAD_BYTES : 0;
        return isLong;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        boolean hasEnded = WebSocketTransport.hasEnded(context.channel());
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
            new WebSocketTransport(context.channel()).answer(CloseFrameReply.to(close));
        } else if (!(frame instanceof PongWebSocketFrame)) {
            close(context, CloseReason.REFUSED);
        }
    }

    private static boolean isFirst(WebSocketFrame frame) {
        return frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
    }

    private void begin(ChannelHandlerContext context, WebSocketFrame frame) {
        binary = frame instanceof BinaryWebSocketFrame;
        if (frame.isFinalFragment() && droppedBytes == 0) {
            deliver(context, frame.content());
        } else {
            fragmentCount = 0;
            totalBytes = 0;
            fragments = context.alloc().buffer();
            collect(context, fragments, frame);
        }
    }

    private void collect(ChannelHandlerContext context, ByteBuf collected, WebSocketFrame frame) {
        fragmentCount++;
        totalBytes += frame.content().readableBytes() + droppedBytes;
        droppedBytes = 0;
        if (session == null || fragmentCount > MAX_FRAGMENTS || totalBytes > mostBytes) {
            closeTooLarge(context);
            return;
        }
        boolean isLong = totalBytes > session.maxPacket();
        keep(collected, frame.content(), isLong ? EngineSession.HEAD_BYTES : (int) totalBytes);
        if (frame.isFinalFragment()) {
            if (isLong) {
                session.webSocketTooLarge(context.channel(), binary, Utf8.head(collected));
            } else {
                deliver(context, collected);
            }
            dropFragments();
        }
    }

    /** Appends to what was collected, of which no more than the first bytes are kept. */
    private static void keep(ByteBuf collected, ByteBuf content, int most) {
        int missing = most - collected.readableBytes();
        if (missing >= 0) {
            collected.writeBytes(content, Math.min(missing, content.readableBytes()));
        } else {
            collected.writerIndex(collected.readerIndex() + most).capacity(most);
        }
    }

    /** Ends the connection because of a frame that is too large to be read to its end, and sends the reason first. */
    private void closeTooLarge(ChannelHandlerContext context) {
        if (session != null) {
            session.webSocketTooLarge(context.channel(), false, "");
        }
        if (!WebSocketTransport.hasEnded(context.channel())) {
            close(context, CloseReason.TOO_LARGE);
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
        reason.logTo(log);
        dropFragments();
        new WebSocketTransport(context.channel()).close(reason);
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
        } else if (!WebSocketTransport.hasEnded(context.channel())) {
            CloseReason reason = CloseReason.ofFrame(violation.closeStatus());
            if (reason == CloseReason.TOO_LARGE) {
                closeTooLarge(context);
            } else {
                close(context, reason);
            }
        }
    }
}
