package io.roomcast.chat.socketio.internal.files;

import static java.util.Objects.requireNonNullElse;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.command.CancelUpload;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.GetUpload;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.internal.api.ApiCommands;
import io.roomcast.chat.socketio.internal.api.ApiResponses;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.StreamingRoute;
import io.roomcast.chat.socketio.internal.request.HttpResponses;
import io.roomcast.chat.socketio.internal.wire.UploadWire;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Receives files by the tus protocol, version 1.0.0, with its extensions creation, termination and expiration, or by one
 * PUT request for each file.
 */
public final class UploadRoute implements StreamingRoute {
    private static final String ALL = "/api/uploads";
    private static final String ONE = UploadWire.PATH;
    private static final Set<HttpMethod> BYTES = Set.of(HttpMethod.POST, HttpMethod.PATCH, HttpMethod.PUT);
    private static final String PATCHED_TYPE = "application/offset+octet-stream";

    private final ApiCommands commands;
    private final UploadTransfers transfers;
    private final long maxBytes;
    private final boolean isDirect;

    /**
     * Creates the route.
     *
     * @param transfers stores what the requests contain
     * @param maxBytes the maximum size of a file
     * @param isDirect whether clients send the bytes to the host's own storage, and not to this server
     */
    public UploadRoute(ApiCommands commands, UploadTransfers transfers, long maxBytes, boolean isDirect) {
        this.commands = commands;
        this.transfers = transfers;
        this.maxBytes = maxBytes;
        this.isDirect = isDirect;
    }

    @Override
    public boolean streams(HttpMethod method, String path) {
        return (method.equals(HttpMethod.PATCH) || method.equals(HttpMethod.PUT)) && path.startsWith(ONE);
    }

    /** Returns true for uploads, as tus requires. */
    @Override
    public boolean permitsMethodOverride(String path) {
        return path.startsWith(ONE);
    }

    @Override
    public long maxBodyBytes() {
        return maxBytes;
    }

    @Override
    public void describe(String path, HttpHeaders response) {
        if (path.equals(ALL) || path.startsWith(ONE)) {
            TusHeaders.describe(response, maxBytes);
        }
    }

    @Override
    public boolean handle(HttpExchange exchange) {
        String path = exchange.path();
        boolean isCreation = path.equals(ALL) || path.equals(ONE);
        if (!isCreation && !path.startsWith(ONE)) {
            return false;
        }
        exchange.addToResponse(TusHeaders::add);
        if (!TusHeaders.hasVersion(exchange)) {
            refuseVersion(exchange);
        } else if (isDirect && BYTES.contains(exchange.method())) {
            ApiResponses.fail(exchange, ChatException.of(ErrorCode.CONFLICT));
        } else if (isCreation) {
            create(exchange);
        } else {
            handle(exchange, path.substring(ONE.length()));
        }
        return true;
    }

    private void refuseVersion(HttpExchange exchange) {
        FullHttpResponse response = HttpResponses.empty(HttpResponseStatus.PRECONDITION_FAILED);
        TusHeaders.describe(response.headers(), maxBytes);
        exchange.respond(response);
    }

    private void create(HttpExchange exchange) {
        if (exchange.method().equals(HttpMethod.POST)) {
            run(exchange, "startUpload", () -> start(exchange), started -> created(exchange, started));
        } else {
            exchange.rejectMethod("POST");
        }
    }

    private static StartUpload start(HttpExchange exchange) {
        long length = TusHeaders.number(exchange, TusHeaders.LENGTH);
        Map<String, String> metadata = TusHeaders.metadata(exchange);
        String conversationId = requireNonNullElse(metadata.get("conversationId"), "");
        String mimeType = first(metadata, "filetype", "type");
        String message = metadata.get("message");
        return new StartUpload(
                conversationId,
                requireNonNullElse(first(metadata, "filename", "name"), ""),
                length,
                mimeType,
                metadata.get("clientUploadId"),
                message == null ? null : UploadWire.message(message, conversationId, mimeType));
    }

    private static @Nullable String first(Map<String, String> metadata, String name, String otherName) {
        String value = requireNonNullElse(metadata.get(name), requireNonNullElse(metadata.get(otherName), ""));
        return value.isEmpty() ? null : value;
    }

    private static void created(HttpExchange exchange, StartUpload.Started started) {
        FullHttpResponse response = HttpResponses.empty(HttpResponseStatus.CREATED);
        // A path, because a proxy may know the server under another name.
        response.headers().set(HttpHeaderNames.LOCATION, ONE + started.file().id());
        UploadTransfers.describe(response.headers(), started, started.offset());
        exchange.respond(response);
    }

    private void handle(HttpExchange exchange, String uploadId) {
        String method = exchange.isHead() ? "HEAD" : exchange.method().name();
        switch (method) {
            case "HEAD" -> find(exchange, uploadId, started -> transfers.head(exchange, started));
            case "GET" -> find(exchange, uploadId, started -> transfers.state(exchange, started));
            case "DELETE" ->
                run(exchange, "cancelUpload", () -> new CancelUpload(uploadId), done -> cancelled(exchange));
            case "PATCH" -> patch(exchange, uploadId);
            case "PUT" -> put(exchange, uploadId);
            default -> exchange.rejectMethod("DELETE, GET, HEAD, PATCH, PUT");
        }
    }

    private void find(HttpExchange exchange, String uploadId, Consumer<StartUpload.Started> next) {
        run(exchange, "getUpload", () -> new GetUpload(uploadId), next);
    }

    private static void cancelled(HttpExchange exchange) {
        exchange.respond(HttpResponses.empty(HttpResponseStatus.NO_CONTENT));
    }

    private void patch(HttpExchange exchange, String uploadId) {
        UploadBody body = transfers.receive(exchange);
        String type = exchange.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        if (!PATCHED_TYPE.equalsIgnoreCase(type)) {
            body.discard();
            ApiResponses.unsupportedType(exchange, PATCHED_TYPE);
            return;
        }
        long offset;
        try {
            offset = TusHeaders.number(exchange, TusHeaders.OFFSET);
        } catch (ChatException malformed) {
            refuse(exchange, body, malformed);
            return;
        }
        receive(exchange, uploadId, body, started -> transfers.patch(exchange, started, offset, body));
    }

    private void put(HttpExchange exchange, String uploadId) {
        UploadBody body = transfers.receive(exchange);
        receive(exchange, uploadId, body, started -> transfers.put(exchange, started, body));
    }

    private void receive(HttpExchange exchange, String uploadId, UploadBody body, Consumer<StartUpload.Started> next) {
        commands.run(exchange, "getUpload", () -> new GetUpload(uploadId), new Reply<>() {
            @Override
            public void succeeded(StartUpload.Started started) {
                next.accept(started);
            }

            @Override
            public void failed(ChatException refusal) {
                refuse(exchange, body, refusal);
            }
        });
    }

    private static void refuse(HttpExchange exchange, UploadBody body, ChatException refusal) {
        body.discard();
        ApiResponses.fail(exchange, refusal);
    }

    private <R> void run(HttpExchange exchange, String name, Supplier<Command<R>> command, Consumer<? super R> next) {
        commands.run(exchange, name, command, new Reply<>() {
            @Override
            public void succeeded(R result) {
                next.accept(result);
            }

            @Override
            public void failed(ChatException refusal) {
                ApiResponses.fail(exchange, refusal);
            }
        });
    }
}
