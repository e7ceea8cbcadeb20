package io.roomcast.chat.spi;

import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.spi.PushContent.Subject;
import org.jspecify.annotations.Nullable;

/** What the built-in contents of push notifications say. */
final class BuiltInPushContent {
    static final PushContent NONE = subject -> PushContent.Text.NONE;

    private static final String ELLIPSIS = "…";

    private BuiltInPushContent() {}

    static String title(Subject subject) {
        String name = subject.senderName() == null ? subject.senderId() : subject.senderName();
        return subject.conversationTitle() == null ? name : name + " (" + subject.conversationTitle() + ")";
    }

    static @Nullable String body(Subject subject) {
        Message message = subject.message();
        if (message == null) {
            return null;
        }
        Attachment file = message.attachment();
        String text = message.content().isEmpty() && file != null ? file.fileName() : message.content();
        return text == null || text.isEmpty() ? null : shortened(text);
    }

    private static String shortened(String text) {
        if (text.length() <= PushContent.MAX_BODY) {
            return text;
        }
        int end = PushContent.MAX_BODY - ELLIPSIS.length();
        boolean splitsPair = Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splitsPair ? end - 1 : end) + ELLIPSIS;
    }
}
