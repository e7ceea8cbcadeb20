package io.roomcast.chat.internal.rule;

import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.MessageType;
import org.jspecify.annotations.Nullable;

/** Rules for text that users write. */
public final class TextRules {
    private TextRules() {}

    /** Whether a message needs no words beside its file. */
    public static boolean needsNoText(MessageType type, @Nullable Attachment attachment) {
        return attachment != null && (type == MessageType.FILE || type == MessageType.IMAGE);
    }

    /** Whether every surrogate has its other half, so that the text can be encoded as UTF-8. */
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

    /** Whether anything is left {@linkplain #withoutControls without controls}. */
    static boolean hasText(String text) {
        int i = 0;
        while (i < text.length() && isUnwanted(text.charAt(i))) {
            i++;
        }
        return i < text.length();
    }

    /** The text without the control characters of ASCII, but with its line breaks and tabs. */
    public static String withoutControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnwanted(text.charAt(i))) {
                return rebuilt(text, i);
            }
        }
        return text;
    }

    private static String rebuilt(String text, int firstUnwanted) {
        StringBuilder kept = new StringBuilder(text.length()).append(text, 0, firstUnwanted);
        for (int i = firstUnwanted; i < text.length(); i++) {
            if (!isUnwanted(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }

    private static boolean isUnwanted(char unit) {
        return unit < ' ' && unit != '\n' && unit != '\t' && unit != '\r';
    }
}
