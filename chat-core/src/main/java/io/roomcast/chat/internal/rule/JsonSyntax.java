package io.roomcast.chat.internal.rule;

import java.util.HexFormat;

/**
 * Checks whether a text is a JSON object (RFC 8259) that clients can read back, without building values. Numbers out of
 * JavaScript's range and halves of surrogate pairs are refused. Not safe for use by several threads.
 */
final class JsonSyntax {
    private static final int MAX_DEPTH = 32;
    private static final String WORDS_END = " \t\r\n,:]}";

    private final String text;
    private int at;

    private JsonSyntax(String text) {
        this.text = text;
    }

    /** Whether the text is one JSON object and nothing else, with no more than {@value #MAX_DEPTH} levels. */
    static boolean isObject(String text) {
        JsonSyntax syntax = new JsonSyntax(text);
        syntax.space();
        if (!syntax.object(1)) {
            return false;
        }
        syntax.space();
        return syntax.at == text.length();
    }

    private boolean value(int depth) {
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            default -> word();
        };
    }

    private boolean object(int depth) {
        if (depth > MAX_DEPTH || !take('{')) {
            return false;
        }
        if (takeAfterSpace('}')) {
            return true;
        }
        do {
            space();
            if (!string() || !takeAfterSpace(':') || !spacedValue(depth)) {
                return false;
            }
        } while (takeAfterSpace(','));
        return takeAfterSpace('}');
    }

    private boolean array(int depth) {
        if (depth > MAX_DEPTH || !take('[')) {
            return false;
        }
        if (takeAfterSpace(']')) {
            return true;
        }
        do {
            if (!spacedValue(depth)) {
                return false;
            }
        } while (takeAfterSpace(','));
        return takeAfterSpace(']');
    }

    private boolean spacedValue(int depth) {
        space();
        return value(depth + 1);
    }

    private boolean string() {
        if (!take('"')) {
            return false;
        }
        while (at < text.length()) {
            char character = text.charAt(at++);
            if (character == '"') {
                return true;
            }
            if (character < ' ' || (character == '\\' && !escapes())) {
                return false;
            }
        }
        return false;
    }

    /** Reads an escape after its backslash. The first half of a surrogate pair must be followed by the other half. */
    private boolean escapes() {
        int unit = escape();
        return isBetween(unit, Character.MIN_HIGH_SURROGATE, Character.MAX_HIGH_SURROGATE)
                ? take('\\') && isLow(escape())
                : unit >= 0 && !isLow(unit);
    }

    private static boolean isLow(int unit) {
        return isBetween(unit, Character.MIN_LOW_SURROGATE, Character.MAX_LOW_SURROGATE);
    }

    private static boolean isBetween(int unit, char first, char last) {
        return unit >= first && unit <= last;
    }

    /** Returns the UTF-16 unit of an escaped number, 0 for another escape, or -1 if it is none. */
    private int escape() {
        char kind = peek();
        at++;
        if (kind == 'u') {
            return unit();
        }
        return kind != 0 && "\"\\/bfnrt".indexOf(kind) >= 0 ? 0 : -1;
    }

    private int unit() {
        int unit = 0;
        for (int end = at + 4; at < end; at++) {
            if (!HexFormat.isHexDigit(peek())) {
                return -1;
            }
            unit = unit * 16 + HexFormat.fromHexDigit(peek());
        }
        return unit;
    }

    /** A number, or one of the three names. */
    private boolean word() {
        int start = at;
        while (at < text.length() && WORDS_END.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        return word.equals("true")
                || word.equals("false")
                || word.equals("null")
                || (isNumber(word) && Double.isFinite(Double.parseDouble(word)));
    }

    private static boolean isNumber(String word) {
        int at = word.startsWith("-") ? 1 : 0;
        int whole = digits(word, at);
        if (whole == at || (word.charAt(at) == '0' && whole > at + 1)) {
            return false;
        }
        int fraction = whole < word.length() && word.charAt(whole) == '.' ? digits(word, whole + 1) : whole;
        if (fraction == whole + 1) {
            return false;
        }
        return fraction == word.length() || isExponent(word, fraction);
    }

    private static boolean isExponent(String word, int at) {
        if (Character.toLowerCase(word.charAt(at)) != 'e') {
            return false;
        }
        boolean isSigned = at + 1 < word.length() && "+-".indexOf(word.charAt(at + 1)) >= 0;
        int begin = isSigned ? at + 2 : at + 1;
        return begin < word.length() && digits(word, begin) == word.length();
    }

    /** Where the digits end. */
    private static int digits(String word, int at) {
        int end = at;
        while (end < word.length() && word.charAt(end) >= '0' && word.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private boolean takeAfterSpace(char wanted) {
        space();
        return take(wanted);
    }

    private boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }
}
