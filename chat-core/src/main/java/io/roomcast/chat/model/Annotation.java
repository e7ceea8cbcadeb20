package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

/**
 * Something that the host states about a message, such as a link preview, a translation or a label. Immutable.
 *
 * @param key what it is: 1 to {@value FixedLimits#ANNOTATION_KEY_LENGTH} letters, digits, dots, hyphens and underscores
 * @param json a JSON object as text, which the chat stores and does not read
 */
public record Annotation(String key, String json) {
    /** Rejects null. */
    public Annotation {
        requireNonNull(key, "key");
        requireNonNull(json, "json");
    }

    int length() {
        return key.length() + json.length();
    }
}
