package io.roomcast.chat.internal.rule;

import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.GetReactions;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.MessageType;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks messages when they are sent and edited, and reactions. */
public final class MessageRules {
    private static final Pattern CUSTOM_TYPE = Pattern.compile("[a-z0-9._-]{1," + FixedLimits.CUSTOM_TYPE_LENGTH + "}");
    private static final Pattern ANNOTATION_KEY =
            Pattern.compile("[A-Za-z0-9._-]{1," + FixedLimits.ANNOTATION_KEY_LENGTH + "}");
    private static final Duration MIN_EXPIRY = Duration.ofSeconds(5);
    private static final Duration MAX_EXPIRY = Duration.ofDays(365);

    private final Limits limits;
    private final IdRules ids;
    private final AttachmentRules attachments;

    MessageRules(Limits limits, IdRules ids) {
        this.limits = limits;
        this.ids = ids;
        this.attachments = new AttachmentRules(limits);
    }

    /**
     * Checks a message.
     *
     * @param fromClient whether a client sends it; some types are reserved for the host
     */
    public void send(SendMessage send, boolean fromClient) {
        requiredContent(send);
        if (send.clientMessageId() != null) {
            clientMessageId(send.clientMessageId());
        }
        attachments.attachments(send.attachments());
        ids.optionalMessageId(send.replyTo(), "replyTo");
        metadata(send.metadata());
        if (send.mentions().size() > FixedLimits.MENTIONS) {
            throw ChatException.invalid("mentions", "at most " + FixedLimits.MENTIONS + " users");
        }
        ids.userIds(send.mentions(), "mentions");
        FieldRules.require(!fromClient || send.type().fromClients(), "type");
        customType(send);
        expiry(send.expiresIn());
        FieldRules.require(send.ifLatestSeq() == null || FieldRules.isCount(send.ifLatestSeq()), "ifLatestSeq");
    }

    private static void customType(SendMessage send) {
        String customType = send.customType();
        if (send.type() != MessageType.CUSTOM) {
            FieldRules.require(customType == null, "customType");
        } else if (customType == null || customType.isEmpty()) {
            throw ChatException.missing("customType");
        } else if (!CUSTOM_TYPE.matcher(customType).matches()) {
            throw ChatException.invalid(
                    "customType",
                    "1 to " + FixedLimits.CUSTOM_TYPE_LENGTH
                            + " lower-case letters, digits, dots, hyphens and underscores");
        }
    }

    private static void expiry(@Nullable Duration expiresIn) {
        if (expiresIn != null && (expiresIn.compareTo(MIN_EXPIRY) < 0 || expiresIn.compareTo(MAX_EXPIRY) > 0)) {
            throw ChatException.invalid(
                    "expiresInMs", "from " + MIN_EXPIRY.toMillis() + " to " + MAX_EXPIRY.toMillis() + " ms");
        }
    }

    private void requiredContent(SendMessage send) {
        String content = Objects.requireNonNullElse(send.content(), "");
        if (!TextRules.hasText(content) && !TextRules.needsNoText(send.type(), send.attachments())) {
            throw ChatException.missing("content");
        }
        content(content);
    }

    /** Checks text of a message. It may be empty here. */
    void content(String content) {
        if (content.length() > limits.contentLength()) {
            throw ChatException.of(ErrorCode.MESSAGE_TOO_LONG);
        }
        FieldRules.require(TextRules.isWellFormed(content), "content");
    }

    private void clientMessageId(String clientMessageId) {
        if (!isAsciiWithoutSpaces(clientMessageId, limits.clientMessageIdLength())) {
            throw ChatException.invalid(
                    "clientMessageId", "1 to " + limits.clientMessageIdLength() + " ASCII characters without spaces");
        }
    }

    /** Uses no pattern, which would cost more than all other checks of a message together. */
    private static boolean isAsciiWithoutSpaces(String text, int maxLength) {
        if (text.isEmpty() || text.length() > maxLength) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit <= ' ' || unit >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** Checks an edit. Content may be empty here, because an attachment of the stored message may stand alone. */
    public void edit(EditMessage edit) {
        ids.messageId(edit.messageId());
        content(edit.content());
        metadata(edit.metadata());
        FieldRules.require(edit.expectedVersion() == null || edit.expectedVersion() >= 0, "expectedVersion");
    }

    /**
     * Checks an added or removed reaction.
     *
     * @param key the reaction, such as an emoji
     */
    public void reaction(String messageId, String key) {
        ids.messageId(messageId);
        if (key.isEmpty()) {
            throw ChatException.missing("key");
        }
        key(key);
    }

    /**
     * Checks an annotation that is set or removed.
     *
     * @param json the value, or null to remove it
     */
    public void annotation(String messageId, String key, @Nullable String json) {
        ids.messageId(messageId);
        if (!ANNOTATION_KEY.matcher(key).matches()) {
            throw ChatException.invalid(
                    "key",
                    "1 to " + FixedLimits.ANNOTATION_KEY_LENGTH + " letters, digits, dots, hyphens and underscores");
        }
        if (json != null && json.length() > FixedLimits.ANNOTATIONS_LENGTH) {
            throw ChatException.of(ErrorCode.PAYLOAD_TOO_LARGE);
        }
        if (json != null && (!TextRules.isWellFormed(json) || !JsonSyntax.isObject(json))) {
            throw ChatException.invalid("json", "a JSON object as text, without numbers out of JavaScript's range");
        }
    }

    /** Checks a request for a page of reactions. */
    public void reactions(GetReactions get) {
        ids.messageId(get.messageId());
        if (get.key() != null) {
            key(get.key());
        }
        if (get.after() != null) {
            ids.userId(get.after().userId(), "cursor");
        }
        FieldRules.pageSize(get.limit());
    }

    private static void key(String key) {
        if (!NameRules.isName(key, FixedLimits.REACTION_KEY_LENGTH)) {
            throw ChatException.invalid(
                    "key", "1 to " + FixedLimits.REACTION_KEY_LENGTH + " UTF-16 units, " + NameRules.NAME);
        }
    }

    /** Checks the metadata of a message or a conversation: a JSON object that clients can parse, or null. */
    public static void metadata(@Nullable String metadata) {
        if (metadata == null) {
            return;
        }
        if (metadata.length() > FixedLimits.METADATA_LENGTH) {
            throw ChatException.of(ErrorCode.PAYLOAD_TOO_LARGE);
        }
        if (!TextRules.isWellFormed(metadata) || !JsonSyntax.isObject(metadata)) {
            throw ChatException.invalid("metadata", "a JSON object as text, without numbers out of JavaScript's range");
        }
    }
}
