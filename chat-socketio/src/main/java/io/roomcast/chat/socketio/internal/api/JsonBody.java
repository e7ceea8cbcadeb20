package io.roomcast.chat.socketio.internal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.json.Json;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads JSON bodies strictly: they must be declared as JSON and encoded in UTF-8. */
final class JsonBody {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private JsonBody() {}

    /**
     * Returns the object in the body. Requires the media type of JSON, which a page of another site cannot send without
     * a preflight request.
     *
     * @throws UnsupportedBodyException if the body is not declared as JSON, or is declared as compressed
     * @throws ChatException if the body is not a JSON object in UTF-8
     */
    static ObjectNode read(HttpExchange exchange) {
        return Optional.of(value(exchange))
                .filter(JsonNode::isObject)
                .map(ObjectNode.class::cast)
                .orElseThrow(() -> ChatException.invalid("body"));
    }

    /**
     * Returns the JSON value in the body, under the conditions of {@link #read}.
     *
     * @throws UnsupportedBodyException if the body is not declared as JSON, or is declared as compressed
     * @throws ChatException if the body is not JSON in UTF-8
     */
    static JsonNode value(HttpExchange exchange) {
        if (!JsonType.isReadable(exchange.headers().getAll(HttpHeaderNames.CONTENT_TYPE))) {
            throw new UnsupportedBodyException("content-type", "application/json in UTF-8");
        }
        if (!exchange.headers().getAll(HttpHeaderNames.CONTENT_ENCODING).stream()
                .allMatch(HttpHeaderValues.IDENTITY::contentEqualsIgnoreCase)) {
            throw new UnsupportedBodyException("content-encoding", "identity");
        }
        return Json.parse(text(exchange)).orElseThrow(() -> ChatException.invalid("body"));
    }

    private static String text(HttpExchange exchange) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(exchange.body().nioBuffer())
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException malformed) {
            throw ChatException.invalid("body");
        }
    }
}
