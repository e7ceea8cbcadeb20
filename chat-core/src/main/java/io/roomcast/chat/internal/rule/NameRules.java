package io.roomcast.chat.internal.rule;

import java.lang.Character.UnicodeScript;

/**
 * Decides which characters ids and names may contain, so that two different ones never look the same.
 *
 * <p>An <em>id</em> identifies a conversation or a user. It consists of visible characters, with spaces (U+0020) only
 * between them. A <em>name</em> is a title, a file name or the key of a reaction. It may also contain the other spaces that
 * keyboards and operating systems produce, and the invisible characters that scripts and emoji need, where these have an
 * effect. Neither may contain controls, line separators, bidirectional controls, blanks that look like spaces, unpaired
 * surrogates, noncharacters, spaces at either end, or combining marks without a base character.
 *
 * <p>Ids may not contain private-use characters, whose look depends on the font, or characters unassigned in Java's version
 * of Unicode. Two ranges are excepted, which Unicode reserves for emoji and for Chinese characters: characters assigned
 * there later will be visible. Names may contain all of these. So a title may contain a new emoji.
 */
final class NameRules {
    /** The description of a valid id, for error messages. */
    static final String ID = "UTF-16 units of visible characters, with spaces only between them";

    /** The description of a valid name, for error messages. */
    static final String NAME = "no control or invisible characters, no space at either end, no mark without its letter";

    /** Stands for the character before the first and after the last. */
    private static final int NONE = -1;

    /** The first script whose letters can be joined by an invisible character. */
    private static final int FIRST_JOINING = 0x600;

    private static final int BLACK_FLAG = 0x1F3F4;

    private NameRules() {}

    /** Returns whether the text is an id of 1 to {@code maxLength} UTF-16 units. */
    static boolean isId(String text, int maxLength) {
        return !text.isEmpty()
                && text.length() <= maxLength
                && (isAscii(text) || isVisible(text, false))
                && !hasOuterSpace(text);
    }

    /** Returns whether the text is a name of at most {@code maxLength} UTF-16 units. A name may be empty. */
    static boolean isName(String text, int maxLength) {
        return text.length() <= maxLength && (isAscii(text) || isVisible(text, true)) && !hasOuterSpace(text);
    }

    /** Returns whether the text is printable ASCII. Most ids are, and this check is much cheaper than the full one. */
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
        int before = NONE;
        int index = 0;
        while (index < text.length()) {
            int character = text.codePointAt(index);
            index += Character.charCount(character);
            int after = index < text.length() ? text.codePointAt(index) : NONE;
            boolean isAllowed = isVisible(character)
                    ? hasBase(before, character) && (isName || isAssigned(character))
                    : isName && hasEffect(before, character, after);
            if (!isAllowed) {
                return false;
            }
            before = character;
        }
        return true;
    }

    /** Returns false for a combining mark without a base character. */
    private static boolean hasBase(int before, int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
                before != NONE && !Character.isSpaceChar(before);
            default -> true;
        };
    }

    private static boolean isAssigned(int character) {
        return switch (Character.getType(character)) {
            case Character.PRIVATE_USE -> false;
            case Character.UNASSIGNED -> isReserved(character);
            default -> true;
        };
    }

    /** Returns whether Unicode reserves the code point for emoji or for Chinese characters. */
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

    /** Returns whether a letter, mark or symbol shows nothing, or a code point is reserved for invisible characters. */
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

    /** Returns whether the character selects a variant of the one before it. */
    private static boolean isVariation(int character) {
        return (character >= 0x180B && character <= 0x180F && character != 0x180E)
                || (character >= 0xFE00 && character <= 0xFE0F)
                || (character >= 0xE0100 && character <= 0xE01EF);
    }

    /** Returns whether an invisible character has an effect between its neighbours, so that a name may contain it. */
    private static boolean hasEffect(int before, int character, int after) {
        return switch (character) {
            // Spaces of French and Japanese texts and of macOS.
            case 0x00A0, 0x202F, 0x3000 -> true;
            case 0x200C, 0x200D, 0x180E -> joins(before) && joins(after);
            // Visible signs of Arabic and other scripts, placed under the letters that follow.
            case 0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F, 0x08E2, 0x110BD -> true;
            default -> isVariation(character) ? hasVariants(before) : isTag(character) && followsFlag(before);
        };
    }

    private static boolean joins(int character) {
        return character >= FIRST_JOINING
                && (isVisible(character) || isVariation(character))
                && !hasSimpleLetters(UnicodeScript.of(character));
    }

    private static boolean hasSimpleLetters(UnicodeScript script) {
        return script == UnicodeScript.LATIN || script == UnicodeScript.GREEK || script == UnicodeScript.CYRILLIC;
    }

    /** Returns whether a character has variants: symbols, digits of key caps, and letters of some scripts. */
    private static boolean hasVariants(int before) {
        return before != NONE
                && isVisible(before)
                && before != ' '
                && !(Character.isLetter(before) && hasSimpleLetters(UnicodeScript.of(before)));
    }

    /** Returns whether the character is a tag. Tags after a black flag spell the country of a flag. */
    private static boolean isTag(int character) {
        return character >= 0xE0020 && character <= 0xE007F;
    }

    private static boolean followsFlag(int before) {
        return before == BLACK_FLAG || isTag(before);
    }
}
