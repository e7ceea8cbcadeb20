package io.roomcast.chat.socketio.internal.request;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The request line and headers of a request.
 *
 * @param method the method
 * @param target the request target, as it was sent
 * @param version HTTP/1.1 or HTTP/1.0
 * @param headers the headers
 */
record RequestHead(HttpMethod method, String target, HttpVersion version, HttpHeaders headers) {
    private static final HttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);
    private static final String CURRENT = " HTTP/1.1";
    private static final String OLD = " HTTP/1.0";
    private static final int MAX_LENGTH_DIGITS = 19;
    private static final AsciiString METHOD_OVERRIDE = AsciiString.cached("x-http-method-override");
    private static final Set<HttpMethod> OVERRIDES = Set.of(HttpMethod.PATCH, HttpMethod.DELETE);

    /** The length of a chunked body, which is not known in advance. */
    static final long CHUNKED = -1;

    /** Returns a placeholder for the head of a request that is rejected before it is read. */
    static RequestHead unread() {
        return of(HttpMethod.GET, "/", HttpVersion.HTTP_1_1);
    }

    private static RequestHead of(HttpMethod method, String target, HttpVersion version) {
        return new RequestHead(method, target, version, HEADERS.newHeaders());
    }

    /**
     * Parses the request line.
     *
     * @throws RejectedRequestException if it is malformed
     */
    static RequestHead parse(String line) {
        boolean isCurrent = line.endsWith(CURRENT);
        require(isCurrent || line.endsWith(OLD));
        int begin = line.indexOf(' ') + 1;
        int end = line.length() - CURRENT.length();
        require(begin < end && isTarget(line, begin, end));
        String method = line.substring(0, begin - 1);
        require(Tokens.isToken(method));
        HttpVersion version = isCurrent ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_1_0;
        return of(HttpMethod.valueOf(method), line.substring(begin, end), version);
    }

    private static boolean isTarget(String line, int begin, int end) {
        for (int i = begin; i < end; i++) {
            if (line.charAt(i) <= ' ' || line.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the length of the body in bytes, or {@link #CHUNKED}.
     *
     * @throws RejectedRequestException if a proxy could read another length (RFC 9112, section 11.2), or if the host or
     *     the origin is ambiguous
     */
    long bodyLength() {
        String host = single(HttpHeaderNames.HOST);
        require(host == null ? !isCurrent() : HostField.isValid(host));
        single(HttpHeaderNames.ORIGIN);
        String coding = single(HttpHeaderNames.TRANSFER_ENCODING);
        String length = single(HttpHeaderNames.CONTENT_LENGTH);
        if (coding == null) {
            return length == null ? 0 : length(length);
        }
        require(length == null && isCurrent() && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding));
        return CHUNKED;
    }

    /** Returns the value of a header that must not be repeated; null if it is absent. */
    private @Nullable String single(AsciiString name) {
        Iterator<String> values = headers.valueStringIterator(name);
        if (!values.hasNext()) {
            return null;
        }
        String value = values.next();
        require(!values.hasNext());
        return value;
    }

    private static long length(String digits) {
        require(!digits.isEmpty() && digits.length() <= MAX_LENGTH_DIGITS);
        long length = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            require(digit >= 0 && digit <= 9);
            length = 10 * length + digit;
        }
        return length < 0 ? Long.MAX_VALUE : length;
    }

    /** Returns whether this is a POST request with {@code X-HTTP-Method-Override}. */
    boolean hasMethodOverride() {
        return method.equals(HttpMethod.POST) && headers.contains(METHOD_OVERRIDE);
    }

    /**
     * Returns the head with the method of {@code X-HTTP-Method-Override}; the same head if that is another one than PATCH or
     * DELETE.
     *
     * @throws RejectedRequestException if the header is repeated
     */
    RequestHead withMethodOverride() {
        String stated = single(METHOD_OVERRIDE);
        return OVERRIDES.stream()
                .filter(override -> override.name().equals(stated))
                .findFirst()
                .map(override -> new RequestHead(override, target, version, headers))
                .orElse(this);
    }

    /** Returns the request with the given body, which it releases. */
    FullHttpRequest request(ByteBuf body) {
        return new DefaultFullHttpRequest(version, method, target, body, headers, EmptyHttpHeaders.INSTANCE);
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
