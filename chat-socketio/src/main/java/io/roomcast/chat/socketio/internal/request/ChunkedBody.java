package io.roomcast.chat.socketio.internal.request;

import io.netty.buffer.ByteBuf;
import io.netty.util.CharsetUtil;

/**
 * Reads a chunked body strictly (RFC 9112, section 7.1).
 *
 * <p>A chunk has at least one byte, so the size of the body bounds the number of chunks. Extensions are skipped, and
 * their total size is bounded. Trailers are rejected, because the server does not use them and proxies handle them
 * differently.
 */
final class ChunkedBody implements BodyFraming {
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

    private Part part = Part.SIZE;
    private long unread;
    private long allowed;
    private int extensionBytes;

    /** Creates a reader of a body of at most the given number of bytes. */
    ChunkedBody(long maxBytes) {
        this.allowed = maxBytes;
    }

    @Override
    public boolean read(ByteBuf in, BodySink sink) {
        boolean proceed = true;
        while (proceed && in.isReadable()) {
            int before = in.readableBytes();
            if (part == Part.DATA) {
                proceed = readData(in, sink);
            } else if (readLine(in)) {
                return true;
            }
            proceed &= in.readableBytes() < before;
        }
        return false;
    }

    private boolean readData(ByteBuf in, BodySink sink) {
        int length = (int) Math.min(unread, in.readableBytes());
        unread -= length;
        if (unread == 0) {
            part = Part.DATA_END;
        }
        return sink.write(in.readSlice(length));
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
            beginChunk(line.substring(0, text));
            return false;
        }
        require(text == 0);
        boolean isLast = part == Part.END;
        part = Part.SIZE;
        return isLast;
    }

    private void beginChunk(String line) {
        int semicolon = line.indexOf(';');
        if (semicolon >= 0) {
            extensionBytes += line.length() - semicolon;
            require(extensionBytes <= MAX_EXTENSION_BYTES && Tokens.isText(line));
        }
        unread = size(semicolon < 0 ? line : line.substring(0, semicolon));
        part = unread == 0 ? Part.END : Part.DATA;
    }

    private long size(String digits) {
        require(!digits.isEmpty() && digits.length() <= MAX_DIGITS);
        long size = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), HEX) : -1;
            require(digit >= 0);
            size = size * HEX + digit;
        }
        if (size > allowed) {
            throw new RejectedRequestException(HttpRejection.TOO_LARGE);
        }
        allowed -= size;
        return size;
    }

    private static void require(boolean isTrue) {
        if (!isTrue) {
            throw new RejectedRequestException(HttpRejection.MALFORMED);
        }
    }
}
