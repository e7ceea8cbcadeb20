package io.roomcast.chat.internal.handler;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Creates ids of 26 characters that sort by time, as ULIDs do: 48 bits of milliseconds, then 80 random bits, in the
 * alphabet of the ULID specification.
 */
final class MessageIds {
    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int LENGTH = 26;
    private static final int TIME_DIGITS = 10;
    private static final int RANDOM_DIGITS = 8;

    private final Clock clock;

    MessageIds(Clock clock) {
        this.clock = clock;
    }

    String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        char[] id = new char[LENGTH];
        write(id, 0, TIME_DIGITS, clock.millis());
        write(id, TIME_DIGITS, RANDOM_DIGITS, random.nextLong());
        write(id, TIME_DIGITS + RANDOM_DIGITS, RANDOM_DIGITS, random.nextLong());
        return new String(id);
    }

    /** Writes the lowest bits, five to a digit. */
    private static void write(char[] id, int from, int digits, long bits) {
        long rest = bits;
        for (int i = from + digits - 1; i >= from; i--) {
            id[i] = ALPHABET[(int) (rest & 31)];
            rest >>>= 5;
        }
    }
}
