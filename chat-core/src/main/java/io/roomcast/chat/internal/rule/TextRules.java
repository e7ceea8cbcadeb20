package io.roomcast.chat.internal.rule;

import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.MessageType;
import java.util.List;

/** Checks and cleans text that users write. */
public final class TextRules {
    private TextRules() {}

    /** Returns whether a message with these attachments may have empty content. */
    public static boolean needsNoText(MessageType type, List<Attachment> attachments) {
        return !attachments.isEmpty() && (type == MessageType.FILE || type == MessageType.IMAGE);
    }

    /** Returns whether the text has no unpaired surrogate, so that it can be encoded as UTF-8. */
    static boolean isWellFormed(String text) {
        int i = 0;
        while (i < text.length()) {
            char unit = text.charAt(i++);
            if (Character.isSurrogate(unit)
                    && !(i < text.length() && Character.isSurrogatePair(unit, text.charAt(i++)))) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the text is not empty {@linkplain #withoutControls without controls}. */
    static boolean hasText(String text) {
        int i = 0;
        while (i < text.length() && isControl(text.charAt(i))) {
            i++;
        }
        return i < text.length();
    }

    /** Returns the text without ASCII control characters, except line breaks and tabs. */
    public static String withoutControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return withoutControls(text, i);
            }
        }
        return text;
    }

    private static String withoutControls(String text, int firstControl) {
        StringBuilder kept = new StringBuilder(text.length()).append(text, 0, firstControl);
        for (int i = firstControl; i < text.length(); i++) {
            if (!isControl(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }

    private static boolean isControl(char unit) {
        return unit < ' ' && unit != '\n' && unit != '\t' && unit != '\r';
    }
}
