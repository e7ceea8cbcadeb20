package io.roomcast.chat.socketio.internal.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Reads JSON strictly and within limits, and writes it into buffers. Safe for use by any thread.
 *
 * <p>Rejects duplicate fields, nesting deeper than {@value #MAX_DEPTH}, and numbers longer than {@value
 * #MAX_NUMBER_LENGTH} characters.
 */
public final class Json {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_NUMBER_LENGTH = 40;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);

    private static final ObjectReader PART_READER = READER.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /** Parses the text; empty unless it is exactly one JSON value within the limits. */
    public static Optional<JsonNode> parse(String text) {
        try {
            JsonNode value = READER.readValue(text);
            return Optional.ofNullable(value).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    /** Returns a parser that reads the text token by token, with the same limits. */
    public static JsonParser parser(String text) throws IOException {
        return MAPPER.createParser(text);
    }

    /** Reads the value that begins at the parser's current token, to its last token. */
    public static JsonNode part(JsonParser parser) throws IOException {
        return PART_READER.readTree(parser);
    }

    /** Returns a new object without fields. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Appends the writer's output to the buffer as UTF-8. Unpaired surrogates are escaped. */
    public static void write(ByteBuf buffer, Writer writer) {
        try (JsonGenerator json =
                FACTORY.createGenerator((OutputStream) new ByteBufOutputStream(buffer), JsonEncoding.UTF8)) {
            writer.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Writes a parsed value to the generator. */
    public static void write(JsonGenerator json, JsonNode value) throws IOException {
        MAPPER.writeTree(json, value);
    }

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface Writer {
        /** Writes the value to the generator. */
        void write(JsonGenerator json) throws IOException;
    }
}
