package io.roomcast.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Identifies a message within its content: hexadecimal numbers of fixed width after a marker character, which occurs
 * nowhere else in a packet.
 */
final class Stamp {
    static final byte MARK = '~';

    private static final int RUN = 1;
    private static final int SENDER = 9;
    private static final int COUNTER = 13;
    private static final int NANOS = 21;
    private static final int END = 37;
    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private Stamp() {}

    /** Writes the content with the parts of the stamp that are the same for all messages of a sender. */
    static void fill(byte[] packet, int from, int to, int run, int sender) {
        if (to - from < END) {
            throw new IllegalArgumentException("content: " + (to - from) + " bytes (expected: >= " + END + ")");
        }
        Arrays.fill(packet, from, to, (byte) 'x');
        packet[from] = MARK;
        write(packet, from + RUN, SENDER - RUN, run);
        write(packet, from + SENDER, COUNTER - SENDER, sender);
    }

    /** Writes the parts of the stamp that differ between messages. */
    static void number(byte[] packet, int from, int counter, long nanos) {
        write(packet, from + COUNTER, NANOS - COUNTER, counter);
        write(packet, from + NANOS, END - NANOS, nanos);
    }

    private static void write(byte[] packet, int from, int digits, long value) {
        long rest = value;
        for (int at = from + digits - 1; at >= from; at--) {
            packet[at] = DIGITS[(int) (rest & 0xf)];
            rest >>>= 4;
        }
    }

    static int run(ByteBuf bytes, int mark) {
        return (int) read(bytes, mark + RUN, SENDER - RUN);
    }

    static int sender(ByteBuf bytes, int mark) {
        return (int) read(bytes, mark + SENDER, COUNTER - SENDER);
    }

    static int counter(ByteBuf bytes, int mark) {
        return (int) read(bytes, mark + COUNTER, NANOS - COUNTER);
    }

    static long nanos(ByteBuf bytes, int mark) {
        return read(bytes, mark + NANOS, END - NANOS);
    }

    private static long read(ByteBuf bytes, int from, int digits) {
        long value = 0;
        for (int at = from; at < from + digits; at++) {
            int digit = bytes.getByte(at);
            value = value << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }
        return value;
    }
}
