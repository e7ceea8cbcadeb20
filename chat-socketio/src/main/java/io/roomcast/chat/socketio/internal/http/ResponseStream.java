package io.roomcast.chat.socketio.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.roomcast.chat.socketio.internal.channel.EventLoops;
import io.roomcast.chat.socketio.internal.channel.LingeringClose;
import io.roomcast.chat.socketio.internal.channel.WriteProgress;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends the body of one response in parts. The caller sends a part when the one before it was sent, so one part is in
 * memory. Closes the connection of a client that receives nothing of a part for {@value #STALLED_SECONDS} seconds. Safe
 * for use by any thread.
 */
public final class ResponseStream {
    private static final int STALLED_SECONDS = 30;

    private final Channel channel;
    private final boolean keepAlive;
    private final Runnable beforeEnd;
    private final boolean isEmpty;

    /**
     * Creates a stream.
     *
     * @param beforeEnd prepares the connection for the next request; runs on the event loop before the last part is written
     * @param isEmpty whether the head is all of the response
     */
    ResponseStream(Channel channel, boolean keepAlive, Runnable beforeEnd, boolean isEmpty) {
        this.channel = channel;
        this.keepAlive = keepAlive;
        this.beforeEnd = beforeEnd;
        this.isEmpty = isEmpty;
    }

    void begin(HttpResponse head) {
        EventLoops.tryExecute(channel.eventLoop(), () -> {
            channel.write(head);
            if (isEmpty) {
                writeEnd(Unpooled.EMPTY_BUFFER);
            }
        });
    }

    /**
     * Sends a part, which is released.
     *
     * @param sent receives whether the part was sent; called on the event loop
     */
    public void write(ByteBuf part, Consumer<Boolean> sent) {
        boolean accepted = EventLoops.tryExecute(channel.eventLoop(), () -> {
            ChannelFuture written = channel.writeAndFlush(new DefaultHttpContent(part));
            written.addListener(done -> sent.accept(done.isSuccess()));
            if (!written.isDone()) {
                watch(written, new WriteProgress(channel));
            }
        });
        if (!accepted) {
            part.release();
            sent.accept(false);
        }
    }

    private void watch(ChannelFuture written, WriteProgress progress) {
        Future<?> timer = channel.eventLoop()
                .schedule(
                        () -> {
                            if (progress.hasProgressed()) {
                                watch(written, progress);
                            } else {
                                channel.close();
                            }
                        },
                        STALLED_SECONDS,
                        TimeUnit.SECONDS);
        written.addListener(done -> timer.cancel(false));
    }

    /** Sends the last part, which is released. The client may send its next request as soon as it has received it. */
    public void end(ByteBuf part) {
        if (!EventLoops.tryExecute(channel.eventLoop(), () -> writeEnd(part))) {
            part.release();
        }
    }

    private void writeEnd(ByteBuf part) {
        beforeEnd.run();
        ChannelFuture ended = channel.writeAndFlush(new DefaultLastHttpContent(part));
        if (!ended.isDone()) {
            watch(ended, new WriteProgress(channel));
        }
        if (!keepAlive) {
            LingeringClose.after(ended);
        }
    }

    /** Closes the connection, because the rest of the body cannot be sent. */
    public void abort() {
        channel.close();
    }
}
