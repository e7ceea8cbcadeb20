package io.roomcast.chat.internal.push;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The call that a message in the history is about. Clients cannot send such a message. Immutable. */
record RecordedCall(String callId, String outcome) {
    private static final Pattern OUTCOME = Pattern.compile("\"outcome\":\"([A-Za-z]{1,32})\"");

    /** Returns the call, or null if the message is about none. */
    static @Nullable RecordedCall of(Message message) {
        String callId = message.clientMessageId();
        String metadata = message.body().metadata();
        if (message.type() != MessageType.CALL || callId == null || metadata == null) {
            return null;
        }
        Matcher outcome = OUTCOME.matcher(metadata);
        return outcome.find() ? new RecordedCall(callId, outcome.group(1)) : null;
    }
}
