package io.roomcast.chat.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds unclear words in comments, string literals and documents, and names the plain words to write instead.
 *
 * <p>The list is the only one; the tests of all modules use it.
 */
public final class PlainWords {
    private record Word(Pattern pattern, String plain) {
        static Word of(String pattern, String plain) {
            return new Word(Pattern.compile("\\b(?:" + pattern + ")\\b", Pattern.CASE_INSENSITIVE), plain);
        }
    }

    private static final List<Word> WORDS = List.of(
            Word.of("tells?|telling|told", "send, notify, report, state"),
            Word.of("hears?|heard|hearing", "receive"),
            Word.of("whoever", "the caller, any client"),
            Word.of("nobody", "no user, null, none"),
            Word.of("somebody|someone", "a user, a client"),
            Word.of("anybody|anyone", "any user"),
            Word.of("how far", "the highest sequence number that"),
            Word.of("comes?|came|coming", "arrives, follows, is"),
            Word.of("at the most", "at most"),
            Word.of("farewells?", "leave event, disconnect"),
            Word.of("lets? in|letting in|lets? \\w+ in", "admit, authenticate"),
            Word.of("puts? (?:\\w+ )?out", "remove, disconnect"),
            Word.of("news", "notification, update"),
            Word.of("crowds?", "many sessions"),
            Word.of("patience", "timeout, retry budget"),
            Word.of("proofs?|proved", "token, credential, authenticated"),
            Word.of("pass(?:ed|es) over", "skipped"),
            Word.of("strangers?", "non-members"),
            Word.of("speaks? for", "identify"),
            Word.of("in vain", "without a result"),
            Word.of("go(?:es)? on", "continues"),
            Word.of("words", "text, content"),
            Word.of("wheel", "drain"),
            Word.of("one's own|of one's", "the user's own"),
            Word.of("at once", "immediately, at the same time, in one call"),
            Word.of("by and by|every now and then", "periodically"),
            Word.of(
                    "(?:un)?(?:authori|summari|seriali|recogni|organi|initiali)s\\w+|behaviours?",
                    "American spelling"));

    /** Text blocks, strings, characters and comments of Java. */
    private static final Pattern TOKEN = Pattern.compile(
            "\"\"\"(?:\\\\.|[^\\\\])*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])++'|//[^\\n]*+|/\\*.*?\\*/",
            Pattern.DOTALL);

    private PlainWords() {}

    /** Returns one line for each unclear word, with file, line and what to write instead. */
    public static List<String> foundIn(Path... folders) {
        return Stream.of(folders)
                .flatMap(PlainWords::files)
                .flatMap(PlainWords::findings)
                .toList();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(java|md)")).sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<String> findings(Path file) {
        String text = read(file);
        return file.toString().endsWith(".md")
                ? findings(file, text, 0, text)
                : TOKEN.matcher(text).results().flatMap(token -> findings(file, text, token.start(), token.group()));
    }

    private static Stream<String> findings(Path file, String text, int offset, String part) {
        return WORDS.stream()
                .flatMap(word ->
                        word.pattern().matcher(part).results().map(found -> finding(file, text, offset, found, word)));
    }

    private static String finding(Path file, String text, int offset, MatchResult found, Word word) {
        long line = 1
                + text.substring(0, offset + found.start())
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return file + ":" + line + ": " + found.group() + " (write: " + word.plain() + ")";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
