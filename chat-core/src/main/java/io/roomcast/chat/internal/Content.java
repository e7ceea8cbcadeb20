package io.roomcast.chat.internal;

/** Rules for text that users write. */
final class Content {
    private Content() {}

    /** Whether every surrogate has its other half, so that the text can be encoded as UTF-8. */
    static boolean isWellFormed(String text) {
        int i = 0;
        while (i < text.length()) {
            int symbol = text.codePointAt(i);
            if (symbol >= Character.MIN_SURROGATE && symbol <= Character.MAX_SURROGATE) {
                return false;
            }
            i += Character.charCount(symbol);
        }
        return true;
    }

    /** Whether the text has a control character, of any kind. */
    static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** The text without control characters, but with its line breaks and tabs. */
    static String withoutControls(String text) {
        if (text.chars().noneMatch(Content::isUnwanted)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        text.chars().filter(unit -> !isUnwanted(unit)).forEach(unit -> kept.append((char) unit));
        return kept.toString();
    }

    private static boolean isUnwanted(int unit) {
        return unit < ' ' && unit != '\n' && unit != '\t' && unit != '\r';
    }
}
