package io.roomcast.chat.socketio.internal.request;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The request line and headers of a request.
 *
 * @param method the method
 * @param target the request target, as it was sent
 * @param version HTTP/1.1 or HTTP/1.0
 * @param headers the headers
 */
record RequestHead(HttpMethod method, String target, HttpVersion version, HttpHeaders headers) {
    private static final Pattern LENGTH = Pattern.compile("\\d+");
    private static final int MAX_LENGTH_DIGITS = 19;

    /** The length of a chunked body, which is not known in advance. */
    static final long CHUNKED = -1;

    /** Returns a placeholder for the head of a request that is rejected before it is read. */
    static RequestHead unread() {
        return of(HttpMethod.GET, "/", HttpVersion.HTTP_1_1);
    }

    private static RequestHead of(HttpMethod method, String target, HttpVersion version) {
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        return new RequestHead(method, target, version, headers);
    }

    /**
     * Parses the request line.
     *
     * @throws RejectedRequestException if it is malformed
     */
    static RequestHead parse(String line) {
        String[] parts = line.split(" ", -1);
        require(parts.length == 3 && Tokens.isToken(parts[0]));
        require(!parts[1].isEmpty() && parts[1].chars().allMatch(c -> c > ' ' && c < 0x7f));
        return of(HttpMethod.valueOf(parts[0]), parts[1], version(parts[2]));
    }

    private static HttpVersion version(String text) {
        require(text.equals("HTTP/1.1") || text.equals("HTTP/1.0"));
        return text.equals("HTTP/1.1") ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_1_0;
    }

    /**
     * Returns the length of the body in bytes, or {@link #CHUNKED}.
     *
     * @throws RejectedRequestException if a proxy could read another length (RFC 9112, section 11.2), or if the host or
     *     the origin is ambiguous
     */
    long bodyLength() {
        checkHost();
        require(headers.getAll(HttpHeaderNames.ORIGIN).size() <= 1);
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (!codings.isEmpty()) {
            require(codings.size() == 1 && lengths.isEmpty() && isCurrent());
            require(HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0)));
            return CHUNKED;
        }
        require(lengths.size() <= 1);
        return lengths.isEmpty() ? 0 : length(lengths.get(0));
    }

    private void checkHost() {
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        require(hosts.size() == 1 || (hosts.isEmpty() && !isCurrent()));
        require(hosts.stream().allMatch(HostField::isValid));
    }

    private static long length(String text) {
        require(LENGTH.matcher(text).matches() && text.length() <= MAX_LENGTH_DIGITS);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLong) {
            return Long.MAX_VALUE;
        }
    }

    /** Returns the path as it was sent, without the query. */
    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Returns whether the version is HTTP/1.1. */
    boolean isCurrent() {
        return version.equals(HttpVersion.HTTP_1_1);
    }

    private static void require(boolean isTrue) {
        if (!isTrue) {
            throw new RejectedRequestException(HttpRejection.MALFORMED);
        }
    }
}
