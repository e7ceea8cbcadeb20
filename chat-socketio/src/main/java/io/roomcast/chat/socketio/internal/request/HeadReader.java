package io.roomcast.chat.socketio.internal.request;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.CharsetUtil;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import org.jspecify.annotations.Nullable;

/**
 * Reads the request line and headers as strictly as RFC 9112 allows, so that proxies and the server see the same
 * requests in the same bytes. One instance reads all requests of a connection, one after the other.
 *
 * <p>Keeps only the {@code Origin} header of an oversized head, so that a browser can read the response.
 */
@EventLoopConfined
final class HeadReader {
    /** The number of bytes of an oversized head that are searched for the origin. */
    private static final int MAX_SKIMMED_BYTES = 1 << 16;

    private static final int MAX_SKIMMED_LINE = 1_024;
    private static final int LINE_END = 2;

    private final HttpBounds bounds;
    private int searched;
    private int headerBytes;
    private int skimmedBytes;
    private boolean skipping;
    private boolean begun;

    @Nullable
    private RequestHead head;

    @Nullable
    private HttpRejection excess;

    HeadReader(HttpBounds bounds) {
        this.bounds = bounds;
    }

    /** Returns the headers read so far. */
    HttpHeaders headers() {
        return head == null ? RequestHead.unread().headers() : head.headers();
    }

    /**
     * Reads the available bytes.
     *
     * @return the complete head; null if bytes are missing
     * @throws RejectedRequestException if the head is malformed or too large
     */
    @Nullable
    RequestHead read(ByteBuf in) {
        for (String line = nextLine(in); line != null; line = nextLine(in)) {
            if (head == null) {
                begin(line);
            } else if (line.isEmpty()) {
                return end(head);
            } else {
                header(head.headers(), line);
            }
        }
        return null;
    }

    private @Nullable String nextLine(ByteBuf in) {
        while (in.isReadable()) {
            int end = in.indexOf(in.readerIndex() + searched, in.writerIndex(), (byte) '\n');
            int length = (end < 0 ? in.writerIndex() : end + 1) - in.readerIndex();
            if (length - LINE_END > limit()) {
                exceed();
                skipping = true;
            }
            if (skipping) {
                skip(in, length, end >= 0);
            } else if (end < 0) {
                searched = length;
                return null;
            } else {
                return line(in, length);
            }
        }
        return null;
    }

    private int limit() {
        if (excess != null) {
            return MAX_SKIMMED_LINE;
        }
        return head == null ? bounds.lineBytes() : Math.max(0, bounds.headerBytes() - headerBytes - LINE_END);
    }

    private void exceed() {
        if (excess != null) {
            return;
        }
        excess = head == null ? HttpRejection.LINE_TOO_LONG : HttpRejection.HEADERS_TOO_LARGE;
        if (head == null) {
            head = RequestHead.unread();
        }
    }

    private void skip(ByteBuf in, int length, boolean toEnd) {
        in.skipBytes(length);
        searched = 0;
        skipping = !toEnd;
        skim(length);
    }

    private void skim(int length) {
        skimmedBytes += length;
        if (excess != null && skimmedBytes > MAX_SKIMMED_BYTES) {
            throw new RejectedRequestException(excess);
        }
    }

    private String line(ByteBuf in, int length) {
        searched = 0;
        int begin = in.readerIndex();
        int end = length - LINE_END;
        if (end < 0 || in.indexOf(begin, begin + length, (byte) '\r') != begin + end) {
            throw new RejectedRequestException(HttpRejection.MALFORMED);
        }
        String line = in.toString(begin, end, CharsetUtil.ISO_8859_1);
        in.skipBytes(length);
        if (excess != null) {
            skim(length);
        } else if (head != null) {
            headerBytes += length;
        }
        return line;
    }

    /** Parses the request line. Skips one empty line before it, which old clients send after a body (RFC 9112, section 2.2). */
    private void begin(String line) {
        if (line.isEmpty() && !begun) {
            begun = true;
            return;
        }
        head = RequestHead.parse(line);
    }

    private void header(HttpHeaders headers, String line) {
        int colon = line.indexOf(':');
        if (excess != null && colon < 0) {
            return;
        }
        String name = line.substring(0, Math.max(0, colon));
        // Clients send one space, without which there is nothing to trim.
        String raw = line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
        String value = Tokens.trim(raw);
        boolean isSuspicious = isFraming(name) && raw.indexOf('\t') >= 0;
        if (isSuspicious || !Tokens.isToken(name) || !Tokens.isText(value)) {
            throw new RejectedRequestException(HttpRejection.MALFORMED);
        }
        if (excess == null || HttpHeaderNames.ORIGIN.contentEqualsIgnoreCase(name)) {
            headers.add(name, value);
        }
    }

    /**
     * Returns whether the header determines the length of the body. Tabs around its value are rejected: HTTP allows
     * them, but clients do not send them and some proxies overlook the value behind them.
     */
    private static boolean isFraming(String name) {
        return HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name)
                || HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name);
    }

    private RequestHead end(RequestHead complete) {
        if (excess != null) {
            throw new RejectedRequestException(excess);
        }
        head = null;
        begun = false;
        headerBytes = 0;
        return complete;
    }
}
