package io.roomcast.chat.socketio.internal.files;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import io.roomcast.chat.socketio.internal.channel.EventLoops;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.request.BodyFlow;
import io.roomcast.chat.socketio.internal.request.BodyMemory;
import io.roomcast.chat.socketio.internal.request.BodySink;
import io.roomcast.chat.spi.AttachmentStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends the body of a request to a file. What arrives together is stored together. Reads the next part from the connection
 * when the one before it is stored, so a slow store slows its client. Reads once before the request is accepted.
 */
@EventLoopConfined
final class UploadBody implements BodySink {
    /** Receives the outcome of a body, once, on the event loop or a file thread. */
    interface Outcome {
        /** All of the body is stored, but perhaps not durable. */
        void completed(long offset);

        /** The body is not stored as a whole. */
        void failed(ChatException failure);

        /** The connection was closed. */
        void aborted();
    }

    private final EventLoop loop;
    private final FileThreads threads;
    private final AttachmentStore store;
    private final BodyPace pace;

    /** The bytes to be stored next, which do not change while they are. */
    private final UploadPart part;

    /** Receives the number of stored bytes after each part. */
    private LongConsumer progress = loaded -> {};

    @Nullable
    private BodyFlow flow;

    @Nullable
    private Outcome outcome;

    private String fileId = "";
    private long offset;
    private long end;
    private boolean storing;
    private boolean complete;
    private boolean aborted;
    private boolean discarding;

    /**
     * Creates a body of which nothing is received.
     *
     * @param memory limits what all bodies hold together
     */
    UploadBody(HttpExchange exchange, FileThreads threads, AttachmentStore store, BodyMemory memory) {
        this.loop = exchange.channel().eventLoop();
        this.threads = threads;
        this.store = store;
        this.pace = new BodyPace(loop, () -> exchange.channel().close());
        this.part = new UploadPart(memory);
    }

    /**
     * Begins to receive the body, and waits after its first bytes. Netty's adaptive allocator maps new memory for each read
     * of a body that holds many buffers; the pooled one uses the same memory again.
     */
    void receive(HttpExchange exchange) {
        exchange.channel().config().setAllocator(PooledByteBufAllocator.DEFAULT);
        flow = exchange.streamBody(this);
    }

    /**
     * Accepts the body. Safe for use by any thread.
     *
     * @param from the offset at which the file is continued
     * @param until the offset that the body may not exceed
     * @param onProgress receives the number of stored bytes after each part, on a file thread; may block
     */
    void accept(String id, long from, long until, LongConsumer onProgress, Outcome receiver) {
        boolean running = EventLoops.tryExecute(loop, () -> {
            progress = onProgress;
            fileId = id;
            offset = from;
            end = until;
            outcome = receiver;
            begin(receiver);
        });
        if (!running) {
            receiver.aborted();
        }
    }

    private void begin(Outcome receiver) {
        if (aborted) {
            receiver.aborted();
        } else if (!part.isEmpty()) {
            pace.start();
            append();
        } else if (complete) {
            receiver.completed(offset);
        } else {
            pace.start();
            permitMore();
        }
    }

    private void permitMore() {
        BodyFlow reading = flow;
        if (reading != null) {
            pace.resumed();
            reading.permit();
            reading.resume();
        }
    }

    /** Drops the body, because the request is refused. Safe for use by any thread. */
    void discard() {
        EventLoops.tryExecute(loop, () -> {
            discarding = true;
            pace.stop();
            dropPart();
            if (flow != null) {
                flow.resume();
            }
        });
    }

    private void dropPart() {
        if (!storing) {
            part.clear();
        }
    }

    @Override
    public boolean write(ByteBuf bytes) {
        if (discarding) {
            return true;
        }
        pace.received(bytes.readableBytes());
        return part.add(bytes) && outcome != null;
    }

    @Override
    public boolean flush() {
        if (!storing && !part.isEmpty() && outcome != null) {
            append();
        }
        return !storing && part.isEmpty();
    }

    private void append() {
        int length = part.length();
        if (offset + length > end) {
            fail(ChatException.invalid("body", "no more bytes than the file has"));
            return;
        }
        storing = true;
        List<ByteBuffer> bytes = part.bytes();
        long from = offset;
        LongConsumer onProgress = progress;
        threads.execute(
                () -> store(bytes, from, length, onProgress),
                () -> stored(length, ChatException.of(ErrorCode.SERVER_DRAINING)));
    }

    /** Runs on a file thread. */
    private void store(List<ByteBuffer> bytes, long from, int length, LongConsumer onProgress) {
        ChatException failure = null;
        try {
            long size = store.append(fileId, from, bytes);
            if (size == from + length) {
                onProgress.accept(size);
            } else {
                failure = ChatException.of(ErrorCode.CONFLICT);
            }
        } catch (RuntimeException thrown) {
            failure = ChatException.from(thrown);
        }
        stored(length, failure);
    }

    private void stored(int length, @Nullable ChatException failure) {
        boolean running = EventLoops.tryExecute(loop, () -> {
            part.clear();
            storing = false;
            offset += length;
            next(failure);
        });
        if (!running) {
            part.clear();
        }
    }

    private void next(@Nullable ChatException failure) {
        if (failure != null) {
            fail(failure);
        } else if (aborted) {
            report(Outcome::aborted);
        } else if (complete) {
            report(receiver -> receiver.completed(offset));
        } else {
            permitMore();
        }
    }

    private void fail(ChatException failure) {
        discard();
        report(receiver -> receiver.failed(failure));
    }

    private void report(Consumer<Outcome> report) {
        Outcome receiver = outcome;
        outcome = null;
        pace.stop();
        if (receiver != null) {
            report.accept(receiver);
        }
    }

    @Override
    public void end() {
        complete = true;
        flush();
        if (outcome != null && !storing) {
            report(receiver -> receiver.completed(offset));
        }
    }

    @Override
    public void abort() {
        aborted = true;
        dropPart();
        if (!storing) {
            report(Outcome::aborted);
        }
    }
}
