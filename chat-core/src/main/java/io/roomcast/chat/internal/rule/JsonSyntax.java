package io.roomcast.chat.internal.rule;

import java.util.HexFormat;

/**
 * Checks whether a text is a JSON object or value (RFC 8259) that clients can parse, without building values. Refuses numbers out of
 * JavaScript's range and unpaired surrogates. Not safe for use by several threads.
 *
 * <p>A recursive-descent parser, whose methods consume what they parse and return false at an error.
 */
final class JsonSyntax {
    private static final int MAX_DEPTH = 32;
    private static final String LITERAL_END = " \t\r\n,:]}";

    private final String text;
    private int index;

    private JsonSyntax(String text) {
        this.text = text;
    }

    /** Returns whether the text is one JSON object and nothing else, with at most {@value #MAX_DEPTH} levels. */
    static boolean isObject(String text) {
        JsonSyntax syntax = new JsonSyntax(text);
        syntax.skipSpace();
        if (!syntax.object(1)) {
            return false;
        }
        syntax.skipSpace();
        return syntax.index == text.length();
    }

    /** Returns whether the text is one JSON value and nothing else, with at most {@value #MAX_DEPTH} levels. */
    static boolean isValue(String text) {
        JsonSyntax syntax = new JsonSyntax(text);
        syntax.skipSpace();
        if (!syntax.value(1)) {
            return false;
        }
        syntax.skipSpace();
        return syntax.index == text.length();
    }

    private boolean value(int depth) {
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            default -> literal();
        };
    }

    private boolean object(int depth) {
        if (depth > MAX_DEPTH || !accept('{')) {
            return false;
        }
        if (acceptAfterSpace('}')) {
            return true;
        }
        do {
            skipSpace();
            if (!string() || !acceptAfterSpace(':') || !spacedValue(depth)) {
                return false;
            }
        } while (acceptAfterSpace(','));
        return acceptAfterSpace('}');
    }

    private boolean array(int depth) {
        if (depth > MAX_DEPTH || !accept('[')) {
            return false;
        }
        if (acceptAfterSpace(']')) {
            return true;
        }
        do {
            if (!spacedValue(depth)) {
                return false;
            }
        } while (acceptAfterSpace(','));
        return acceptAfterSpace(']');
    }

    private boolean spacedValue(int depth) {
        skipSpace();
        return value(depth + 1);
    }

    private boolean string() {
        if (!accept('"')) {
            return false;
        }
        while (index < text.length()) {
            char character = text.charAt(index++);
            if (character == '"') {
                return true;
            }
            if (character < ' ' || (character == '\\' && !isEscape())) {
                return false;
            }
        }
        return false;
    }

    /** Parses an escape after its backslash. A high surrogate must be followed by a low one. */
    private boolean isEscape() {
        int unit = escape();
        return isBetween(unit, Character.MIN_HIGH_SURROGATE, Character.MAX_HIGH_SURROGATE)
                ? accept('\\') && isLow(escape())
                : unit >= 0 && !isLow(unit);
    }

    private static boolean isLow(int unit) {
        return isBetween(unit, Character.MIN_LOW_SURROGATE, Character.MAX_LOW_SURROGATE);
    }

    private static boolean isBetween(int unit, char first, char last) {
        return unit >= first && unit <= last;
    }

    /** Parses an escape. Returns the UTF-16 unit of a numeric one, 0 for another one, or -1 at an error. */
    private int escape() {
        char kind = peek();
        index++;
        if (kind == 'u') {
            return unit();
        }
        return kind != 0 && "\"\\/bfnrt".indexOf(kind) >= 0 ? 0 : -1;
    }

    private int unit() {
        int unit = 0;
        for (int end = index + 4; index < end; index++) {
            if (!HexFormat.isHexDigit(peek())) {
                return -1;
            }
            unit = unit * 16 + HexFormat.fromHexDigit(peek());
        }
        return unit;
    }

    /** Parses a number, {@code true}, {@code false} or {@code null}. */
    private boolean literal() {
        int start = index;
        while (index < text.length() && LITERAL_END.indexOf(text.charAt(index)) < 0) {
            index++;
        }
        String literal = text.substring(start, index);
        return literal.equals("true")
                || literal.equals("false")
                || literal.equals("null")
                || (isNumber(literal) && Double.isFinite(Double.parseDouble(literal)));
    }

    private static boolean isNumber(String literal) {
        int begin = literal.startsWith("-") ? 1 : 0;
        int integerEnd = endOfDigits(literal, begin);
        if (integerEnd == begin || (literal.charAt(begin) == '0' && integerEnd > begin + 1)) {
            return false;
        }
        boolean hasFraction = integerEnd < literal.length() && literal.charAt(integerEnd) == '.';
        int fractionEnd = hasFraction ? endOfDigits(literal, integerEnd + 1) : integerEnd;
        if (fractionEnd == integerEnd + 1) {
            return false;
        }
        return fractionEnd == literal.length() || isExponent(literal, fractionEnd);
    }

    private static boolean isExponent(String literal, int index) {
        if (Character.toLowerCase(literal.charAt(index)) != 'e') {
            return false;
        }
        boolean isSigned = index + 1 < literal.length() && "+-".indexOf(literal.charAt(index + 1)) >= 0;
        int begin = isSigned ? index + 2 : index + 1;
        return begin < literal.length() && endOfDigits(literal, begin) == literal.length();
    }

    /** Returns the index after the digits that begin at an index. */
    private static int endOfDigits(String literal, int begin) {
        int end = begin;
        while (end < literal.length() && literal.charAt(end) >= '0' && literal.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private boolean acceptAfterSpace(char expected) {
        skipSpace();
        return accept(expected);
    }

    private boolean accept(char expected) {
        if (peek() != expected) {
            return false;
        }
        index++;
        return true;
    }

    private void skipSpace() {
        while (index < text.length() && " \t\r\n".indexOf(text.charAt(index)) >= 0) {
            index++;
        }
    }

    private char peek() {
        return index < text.length() ? text.charAt(index) : 0;
    }
}
