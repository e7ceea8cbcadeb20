package io.roomcast.chat.socketio.internal.netty;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Netty or Jackson.
 *
 * @param major such as 4
 * @param minor such as 2; parts of one library work together only if they share it
 * @param patch such as 20
 * @param text the full version, such as {@code 4.2.20.Final}
 */
record PartVersion(int major, int minor, int patch, String text) implements Comparable<PartVersion> {
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})\\b.*");

    private static final Comparator<PartVersion> ORDER = Comparator.comparingInt(PartVersion::major)
            .thenComparingInt(PartVersion::minor)
            .thenComparingInt(PartVersion::patch);

    /** Parses a version; returns empty if the text has no version. */
    static Optional<PartVersion> parse(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        return numbers.matches()
                ? Optional.of(new PartVersion(number(numbers, 1), number(numbers, 2), number(numbers, 3), text))
                : Optional.empty();
    }

    private static int number(Matcher numbers, int group) {
        return Integer.parseInt(numbers.group(group));
    }

    /** Returns whether both versions have the same major and minor number. */
    boolean hasMinorOf(PartVersion other) {
        return major == other.major && minor == other.minor;
    }

    @Override
    public int compareTo(PartVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartVersion version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return major * 1_000_000 + minor * 10_000 + patch;
    }

    @Override
    public String toString() {
        return text;
    }
}
