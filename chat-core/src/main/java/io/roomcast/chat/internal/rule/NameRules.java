package io.roomcast.chat.internal.rule;

import java.lang.Character.UnicodeScript;

/**
 * Decides which characters ids and names may hold, so that two that look the same are the same.
 *
 * <p>An <em>id</em> names a conversation or a user. It holds visible characters, and spaces (U+0020) between them. A
 * <em>name</em> is a title, a file name or the key of a reaction. It may also hold the other spaces that keyboards and
 * operating systems write, and the invisible characters that scripts and emoji are built with, in the places where those
 * have an effect. Both refuse controls, line separators, bidirectional controls, blanks that look like spaces, halves of
 * surrogate pairs, noncharacters, spaces at either end, and combining marks without a character to combine with.
 *
 * <p>Ids refuse characters for private use, which look different with each font, and characters that Java's version of
 * Unicode does not know. The exceptions are the ranges that Unicode reserves for emoji and for Chinese characters: what
 * will be assigned there is visible. Names accept all of these. So a title may hold a new emoji.
 */
final class NameRules {
    /** The description of a valid id, for error messages. */
    static final String ID = "UTF-16 units of visible characters, with spaces only between them";

    /** The description of a valid name, for error messages. */
    static final String NAME = "no control or invisible characters, no space at either end, no mark without its letter";

    private static final int START = -1;

    /** Below are the scripts whose letters never join by an invisible character. */
    private static final int FIRST_JOINING = 0x600;

    private static final int BLACK_FLAG = 0x1F3F4;

    private NameRules() {}

    /** Whether the text is an id of 1 to {@code longest} UTF-16 units. */
    static boolean isId(String text, int longest) {
        return !text.isEmpty()
                && text.length() <= longest
                && (isAscii(text) || isVisible(text, false))
                && !hasOuterSpace(text);
    }

    /** Whether the text is a name of at most {@code longest} UTF-16 units; an empty one is. */
    static boolean isName(String text, int longest) {
        return text.length() <= longest && (isAscii(text) || isVisible(text, true)) && !hasOuterSpace(text);
    }

    /** Most ids are, and every command has one: this look is cheaper than the other. */
    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < ' ' || unit > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean hasOuterSpace(String text) {
        return !text.isEmpty()
                && (Character.isSpaceChar(text.charAt(0)) || Character.isSpaceChar(text.charAt(text.length() - 1)));
    }

    private static boolean isVisible(String text, boolean isName) {
        int before = START;
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            int after = at < text.length() ? text.codePointAt(at) : START;
            boolean isAllowed = isVisible(character)
                    ? combines(before, character) && (isName || isKnown(character))
                    : isName && belongs(before, character, after);
            if (!isAllowed) {
                return false;
            }
            before = character;
        }
        return true;
    }

    /** Whether the character is no combining mark, or has a character to combine with. */
    private static boolean combines(int before, int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
                before != START && !Character.isSpaceChar(before);
            default -> true;
        };
    }

    private static boolean isKnown(int character) {
        return switch (Character.getType(character)) {
            case Character.PRIVATE_USE -> false;
            case Character.UNASSIGNED -> isReserved(character);
            default -> true;
        };
    }

    /** Whether Unicode reserves the character for emoji or for Chinese characters. */
    private static boolean isReserved(int character) {
        return (character >= 0x1F000 && character <= 0x1FAFF) || (character >= 0x20000 && character <= 0x3FFFD);
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> !isNoncharacter(character) && !isBlank(character) && !isVariation(character);
        };
    }

    private static boolean isNoncharacter(int character) {
        return (character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF);
    }

    /** Letters, marks and symbols that show nothing, and the unassigned that never will. */
    private static boolean isBlank(int character) {
        return switch (character) {
            case 0x034F,
                    0x115F,
                    0x1160,
                    0x17B4,
                    0x17B5,
                    0x2065,
                    0x2800,
                    0x3164,
                    0xFFA0,
                    0xFFFC,
                    0x13441,
                    0x13442,
                    0x16FE4,
                    0x1D159 -> true;
            default -> (character >= 0xFFF0 && character <= 0xFFF8) || (character >= 0xE0000 && character <= 0xE0FFF);
        };
    }

    private static boolean isVariation(int character) {
        return (character >= 0x180B && character <= 0x180F && character != 0x180E)
                || (character >= 0xFE00 && character <= 0xFE0F)
                || (character >= 0xE0100 && character <= 0xE01EF);
    }

    /** Whether a name may hold an invisible character between two others. */
    private static boolean belongs(int before, int character, int after) {
        return switch (character) {
            // What French, Japanese and macOS write between words.
            case 0x00A0, 0x202F, 0x3000 -> true;
            case 0x200C, 0x200D, 0x180E -> joins(before) && joins(after);
            // Signs of Arabic and other scripts that are seen, under the letters which follow.
            case 0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F, 0x08E2, 0x110BD -> true;
            default -> isVariation(character) ? varies(before) : isTag(character) && isTagged(before);
        };
    }

    private static boolean joins(int character) {
        return character >= FIRST_JOINING
                && (isVisible(character) || isVariation(character))
                && !isOfPlainLetters(UnicodeScript.of(character));
    }

    private static boolean isOfPlainLetters(UnicodeScript script) {
        return script == UnicodeScript.LATIN || script == UnicodeScript.GREEK || script == UnicodeScript.CYRILLIC;
    }

    /** Whether the character before has variants: symbols, digits of key caps, and letters of some scripts. */
    private static boolean varies(int before) {
        return before != START
                && isVisible(before)
                && before != ' '
                && !(Character.isLetter(before) && isOfPlainLetters(UnicodeScript.of(before)));
    }

    /** Whether the character spells, behind a black flag, the country of a flag. */
    private static boolean isTag(int character) {
        return character >= 0xE0020 && character <= 0xE007F;
    }

    private static boolean isTagged(int before) {
        return before == BLACK_FLAG || isTag(before);
    }
}
