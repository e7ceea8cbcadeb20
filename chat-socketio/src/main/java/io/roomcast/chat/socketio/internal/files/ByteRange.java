package io.roomcast.chat.socketio.internal.files;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file.
 *
 * @param from the first byte
 * @param length the number of bytes
 */
record ByteRange(long from, long length) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** The outcome of a request for a part. */
    enum Kind {
        /** The whole file is requested, or in a way that the server does not support. */
        WHOLE,
        /** A part is requested. */
        PART,
        /** The file has no such part. */
        UNSATISFIABLE
    }

    /**
     * A read header.
     *
     * @param kind what the header requests
     * @param range the bytes to send
     */
    record Requested(Kind kind, ByteRange range) {}

    /** Reads a {@code Range} header (RFC 9110, section 14.2) for a file of the given size. */
    static Requested of(Optional<String> header, long size) {
        Requested whole = new Requested(Kind.WHOLE, new ByteRange(0, size));
        Matcher range = ONE.matcher(header.orElse(""));
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return whole;
        }
        return range.group(1).isEmpty()
                ? suffix(Long.parseLong(range.group(2)), size)
                : between(Long.parseLong(range.group(1)), range.group(2), size, whole);
    }

    private static Requested suffix(long length, long size) {
        long sent = Math.min(length, size);
        return part(size - sent, sent);
    }

    private static Requested between(long first, String last, long size, Requested whole) {
        long end = last.isEmpty() ? size - 1 : Long.parseLong(last);
        if (end < first && !last.isEmpty()) {
            return whole;
        }
        return part(first, first >= size ? 0 : Math.min(end, size - 1) - first + 1);
    }

    private static Requested part(long from, long length) {
        return new Requested(length == 0 ? Kind.UNSATISFIABLE : Kind.PART, new ByteRange(from, length));
    }
}
