package io.roomcast.chat.socketio.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.socketio.internal.transport.HttpExchange;
import io.roomcast.chat.socketio.internal.wire.Json;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads JSON bodies according to their headers. Rejects bytes that are malformed in the declared charset. */
final class JsonBody {
    private static final Pattern JSON = Pattern.compile("\\s*application/(?:[a-z0-9.-]+\\+)?json\\s*(;.*)?");
    private static final Pattern CHARSET = Pattern.compile(";\\s*charset\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;\"]*))");
    private static final Map<String, Charset> CHARSETS = Map.of(
            "utf-8", StandardCharsets.UTF_8,
            "utf8", StandardCharsets.UTF_8,
            "us-ascii", StandardCharsets.US_ASCII,
            "iso-8859-1", StandardCharsets.ISO_8859_1,
            "utf-16", StandardCharsets.UTF_16,
            "utf-16be", StandardCharsets.UTF_16BE,
            "utf-16le", StandardCharsets.UTF_16LE);
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private JsonBody() {}

    /**
     * Returns the object in the body. Only JSON is accepted, which a page of another site cannot send without a
     * preflight request.
     *
     * @throws UnsupportedBodyException if it is compressed, or its charset is unknown
     * @throws ChatException if it is not a JSON object in its charset
     */
    static ObjectNode read(HttpExchange exchange) {
        String type = exchange.headers().get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        if (!JSON.matcher(type).matches()) {
            throw ChatException.invalid("content-type");
        }
        String coding = exchange.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        if (!HttpHeaderValues.IDENTITY.contentEqualsIgnoreCase(coding)) {
            throw new UnsupportedBodyException("content-encoding");
        }
        Charset charset = charset(type).orElseThrow(() -> new UnsupportedBodyException("content-type"));
        return Json.parse(text(exchange, charset))
                .filter(JsonNode::isObject)
                .map(ObjectNode.class::cast)
                .orElseThrow(() -> ChatException.invalid("body"));
    }

    private static Optional<Charset> charset(String type) {
        Matcher found = CHARSET.matcher(type);
        if (!found.find()) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        String name = found.group(1) == null ? found.group(2) : found.group(1);
        return Optional.ofNullable(CHARSETS.get(name));
    }

    private static String text(HttpExchange exchange, Charset charset) {
        try {
            String text = charset.newDecoder()
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
