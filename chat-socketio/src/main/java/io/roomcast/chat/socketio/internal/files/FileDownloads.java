package io.roomcast.chat.socketio.internal.files;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.socketio.internal.api.ApiResponses;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.ResponseStream;
import io.roomcast.chat.socketio.internal.request.HttpResponses;
import io.roomcast.chat.spi.AttachmentStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends files, with one part of each in memory. Safe for use by any thread. */
public final class FileDownloads {
    private static final int PART_BYTES = 65_536;
    private static final String DOWNLOAD = "a download";

    private final AttachmentStore store;
    private final FileThreads threads;
    private final TransferFaults faults;

    FileDownloads(AttachmentStore store, FileThreads threads, TransferFaults faults) {
        this.store = store;
        this.threads = threads;
        this.faults = faults;
    }

    /**
     * Sends a file.
     *
     * @param file returns the file, or throws a {@link ChatException}; may block
     */
    void send(HttpExchange exchange, Supplier<StoredFile> file) {
        if (!threads.tryBegin()) {
            ApiResponses.fail(exchange, ChatException.of(ErrorCode.UNAVAILABLE));
            return;
        }
        threads.execute(() -> begin(exchange, file), () -> {
            threads.end();
            ApiResponses.fail(exchange, ChatException.of(ErrorCode.SERVER_DRAINING));
        });
    }

    private void begin(HttpExchange exchange, Supplier<StoredFile> file) {
        boolean continues = false;
        try {
            continues = respond(exchange, file.get());
        } catch (RuntimeException failure) {
            faults.fail(exchange, DOWNLOAD, ChatException.from(failure));
        } finally {
            if (!continues) {
                threads.end();
            }
        }
    }

    /** Responds; returns whether a body follows. */
    private boolean respond(HttpExchange exchange, StoredFile file) {
        FileHeaders headers = new FileHeaders(file, shownType(file));
        HttpHeaders request = exchange.headers();
        if (headers.isOther(request)) {
            exchange.respond(HttpResponses.empty(HttpResponseStatus.PRECONDITION_FAILED));
            return false;
        }
        if (headers.isCached(request)) {
            exchange.respond(headers.addTo(HttpResponses.empty(HttpResponseStatus.NOT_MODIFIED)));
            return false;
        }
        Optional<String> elsewhere = elsewhere(exchange, file, headers);
        if (elsewhere.isPresent()) {
            exchange.respond(headers.redirect(elsewhere.get()));
            return false;
        }
        ByteRange.Requested requested = ByteRange.of(headers.range(request), file.size());
        if (requested.kind() == ByteRange.Kind.UNSATISFIABLE) {
            exchange.respond(
                    headers.unsatisfiable(HttpResponses.empty(HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE)));
            return false;
        }
        ByteRange range = requested.range();
        HttpResponse head = headers.addTo(response(requested.kind()));
        if (requested.kind() == ByteRange.Kind.PART) {
            headers.addRange(head.headers(), range);
        }
        // Opened first, because a failure is reported instead of the head.
        ReadableByteChannel bytes = store.read(file.id(), range.from(), range.length());
        Optional<ResponseStream> body = exchange.respondInParts(head, range.length());
        if (body.isEmpty()) {
            closeQuietly(bytes);
            return false;
        }
        new Download(exchange, body.get(), bytes, range.length()).next();
        return true;
    }

    /**
     * Returns where the client finds the bytes; empty if this server sends them. Such a URL permits no HEAD request, and no
     * client has sent an empty file to the storage.
     */
    private Optional<String> elsewhere(HttpExchange exchange, StoredFile file, FileHeaders headers) {
        return exchange.isHead() || file.size() == 0
                ? Optional.empty()
                : store.direct()
                        .flatMap(storage -> storage.download(file, headers.contentType(), headers.disposition()));
    }

    private static void closeQuietly(ReadableByteChannel bytes) {
        try {
            bytes.close();
        } catch (IOException unimportant) {
            // All that was needed of the file was read, or it cannot be read.
            return;
        }
    }

    private static HttpResponse response(ByteRange.Kind kind) {
        HttpResponseStatus status =
                kind == ByteRange.Kind.PART ? HttpResponseStatus.PARTIAL_CONTENT : HttpResponseStatus.OK;
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
    }

    private Optional<String> shownType(StoredFile file) {
        ByteBuffer beginning = ByteBuffer.allocate(ShownType.BYTES);
        try (ReadableByteChannel bytes = store.read(file.id(), 0, ShownType.BYTES)) {
            fill(bytes, beginning);
        } catch (IOException failure) {
            throw ChatException.of(ErrorCode.STORAGE_UNAVAILABLE, failure);
        }
        return ShownType.of(file.mimeType(), beginning.flip());
    }

    private static void fill(ReadableByteChannel from, ByteBuffer to) throws IOException {
        int read = 0;
        while (read >= 0 && to.hasRemaining()) {
            read = from.read(to);
        }
    }

    /** One body. Runs on file threads, one part after the other. */
    private final class Download {
        private final HttpExchange exchange;
        private final ResponseStream stream;
        private final ReadableByteChannel bytes;
        private long unsent;

        private Download(HttpExchange exchange, ResponseStream stream, ReadableByteChannel bytes, long length) {
            this.exchange = exchange;
            this.stream = stream;
            this.bytes = bytes;
            this.unsent = length;
        }

        private void next() {
            if (unsent == 0) {
                close();
                stream.end(Unpooled.EMPTY_BUFFER);
                return;
            }
            ByteBuf part = exchange.channel().alloc().directBuffer((int) Math.min(PART_BYTES, unsent));
            try {
                ByteBuffer target = part.nioBuffer(0, part.capacity());
                fill(bytes, target);
                part.writerIndex(target.position());
            } catch (IOException | RuntimeException unreadable) {
                faults.log(DOWNLOAD, ChatException.of(ErrorCode.STORAGE_UNAVAILABLE, unreadable));
                part.clear();
            }
            send(part);
        }

        /** Sends a part. An empty one means that the file was deleted, or cannot be read. */
        private void send(ByteBuf part) {
            int length = part.readableBytes();
            if (length == 0) {
                part.release();
                abort();
                return;
            }
            unsent -= length;
            if (unsent == 0) {
                close();
                stream.end(part);
                return;
            }
            stream.write(part, sent -> threads.execute(sent ? this::next : this::abort, this::abort));
        }

        private void abort() {
            close();
            stream.abort();
        }

        private void close() {
            threads.end();
            closeQuietly(bytes);
        }
    }
}
