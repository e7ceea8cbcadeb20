package io.roomcast.chat.internal.rule;

import io.roomcast.chat.model.ChatException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the ids of conversations, users and messages. */
public final class IdRules {
    private static final Pattern MESSAGE_ID = Pattern.compile("[\\x21-\\x7e]+");

    private final int maxLength;

    /**
     * Creates rules.
     *
     * @param maxLength the maximum length of an id in UTF-16 units
     */
    IdRules(int maxLength) {
        this.maxLength = maxLength;
    }

    public void conversationId(String conversationId) {
        if (conversationId.isEmpty()) {
            throw ChatException.missing("conversationId");
        }
        id(conversationId, "conversationId");
    }

    /** Checks the ids of a conversation and a user. */
    public void member(String conversationId, String userId) {
        conversationId(conversationId);
        userId(userId);
    }

    /** Checks a required field {@code userId}. */
    public void userId(String userId) {
        if (userId.isEmpty()) {
            throw ChatException.missing("userId");
        }
        userId(userId, "userId");
    }

    /** Checks a user id. A refusal names the given field. */
    public void userId(String userId, String field) {
        id(userId, field);
    }

    /** Checks a list of user ids. A refusal names the list's field and the index of the first invalid id. */
    public void userIds(List<String> userIds, String field) {
        FieldRules.each(userIds, field, userId -> userId(userId, field));
    }

    private void id(String id, String field) {
        if (!NameRules.isId(id, maxLength)) {
            throw ChatException.invalid(field, "1 to " + maxLength + " " + NameRules.ID);
        }
    }

    public void messageId(String messageId) {
        if (messageId.isEmpty()) {
            throw ChatException.missing("messageId");
        }
        FieldRules.require(isMessageId(messageId), "messageId");
    }

    /** Checks the form of an id, such as that of the message that another one replies to. Null is valid. */
    public void optionalMessageId(@Nullable String messageId, String field) {
        FieldRules.require(messageId == null || isMessageId(messageId), field);
    }

    private boolean isMessageId(String messageId) {
        return messageId.length() <= maxLength && MESSAGE_ID.matcher(messageId).matches();
    }
}
