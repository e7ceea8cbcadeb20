package io.roomcast.chat.socketio.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The decoder reads the same requests from the same bytes, however the network splits them. */
class RequestDecoderTest {
    private static final int LINE = 100;
    private static final int HEADERS = 200;
    private static final int BODY = 50;
    private static final String GET = "GET /a?b=c HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String CHUNKED = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static final Arguments[] REQUESTS = {
        row("no body", GET, "GET /a?b=c []"),
        row("two in a row", GET + GET, "GET /a?b=c []", "GET /a?b=c []"),
        row("empty line before", "\r\n" + GET, "GET /a?b=c []"),
        row("two empty lines before", "\r\n\r\n" + GET, "MALFORMED"),
        row("old version", "GET / HTTP/1.0\r\n\r\n", "GET / []"),
        row("length", post("Content-Length: 3") + "abc" + GET, "POST / [abc]", "GET /a?b=c []"),
        row("length of nothing", post("Content-Length: 0") + GET, "POST / []", "GET /a?b=c []"),
        row("length with zeros", post("Content-Length: 003") + "abc", "POST / [abc]"),
        row("largest length", post("Content-Length: " + BODY) + "x".repeat(BODY), "POST / [" + "x".repeat(BODY) + "]"),
        row("length beyond the bound", post("Content-Length: " + (BODY + 1)) + "x", "TOO_LARGE"),
        row("one chunk", CHUNKED + "3\r\nabc\r\n0\r\n\r\n" + GET, "POST / [abc]", "GET /a?b=c []"),
        row("no chunk", CHUNKED + "0\r\n\r\n" + GET, "POST / []", "GET /a?b=c []"),
        row("coding in capitals", post("TRANSFER-ENCODING: Chunked") + "1\r\na\r\n0\r\n\r\n", "POST / [a]"),
        row("many chunks", CHUNKED + "1\r\nx\r\n".repeat(BODY) + "0\r\n\r\n", "POST / [" + "x".repeat(BODY) + "]"),
        row("size in capitals", CHUNKED + "A\r\n0123456789\r\n0\r\n\r\n", "POST / [0123456789]"),
        row("size with zeros", CHUNKED + "0003\r\nabc\r\n000\r\n\r\n", "POST / [abc]"),
        row("line ends in a chunk", CHUNKED + "4\r\n\r\n\r\n\r\n0\r\n\r\n", "POST / [\r\n\r\n]"),
        row("extensions", CHUNKED + "1;a;b=\"c d\"\r\nx\r\n0;e\r\n\r\n", "POST / [x]"),
        row("chunks beyond the bound", CHUNKED + "1\r\nx\r\n".repeat(BODY + 1), "TOO_LARGE"),
        row("chunk beyond the bound", CHUNKED + "33\r\n", "TOO_LARGE"),
        row("trailer", CHUNKED + "0\r\nX: y\r\n\r\n", "MALFORMED"),
        row("longest line", line(LINE), "GET /" + "x".repeat(LINE - 14) + " []"),
        row("line beyond the bound", line(LINE + 1) + "Origin: o\r\n\r\n", "LINE_TOO_LONG o"),
        row("longest headers", headers(HEADERS), "GET / []"),
        row("headers beyond the bound", headers(HEADERS + 1), "HEADERS_TOO_LARGE o"),
        row("origin after oversized headers", tooMuch("X: " + "x".repeat(999), "Origin: o"), "HEADERS_TOO_LARGE o"),
        row("origin after a long line", tooMuch("X: " + "x".repeat(9_999), "origin:o"), "HEADERS_TOO_LARGE o"),
        row("many headers", tooMuch("X: y\r\n".repeat(999) + "X: y", "Origin: o"), "HEADERS_TOO_LARGE o"),
        row("endless line", "GET /" + "x".repeat(99_999), "LINE_TOO_LONG null"),
        row("endless header", "GET / HTTP/1.1\r\nX: " + "x".repeat(99_999), "HEADERS_TOO_LARGE null"),
        row("bytes after a rejection", CHUNKED + "x\r\n" + GET, "MALFORMED"),
        row("origin of a rejected request", post("Origin: o\r\nContent-Length: x") + GET, "MALFORMED o"),
    };

    private static Arguments row(String name, String bytes, String... read) {
        return argumentSet(name, bytes, List.of(read));
    }

    private static String post(String header) {
        return "POST / HTTP/1.1\r\nHost: h\r\n" + header + "\r\n\r\n";
    }

    private static String line(int length) {
        return "GET /" + "x".repeat(length - 14) + " HTTP/1.1\r\nHost: h\r\n" + (length == LINE ? "\r\n" : "");
    }

    private static String headers(int length) {
        String fixed = "Host: h\r\nOrigin: o\r\nX: \r\n";
        return "GET / HTTP/1.1\r\n" + fixed.replace("X: ", "X: " + "x".repeat(length - fixed.length())) + "\r\n";
    }

    private static String tooMuch(String first, String second) {
        return "GET / HTTP/1.1\r\nHost: h\r\n" + first + "\r\n" + second + "\r\n\r\n";
    }

    @ParameterizedTest
    @FieldSource("REQUESTS")
    void requests_do_not_depend_on_where_the_bytes_are_split(String bytes, List<String> read) {
        assertThat(read(bytes, bytes.length())).containsExactlyElementsOf(read);
        assertThat(read(bytes, 1)).containsExactlyElementsOf(read);
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            assertThat(read(bytes, 1 + random.nextInt(40))).containsExactlyElementsOf(read);
        }
    }

    @Test
    void client_that_waits_receives_100_continue() {
        EmbeddedChannel channel = channel();
        write(channel, post("Expect: 100-continue\r\nContent-Length: 3"));
        assertThat(sent(channel)).startsWith("HTTP/1.1 100 Continue\r\n");
        write(channel, "abc");
        assertThat(received(channel)).containsExactly("POST / [abc]");
    }

    @Test
    void client_that_does_not_wait_receives_no_100_continue() {
        for (String request : List.of(
                post("Expect: 100-continue\r\nContent-Length: 3") + "abc",
                post("Expect: 100-continue"),
                post("Expect: 100-continue\r\nContent-Length: 51"))) {
            EmbeddedChannel channel = channel();
            write(channel, request);
            assertThat(sent(channel)).isEmpty();
            assertThat(received(channel)).hasSize(1);
        }
    }

    @Test
    void other_expectations_are_rejected() {
        assertThat(read(post("Expect: a-miracle"), 9)).containsExactly("UNKNOWN_EXPECTATION");
    }

    @Test
    void incomplete_body_is_released() {
        for (String part : List.of(CHUNKED + "3\r\na", post("Content-Length: 9") + "abc")) {
            EmbeddedChannel channel = channel();
            write(channel, part);
            channel.close();
            assertThat(received(channel)).isEmpty();
        }
    }

    /** Bodies of more than 50 bytes share the memory for 60 more. */
    @Test
    void large_bodies_share_memory_until_they_are_released() {
        BodyMemory memory = new BodyMemory(60);
        String large = "POST /p?a HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n";
        EmbeddedChannel first = packets(memory);
        write(first, large + "x".repeat(51));
        assertThat(memory.free()).isEqualTo(10);

        LargeRequest beside = largeRequest(packets(memory), large + "y".repeat(60), "y".repeat(40));
        assertThat(beside.isTruncated()).isTrue();
        assertThat(beside.content().readableBytes()).isEqualTo(50);
        beside.release();
        assertThat(memory.free()).isEqualTo(10);

        LargeRequest whole = largeRequest(first, "x".repeat(49));
        assertThat(whole.isTruncated()).isFalse();
        assertThat(whole.content().readableBytes()).isEqualTo(100);
        assertThat(memory.free()).isEqualTo(10);
        whole.release();
        assertThat(memory.free()).isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource({"150, true, 110, 0", "110, false, 110, 0", "80, false, 80, 30"})
    void large_body_is_kept_up_to_its_bound(int length, boolean isTruncated, int kept, int free) {
        BodyMemory memory = new BodyMemory(60);
        String head = "POST /p?a HTTP/1.1\r\nHost: h\r\nContent-Length: " + length + "\r\n\r\n";
        LargeRequest read = largeRequest(packets(memory), head + "x".repeat(20), "x".repeat(length - 20));
        assertThat(read.isTruncated()).isEqualTo(isTruncated);
        assertThat(read.content().readableBytes()).isEqualTo(kept);
        assertThat(memory.free()).isEqualTo(free);
        read.retain();
        read.release();
        assertThat(memory.free()).isEqualTo(free);
        read.release();
        assertThat(memory.free()).isEqualTo(60);
    }

    @Test
    void memory_of_an_incomplete_body_is_released() {
        BodyMemory memory = new BodyMemory(60);
        EmbeddedChannel channel = packets(memory);
        write(channel, "POST /p?a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" + "x".repeat(64));
        assertThat(memory.free()).isZero();
        channel.close();
        assertThat(memory.free()).isEqualTo(60);
    }

    private static EmbeddedChannel packets(BodyMemory memory) {
        HttpBounds.Packets packets = new HttpBounds.Packets("/p", 50, 110, memory, 200);
        return new EmbeddedChannel(new RequestDecoder(new HttpBounds(LINE, HEADERS, BODY, packets)));
    }

    private static LargeRequest largeRequest(EmbeddedChannel channel, String... parts) {
        Stream.of(parts).forEach(part -> write(channel, part));
        return channel.readInbound();
    }

    private static EmbeddedChannel channel() {
        return new EmbeddedChannel(new HttpResponseEncoder(), new RequestDecoder(new HttpBounds(LINE, HEADERS, BODY)));
    }

    private static List<String> read(String bytes, int length) {
        EmbeddedChannel channel = channel();
        for (int i = 0; i < bytes.length(); i += length) {
            write(channel, bytes.substring(i, Math.min(bytes.length(), i + length)));
        }
        List<String> received = received(channel);
        channel.finishAndReleaseAll();
        return received;
    }

    private static void write(EmbeddedChannel channel, String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
    }

    private static List<String> received(EmbeddedChannel channel) {
        List<String> received = new ArrayList<>();
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            received.add(text(message));
            ReferenceCountUtil.release(message);
        }
        return received;
    }

    private static String text(Object message) {
        if (message instanceof FullHttpRequest request) {
            return request.method() + " " + request.uri() + " ["
                    + request.content().toString(StandardCharsets.UTF_8) + "]";
        }
        MalformedRequest unreadable = (MalformedRequest) message;
        String origin = unreadable.headers().get("origin");
        boolean isTooLong = unreadable.rejection() != HttpRejection.MALFORMED
                && origin == null
                && unreadable.rejection().name().matches("LINE.*|HEADERS.*");
        return unreadable.rejection() + (origin == null && !isTooLong ? "" : " " + origin);
    }

    private static String sent(EmbeddedChannel channel) {
        StringBuilder text = new StringBuilder();
        for (Object part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(((io.netty.buffer.ByteBuf) part).toString(StandardCharsets.US_ASCII));
            ReferenceCountUtil.release(part);
        }
        return text.toString();
    }
}
