package io.roomcast.chat.socketio.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.CharsetUtil;
import org.jspecify.annotations.Nullable;

/**
 * Reads a chunked body strictly (RFC 9112, section 7.1).
 *
 * <p>A chunk has at least one byte, so the size of the body bounds the number of chunks. Extensions are skipped, and
 * their total size is bounded. Trailers are refused, because the server does not use them and proxies handle them
 * differently.
 */
final class ChunkedBody implements BodyReader {
    private static final int MAX_EXTENSION_BYTES = 4_096;
    private static final int MAX_SIZE_LINE = 256;
    private static final int MAX_DIGITS = 8;
    private static final int LINE_END = 2;
    private static final int HEX = 16;

    private enum Part {
        SIZE,
        DATA,
        DATA_END,
        END
    }

    private final BodyBytes body;
    private Part part = Part.SIZE;
    private int missing;
    private int extensionBytes;

    ChunkedBody(BodyBytes body) {
        this.body = body;
    }

    @Override
    public @Nullable ByteBuf read(ByteBuf in) {
        while (in.isReadable()) {
            int before = in.readableBytes();
            if (part == Part.DATA) {
                readData(in);
            } else if (readLine(in)) {
                return body.content();
            }
            if (in.readableBytes() == before) {
                return null;
            }
        }
        return null;
    }

    private void readData(ByteBuf in) {
        int length = Math.min(missing, in.readableBytes());
        body.read(in, length);
        missing -= length;
        if (missing == 0) {
            part = Part.DATA_END;
        }
    }

    /** Reads the next line if it is complete; returns true if it is the last line of the body. */
    private boolean readLine(ByteBuf in) {
        int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
        if (end < 0) {
            require(in.readableBytes() <= MAX_SIZE_LINE);
            return false;
        }
        int length = end + 1 - in.readerIndex();
        require(length <= MAX_SIZE_LINE);
        String line = in.readCharSequence(length, CharsetUtil.ISO_8859_1).toString();
        int text = length - LINE_END;
        require(text >= 0 && line.indexOf('\r') == text);
        if (part == Part.SIZE) {
            begin(line.substring(0, text));
            return false;
        }
        require(text == 0);
        boolean isLast = part == Part.END;
        part = Part.SIZE;
        return isLast;
    }

    private void begin(String line) {
        int semicolon = line.indexOf(';');
        if (semicolon >= 0) {
            extensionBytes += line.length() - semicolon;
            require(extensionBytes <= MAX_EXTENSION_BYTES && Tokens.isText(line));
        }
        missing = size(semicolon < 0 ? line : line.substring(0, semicolon));
        part = missing == 0 ? Part.END : Part.DATA;
    }

    private int size(String digits) {
        require(!digits.isEmpty() && digits.length() <= MAX_DIGITS);
        long size = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), HEX) : -1;
            require(digit >= 0);
            size = size * HEX + digit;
        }
        body.expect(size);
        return (int) size;
    }

    private static void require(boolean isTrue) {
        if (!isTrue) {
            throw new RejectedRequestException(HttpRejection.MALFORMED);
        }
    }
}
