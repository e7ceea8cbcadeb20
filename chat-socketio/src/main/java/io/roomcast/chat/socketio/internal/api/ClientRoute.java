package io.roomcast.chat.socketio.internal.api;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import io.roomcast.chat.socketio.internal.request.HttpResponses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/**
 * Serves the JavaScript client with its modules and hooks, their types, and its service worker. Under its name, a file is
 * validated by its entity tag with each use; under the tag and its name it never changes.
 */
public final class ClientRoute implements HttpRoute {
    private static final String PATH = "/api/client/";
    private static final String UNCHANGING = "public, max-age=31536000, immutable";

    private static final String FOLDER = "/io/roomcast/chat/socketio/client/";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String TYPES = "application/typescript; charset=utf-8";

    private final List<ClientFile> files = List.of(
            ClientFile.of("roomcast.js", SCRIPT, read("roomcast.min.js")),
            ClientFile.of("roomcast.d.ts", TYPES, read("roomcast.d.ts")),
            ClientFile.of("roomcast-files.js", SCRIPT, read("roomcast-files.min.js")),
            ClientFile.of("roomcast-files.d.ts", TYPES, read("roomcast-files.d.ts")),
            ClientFile.of("roomcast-push.js", SCRIPT, read("roomcast-push.min.js")),
            ClientFile.of("roomcast-push.d.ts", TYPES, read("roomcast-push.d.ts")),
            ClientFile.of("roomcast-push-react.js", SCRIPT, read("roomcast-push-react.js")),
            ClientFile.of("roomcast-push-react.d.ts", TYPES, read("roomcast-push-react.d.ts")),
            ClientFile.of("roomcast-calls.js", SCRIPT, read("roomcast-calls.min.js")),
            ClientFile.of("roomcast-calls.d.ts", TYPES, read("roomcast-calls.d.ts")),
            ClientFile.of("roomcast-calls-react.js", SCRIPT, read("roomcast-calls-react.js")),
            ClientFile.of("roomcast-calls-react.d.ts", TYPES, read("roomcast-calls-react.d.ts")),
            ClientFile.of("roomcast-worker.js", SCRIPT, read("roomcast-worker.js")),
            ClientFile.of("roomcast-react.js", SCRIPT, read("roomcast-react.js")),
            ClientFile.of("roomcast-react.d.ts", TYPES, read("roomcast-react.d.ts")));

    /** A file with its content, also compressed. */
    @SuppressWarnings("ArrayRecordComponent")
    private record ClientFile(String name, String type, byte[] plain, byte[] compressed, String version) {
        static ClientFile of(String name, String type, byte[] plain) {
            CRC32 sum = new CRC32();
            sum.update(plain);
            return new ClientFile(name, type, plain, compress(plain), Long.toHexString(sum.getValue()));
        }

        /** Returns the tag. It is weak, because the compressed content has the same one. */
        String tag() {
            return "W/\"" + version + '"';
        }

        String unchangingPath() {
            return PATH + version + '/' + name;
        }

        private static byte[] compress(byte[] plain) {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
                out.write(plain);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return compressed.toByteArray();
        }
    }

    @Override
    public boolean isPublic() {
        return true;
    }

    @Override
    public boolean handle(HttpExchange exchange) {
        return exchange.path().startsWith(PATH) && files.stream().anyMatch(file -> respond(exchange, file));
    }

    /** Reads a file of the client from the class path. Blocks. */
    private static byte[] read(String name) {
        try (InputStream file = ClientRoute.class.getResourceAsStream(FOLDER + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean respond(HttpExchange exchange, ClientFile file) {
        boolean isUnchanging = exchange.path().equals(file.unchangingPath());
        if (!isUnchanging && !exchange.path().equals(PATH + file.name())) {
            return false;
        }
        if (!exchange.method().equals(HttpMethod.GET)) {
            exchange.rejectMethod("GET, HEAD");
            return true;
        }
        FullHttpResponse response = response(exchange.headers(), file);
        response.headers()
                .set(HttpHeaderNames.CACHE_CONTROL, isUnchanging ? UNCHANGING : HttpHeaderValues.NO_CACHE)
                .set(HttpHeaderNames.ETAG, file.tag())
                .add(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
        exchange.respond(response);
        return true;
    }

    private static FullHttpResponse response(HttpHeaders request, ClientFile file) {
        if (file.tag().equals(request.get(HttpHeaderNames.IF_NONE_MATCH))) {
            return HttpResponses.of(HttpResponseStatus.NOT_MODIFIED, file.type(), Unpooled.EMPTY_BUFFER);
        }
        boolean isCompressed = request.get(HttpHeaderNames.ACCEPT_ENCODING, "").contains("gzip");
        byte[] content = isCompressed ? file.compressed() : file.plain();
        FullHttpResponse response =
                HttpResponses.of(HttpResponseStatus.OK, file.type(), Unpooled.wrappedBuffer(content));
        if (isCompressed) {
            response.headers().set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
        }
        return response;
    }
}
