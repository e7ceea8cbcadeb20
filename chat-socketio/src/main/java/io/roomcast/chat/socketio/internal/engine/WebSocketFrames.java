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
import io.roomcast.chat.socketio.internal.channel.CloseFrameReply;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import io.roomcast.chat.socketio.internal.channel.Utf8;
import io.roomcast.chat.socketio.internal.channel.WriteProgress;
import io.roomcast.chat.socketio.internal.http.ConnectionLog;
import java.nio.charset.CharacterCodingException;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one WebSocket and passes complete messages to its session.
 *
 * <p>A message has at most {@value #MAX_FRAGMENTS} fragments. Any violation of the protocol closes the WebSocket.
 */
@EventLoopConfined
final class WebSocketFrames extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final int MAX_FRAGMENTS = 32;

    /** The maximum size of a message to read to its end. Only the beginning of an oversized message is kept. */
    private final int maxReadBytes;

    private final long unwritableNanos;
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
        this.maxReadBytes = sessions.settings().maxReadBytes();
        this.unwritableNanos = sessions.settings().unwritableTimeout().toNanos();
        this.log = sessions.log();
    }

    /** Sets the session that receives the messages. */
    void deliverTo(EngineSession session) {
        this.session = session;
    }

    /**
     * Returns whether a frame of the given length must be truncated to {@link InboundPackets#HEAD_BYTES}. If so, expects
     * the truncated frame next.
     */
    boolean truncates(long length) {
        boolean isOversized = session != null
                && length > Math.max(session.inbound().maxPacket(), InboundPackets.HEAD_BYTES)
                && length <= maxReadBytes;
        droppedBytes = isOversized ? length - InboundPackets.HEAD_BYTES : 0;
        return isOversized;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        boolean isClosing = WebSocketTransport.isClosing(context.channel());
        if (!isClosing && context.channel().isActive()) {
            read(context, frame);
        } else if (isClosing && frame instanceof CloseWebSocketFrame) {
            context.close();
        }
    }

    /** Counts the frame against the packet rate. The session counts a complete text message itself, as a packet. */
    private void read(ChannelHandlerContext context, WebSocketFrame frame) {
        if (session == null || !(isCompleteText(frame) || session.inbound().count())) {
            close(context, CloseReason.TOO_MANY);
        } else {
            handle(context, frame);
        }
    }

    private static boolean isCompleteText(WebSocketFrame frame) {
        return frame instanceof TextWebSocketFrame && frame.isFinalFragment();
    }

    private void handle(ChannelHandlerContext context, WebSocketFrame frame) {
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
        if (session == null || fragmentCount > MAX_FRAGMENTS || totalBytes > maxReadBytes) {
            closeTooLarge(context);
            return;
        }
        boolean isOversized = totalBytes > session.inbound().maxPacket();
        keep(collected, frame.content(), isOversized ? InboundPackets.HEAD_BYTES : (int) totalBytes);
        if (frame.isFinalFragment()) {
            if (isOversized) {
                session.receiveTooLarge(context.channel(), binary, Utf8.head(collected));
            } else {
                deliver(context, collected);
            }
            dropFragments();
        }
    }

    /** Appends the content, and keeps at most the given number of bytes in total. */
    private static void keep(ByteBuf collected, ByteBuf content, int maxBytes) {
        int missing = maxBytes - collected.readableBytes();
        if (missing >= 0) {
            collected.writeBytes(content, Math.min(missing, content.readableBytes()));
        } else {
            collected.writerIndex(collected.readerIndex() + maxBytes).capacity(maxBytes);
        }
    }

    /** Closes the WebSocket because a message is too large to be read to its end. Notifies the session first. */
    private void closeTooLarge(ChannelHandlerContext context) {
        if (session != null) {
            session.receiveTooLarge(context.channel(), false, "");
        }
        if (!WebSocketTransport.isClosing(context.channel())) {
            close(context, CloseReason.TOO_LARGE);
        }
    }

    private void deliver(ChannelHandlerContext context, ByteBuf content) {
        if (session == null) {
            context.close();
        } else if (binary) {
            session.receiveBinary(context.channel(), ByteBufUtil.getBytes(content));
        } else {
            text(context, session, content);
        }
    }

    private void text(ChannelHandlerContext context, EngineSession receiver, ByteBuf content) {
        try {
            receiver.receiveText(context.channel(), Utf8.decode(content));
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

    /** Disconnects a client that reads nothing for too long. Keeps a client that reads slowly. */
    private void awaitProgress(ChannelHandlerContext context, WriteProgress progress) {
        unwritable = context.executor()
                .schedule(
                        () -> {
                            if (progress.hasProgressed()) {
                                awaitProgress(context, progress);
                            } else {
                                close(context, CloseReason.TOO_SLOW);
                            }
                        },
                        unwritableNanos,
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
        } else if (!WebSocketTransport.isClosing(context.channel())) {
            CloseReason reason = CloseReason.ofFrame(violation.closeStatus());
            if (reason == CloseReason.TOO_LARGE) {
                closeTooLarge(context);
            } else {
                close(context, reason);
            }
        }
    }
}
