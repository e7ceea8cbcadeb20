package io.roomcast.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The parts of an HTTP response's head that the load generator needs. Immutable.
 *
 * @param contentLength the length of the body in bytes
 * @param closes whether the server closes the connection after the response
 */
record ResponseHead(int contentLength, boolean closes) {
    private static final int END_LENGTH = 4;
    private static final String LENGTH = "\r\ncontent-length:";

    /** Skips a head, which must begin with the expected text. Returns false if it is incomplete. */
    static boolean skip(ByteBuf bytes, String expected) {
        int end = end(bytes);
        if (end < 0) {
            return false;
        }
        check(bytes.toString(bytes.readerIndex(), end - bytes.readerIndex(), StandardCharsets.US_ASCII), expected);
        bytes.readerIndex(end + END_LENGTH);
        return true;
    }

    private static void check(String head, String expected) {
        if (!head.startsWith(expected)) {
            throw new IllegalStateException(head.lines().findFirst().orElse("") + " (expected: " + expected + ")");
        }
    }

    /** Returns the index of the empty line, or -1. */
    static int end(ByteBuf bytes) {
        for (int at = bytes.readerIndex(); at <= bytes.writerIndex() - END_LENGTH; at++) {
            at = bytes.indexOf(at, bytes.writerIndex(), (byte) '\r');
            if (at < 0 || at > bytes.writerIndex() - END_LENGTH) {
                return -1;
            }
            if (bytes.getInt(at) == 0x0d0a0d0a) {
                return at;
            }
        }
        return -1;
    }

    /** Returns the head that ends at the index of {@link #end}. Its status must be 200. */
    static ResponseHead of(ByteBuf bytes, int end) {
        String head = bytes.toString(bytes.readerIndex(), end - bytes.readerIndex(), StandardCharsets.US_ASCII);
        check(head, "HTTP/1.1 200");
        String lower = head.toLowerCase(Locale.ROOT) + "\r\n";
        return new ResponseHead(length(lower), lower.contains("\r\nconnection: close\r\n"));
    }

    private static int length(String head) {
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            throw new IllegalStateException("a response without Content-Length");
        }
        int from = at + LENGTH.length();
        return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).trim());
    }
}
