package io.roomcast.chat.socketio.internal.files;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.command.StartUpload.Started;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.socketio.internal.api.ApiResponses;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.json.FileLinks;
import io.roomcast.chat.socketio.internal.request.BodyMemory;
import io.roomcast.chat.socketio.internal.request.HttpResponses;
import io.roomcast.chat.socketio.internal.wire.UploadWire;
import io.roomcast.chat.spi.AttachmentStore;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Stores the bodies of requests for uploads that their owners may continue. A later request for an upload ends an earlier
 * one. Safe for use by any thread.
 */
public final class UploadTransfers {
    /** The memory of all bodies together, beyond one read each. */
    private static final int BODY_BYTES = 8 << 20;

    private final ChatEngine chat;
    private final AttachmentStore store;
    private final FileThreads threads;
    private final FileLinks links;
    private final TransferFaults faults;
    private final UploadTurns turns = new UploadTurns();
    private final BodyMemory bodies = new BodyMemory(BODY_BYTES);

    UploadTransfers(
            ChatEngine chat, AttachmentStore store, FileThreads threads, FileLinks links, TransferFaults faults) {
        this.chat = chat;
        this.store = store;
        this.threads = threads;
        this.links = links;
        this.faults = faults;
    }

    /** Begins to receive the body of a request; call it while the route handles the request. */
    UploadBody receive(HttpExchange exchange) {
        UploadBody body = new UploadBody(exchange, threads, store, bodies);
        body.receive(exchange);
        return body;
    }

    /**
     * Responds with the number of stored bytes, after an earlier request has ended. An upload whose message is sent counts as
     * complete for some time, so that a client that has not received the last response does not begin another one.
     */
    void head(HttpExchange exchange, Started upload) {
        UploadState state = upload.file().state();
        if (state.code() != null) {
            ApiResponses.fail(exchange, ChatException.of(state.code()));
            return;
        }
        if (state.status().isSent() && Instant.now().isAfter(upload.expiresAt())) {
            exchange.respond(HttpResponses.empty(HttpResponseStatus.GONE));
            return;
        }
        if (!threads.tryBegin()) {
            ApiResponses.fail(exchange, ChatException.of(ErrorCode.UNAVAILABLE));
            return;
        }
        UploadTurns.Begun begun = turns.next(upload.file().id(), () -> {});
        begun.start()
                .thenRun(() -> onFileThread(
                        exchange,
                        () -> {
                            FullHttpResponse response = HttpResponses.empty(HttpResponseStatus.OK);
                            describe(response.headers(), upload, offset(upload));
                            TusHeaders.metadata(response.headers(), upload.file());
                            exchange.respond(response);
                        },
                        begun.turn()::end));
    }

    /** Responds with the state of the upload as JSON. An earlier request continues. */
    void state(HttpExchange exchange, Started upload) {
        if (!threads.tryBegin()) {
            ApiResponses.fail(exchange, ChatException.of(ErrorCode.UNAVAILABLE));
            return;
        }
        onFileThread(exchange, () -> respondState(exchange, upload, offset(upload)), () -> {});
    }

    /** The bytes of a sent file may be those of an earlier upload. */
    private long offset(Started upload) {
        StoredFile file = upload.file();
        return file.state().status().isSent() ? file.size() : store.size(file.id());
    }

    private void respondState(HttpExchange exchange, Started upload, long offset) {
        Started now = upload.at(offset);
        ApiResponses.succeed(exchange, json -> {
            links.attachTo(json);
            json.writeStartObject();
            json.writeBooleanField("success", true);
            UploadWire.started(json, now);
            json.writeEndObject();
        });
    }

    /** Runs a task of a transfer that was begun, and ends the transfer. */
    private void onFileThread(HttpExchange exchange, Runnable task, Runnable end) {
        threads.execute(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException failure) {
                        fail(exchange, ChatException.from(failure));
                    } finally {
                        end.run();
                        threads.end();
                    }
                },
                () -> {
                    end.run();
                    threads.end();
                    ApiResponses.fail(exchange, ChatException.of(ErrorCode.SERVER_DRAINING));
                });
    }

    private void fail(HttpExchange exchange, ChatException failure) {
        faults.fail(exchange, "an upload", failure);
    }

    /** Appends the body of a PATCH request at an offset. */
    void patch(HttpExchange exchange, Started upload, long offset, UploadBody body) {
        transfer(
                exchange,
                upload,
                body,
                size -> {
                    requireNotRefused(found(upload));
                    require(size == offset, ErrorCode.CONFLICT);
                    return offset;
                },
                now -> {
                    FullHttpResponse response = HttpResponses.empty(HttpResponseStatus.NO_CONTENT);
                    describe(response.headers(), now, now.offset());
                    exchange.respond(response);
                });
    }

    /** Stores the body of a PUT request as the whole file. */
    void put(HttpExchange exchange, Started upload, UploadBody body) {
        transfer(
                exchange,
                upload,
                body,
                size -> {
                    requireWhole(exchange, upload);
                    StoredFile open = reopened(found(upload));
                    require(size == 0 || store.clear(open), ErrorCode.CONFLICT);
                    return 0;
                },
                now -> {
                    if (now.offset() < now.file().size()) {
                        throw ChatException.invalid("body", "as many bytes as the file has");
                    }
                    respondState(exchange, now, now.offset());
                });
    }

    /** Refuses a body that is not the whole file before it replaces stored bytes. That of a chunked one is not known. */
    private static void requireWhole(HttpExchange exchange, Started upload) {
        boolean isKnown = !HttpUtil.isTransferEncodingChunked(exchange.request());
        if (isKnown
                && HttpUtil.getContentLength(exchange.request(), 0L)
                        != upload.file().size()) {
            throw ChatException.invalid("body", "as many bytes as the file has");
        }
    }

    private StoredFile found(Started upload) {
        return store.find(upload.file().id()).orElseThrow(() -> ChatException.of(ErrorCode.UPLOAD_NOT_FOUND));
    }

    private static void requireNotRefused(StoredFile file) {
        ErrorCode code = file.state().code();
        if (code != null) {
            throw ChatException.of(code);
        }
    }

    /** Returns a file whose bytes may be replaced: an open one, or one that is complete and belongs to no message. */
    private StoredFile reopened(StoredFile file) {
        requireNotRefused(file);
        UploadState state = file.state();
        if (state.status() == UploadState.Status.OPEN) {
            return file;
        }
        StoredFile open = file.at(state.at(UploadState.Status.OPEN, state.since()));
        boolean isUnsent = state.status() == UploadState.Status.READY && file.use() == null;
        require(isUnsent && store.update(file, open), ErrorCode.CONFLICT);
        return open;
    }

    private static void require(boolean condition, ErrorCode refusal) {
        if (!condition) {
            throw ChatException.of(refusal);
        }
    }

    /** Decides where a body begins. */
    @FunctionalInterface
    private interface Begin {
        /**
         * Returns the offset of the body.
         *
         * @param size the number of bytes that are stored
         * @throws ChatException to refuse the body
         */
        long offset(long size);
    }

    private void transfer(
            HttpExchange exchange, Started upload, UploadBody body, Begin begin, Consumer<Started> respond) {
        if (!threads.tryBegin()) {
            body.discard();
            ApiResponses.fail(exchange, ChatException.of(ErrorCode.UNAVAILABLE));
            return;
        }
        UploadTurns.Begun begun =
                turns.next(upload.file().id(), () -> exchange.channel().close());
        Receiver receiver = new Receiver(exchange, upload, body, begun.turn(), respond);
        begun.start().thenRun(() -> threads.execute(() -> receiver.begin(begin), receiver::aborted));
    }

    /** One request with a body. */
    private final class Receiver implements UploadBody.Outcome {
        private final HttpExchange exchange;
        private final Started upload;
        private final UploadBody body;
        private final UploadTurns.Turn turn;
        private final Consumer<Started> respond;

        private Receiver(
                HttpExchange exchange,
                Started upload,
                UploadBody body,
                UploadTurns.Turn turn,
                Consumer<Started> respond) {
            this.exchange = exchange;
            this.upload = upload;
            this.body = body;
            this.turn = turn;
            this.respond = respond;
        }

        private void begin(Begin begin) {
            try {
                long offset = begin.offset(store.size(upload.file().id()));
                long length = HttpUtil.getContentLength(exchange.request(), 0L);
                if (length > upload.file().size() - offset) {
                    throw ChatException.invalid("body", "no more bytes than the file has");
                }
                StoredFile file = upload.file();
                body.accept(file.id(), offset, file.size(), loaded -> chat.uploadProgress(file, loaded), this);
            } catch (RuntimeException failure) {
                body.discard();
                refused(ChatException.from(failure));
            }
        }

        private void refused(ChatException failure) {
            end();
            fail(exchange, failure);
        }

        private void end() {
            turn.end();
            threads.end();
        }

        /** Makes the bytes durable before the client learns of them. */
        @Override
        public void completed(long offset) {
            threads.execute(
                    () -> {
                        try {
                            store.sync(upload.file().id());
                        } catch (RuntimeException failure) {
                            refused(ChatException.from(failure));
                            return;
                        }
                        end();
                        durable(offset);
                    },
                    this::end);
        }

        /** Responds, after the checks of a whole file. If these cannot be made now, the bytes are stored nevertheless. */
        private void durable(long offset) {
            StoredFile file = upload.file();
            if (offset < file.size()) {
                respond(() -> found(upload), offset);
                return;
            }
            CompletionStage<StoredFile> unused = chat.completeUpload(file.id())
                    .whenComplete((facts, failure) -> respond(() -> failure == null ? facts : file, offset));
        }

        private void respond(Supplier<StoredFile> facts, long offset) {
            try {
                StoredFile file = facts.get();
                requireNotRefused(file);
                respond.accept(chat.upload(file, offset));
            } catch (RuntimeException failure) {
                fail(exchange, ChatException.from(failure));
            }
        }

        @Override
        public void failed(ChatException failure) {
            refused(failure);
        }

        @Override
        public void aborted() {
            threads.execute(
                    () -> {
                        try {
                            store.sync(upload.file().id());
                        } finally {
                            end();
                        }
                    },
                    this::end);
        }
    }

    /** Adds the state of an upload to a response. */
    static void describe(HttpHeaders headers, Started upload, long offset) {
        headers.set(TusHeaders.OFFSET, offset);
        headers.set(TusHeaders.LENGTH, upload.file().size());
        TusHeaders.expires(headers, upload.expiresAt());
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    }
}
