package io.roomcast.chat.socketio.internal.api;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import io.roomcast.chat.socketio.internal.request.HttpResponses;
import java.util.List;

/** Serves the contract of the protocol to front ends, as TypeScript types and as AsyncAPI and OpenAPI documents. */
public final class ContractRoute implements HttpRoute {
    private static final String PATH = "/api/contract/";

    private final List<ContractFile> files;

    /**
     * Reads the files. Blocks.
     *
     * @param path the path of the Socket.IO endpoint, which begins and ends with a slash
     */
    public ContractRoute(String path) {
        files = List.of(
                ContractFile.read("chat-events.d.ts", "application/typescript; charset=utf-8"),
                ContractFile.read("asyncapi.yaml", "application/yaml").at(path),
                ContractFile.read("openapi.yaml", "application/yaml"));
    }

    @Override
    public boolean isPublic() {
        return true;
    }

    @Override
    public boolean handle(HttpExchange exchange) {
        return files.stream().anyMatch(file -> respond(exchange, file));
    }

    private static boolean respond(HttpExchange exchange, ContractFile file) {
        if (!exchange.path().equals(PATH + file.name())) {
            return false;
        }
        if (!exchange.method().equals(HttpMethod.GET)) {
            exchange.rejectMethod("GET, HEAD");
            return true;
        }
        boolean isCached = file.tag().equals(exchange.headers().get(HttpHeaderNames.IF_NONE_MATCH));
        exchange.respond(response(file, isCached ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.OK));
        return true;
    }

    private static FullHttpResponse response(ContractFile file, HttpResponseStatus status) {
        FullHttpResponse response = HttpResponses.of(status, file.type(), Unpooled.wrappedBuffer(file.bytes()));
        response.headers()
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE)
                .set(HttpHeaderNames.ETAG, file.tag());
        return response;
    }
}
