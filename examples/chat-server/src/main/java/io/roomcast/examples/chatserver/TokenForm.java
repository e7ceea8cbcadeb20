package io.roomcast.examples.chatserver;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Checks the form of a JSON Web Token strictly, so that no two parsers read different tokens from the same text (RFC 7515,
 * RFC 7519, RFC 8725). The signature is checked by the library.
 */
final class TokenForm {
    private static final int PARTS = 3;
    private static final List<String> TIMES = List.of("exp", "nbf", "iat");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TokenForm() {}

    /**
     * Returns whether the token has three parts in canonical base64url, the first two are JSON objects without repeated
     * members, no extension is critical, as none is supported, and the times are numbers.
     */
    static boolean isValid(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS || !isCanonical(parts[2])) {
            return false;
        }
        JsonNode header = object(parts[0]);
        JsonNode claims = object(parts[1]);
        return header.isObject() && !header.has("crit") && claims.isObject() && hasTimes(claims);
    }

    private static boolean hasTimes(JsonNode claims) {
        return TIMES.stream()
                .allMatch(name -> !claims.has(name) || claims.get(name).isNumber());
    }

    /** Returns the JSON in a part of a token; a missing node if the part is malformed. */
    private static JsonNode object(String part) {
        if (!isCanonical(part)) {
            return MissingNode.getInstance();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(part));
            return JSON.readTree(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException | JacksonException malformed) {
            return MissingNode.getInstance();
        }
    }

    /** Returns whether the text is base64url without padding, without excess bits after its last byte. */
    private static boolean isCanonical(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
