package io.roomcast.chat.internal.rule;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a message may hold, when it is sent and when it is edited; safe for use by any thread. */
final class MessageRules {
    static final int METADATA_LENGTH = 4_096;

    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]+");

    private final Limits limits;

    MessageRules(Limits limits) {
        this.limits = limits;
    }

    /** Refuses words that are too many, or no text. */
    void content(String content) {
        if (content.length() > limits.contentLength()) {
            throw ChatException.of(ErrorCode.MESSAGE_TOO_LONG);
        }
        require(TextRules.isWellFormed(content), "content");
    }

    void metadata(@Nullable String metadata) {
        if (metadata == null) {
            return;
        }
        if (metadata.length() > METADATA_LENGTH) {
            throw ChatException.of(ErrorCode.PAYLOAD_TOO_LARGE);
        }
        requireObject(metadata);
    }

    /** Refuses metadata that clients could not read. */
    static void requireObject(String metadata) {
        if (!TextRules.isWellFormed(metadata) || !JsonSyntax.isObject(metadata)) {
            throw ChatException.invalid("metadata", "a JSON object as text, without numbers out of JavaScript's range");
        }
    }

    /** Refuses what cannot be the id of a message; whether there is one is not asked. */
    void replyTo(@Nullable String messageId) {
        require(messageId == null || isId(messageId), "replyTo");
    }

    void messageId(String messageId) {
        if (messageId.isEmpty()) {
            throw ChatException.missing("messageId");
        }
        require(isId(messageId), "messageId");
    }

    private boolean isId(String messageId) {
        return messageId.length() <= limits.idLength() && ID.matcher(messageId).matches();
    }

    private static void require(boolean holds, String field) {
        if (!holds) {
            throw ChatException.invalid(field);
        }
    }
}
