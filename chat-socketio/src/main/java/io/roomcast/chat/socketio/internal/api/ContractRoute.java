package io.roomcast.chat.socketio.internal.api;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import java.util.List;

/** Gives front ends the contract of the wire: as types of TypeScript, and as an AsyncAPI document. */
public final class ContractRoute implements HttpRoute {
    private static final String PATH = "/api/contract/";

    private final List<ContractFile> files;

    /** Reads the files and sets their endpoint path, which begins and ends with a slash. */
    public ContractRoute(String path) {
        files = List.of(
                ContractFile.read("chat-events.d.ts", "application/typescript; charset=utf-8"),
                ContractFile.read("asyncapi.yaml", "application/yaml").at(path));
    }

    @Override
    public boolean isPublic() {
        return true;
    }

    @Override
    public boolean handle(HttpExchange exchange) {
        return files.stream().anyMatch(file -> answer(exchange, file));
    }

    private static boolean answer(HttpExchange exchange, ContractFile file) {
        if (!exchange.path().equals(PATH + file.name())) {
            return false;
        }
        if (!exchange.method().equals(HttpMethod.GET)) {
            exchange.refuseMethod("GET, HEAD");
            return true;
        }
        boolean isKnown = file.tag().equals(exchange.headers().get(HttpHeaderNames.IF_NONE_MATCH));
        exchange.answer(response(file, isKnown ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.OK));
        return true;
    }

    private static DefaultFullHttpResponse response(ContractFile file, HttpResponseStatus status) {
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(file.bytes()));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, file.type())
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE)
                .set(HttpHeaderNames.ETAG, file.tag());
        return response;
    }
}
