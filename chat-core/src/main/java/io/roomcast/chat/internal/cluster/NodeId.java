package io.roomcast.chat.internal.cluster;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The id of a node: 8 random bytes, new at each start of the node and after each long absence. Immutable.
 *
 * @param value the bytes as a number
 */
public record NodeId(long value) implements Comparable<NodeId> {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HexFormat HEX = HexFormat.of();

    /** Returns a new id. */
    public static NodeId random() {
        return new NodeId(RANDOM.nextLong());
    }

    /**
     * Returns the id with the given text.
     *
     * @param text 16 hexadecimal digits, as of {@link #toString}
     * @throws IllegalArgumentException if the text is malformed
     */
    public static NodeId parse(String text) {
        if (text.length() != 2 * Long.BYTES) {
            throw new IllegalArgumentException("text: \"" + text + "\" (expected: 16 hexadecimal digits)");
        }
        return new NodeId(HexFormat.fromHexDigitsToLong(text));
    }

    @Override
    public int compareTo(NodeId other) {
        return Long.compareUnsigned(value, other.value);
    }

    /** Returns 16 hexadecimal digits. */
    @Override
    public String toString() {
        return HEX.toHexDigits(value);
    }
}
