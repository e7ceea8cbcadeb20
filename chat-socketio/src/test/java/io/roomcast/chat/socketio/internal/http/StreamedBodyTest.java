package io.roomcast.chat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.socketio.internal.request.BodyFlow;
import io.roomcast.chat.socketio.internal.request.BodySink;
import io.roomcast.chat.socketio.internal.request.HttpBounds;
import io.roomcast.chat.socketio.internal.request.HttpRejection;
import io.roomcast.chat.socketio.internal.request.RequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies that a route receives as they arrive, without aggregation in memory. */
class StreamedBodyTest {
    private static final int BOUND = 100;
    private static final String CHUNKED = "PUT /files/1?a=b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final Files route = new Files();
    private final ReadCounter reads = new ReadCounter();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    StreamedBodyTest() {
        HttpServerContext server = new HttpServerContext(
                new Origins(Set.of(), false, Set.of("h")),
                new AddressLimiter(List.of(), 1, 1),
                List.of(route),
                new HttpBounds(BOUND, BOUND, BOUND),
                HttpRejection::name,
                new RejectionLog());
        channel.pipeline()
                .addLast(
                        reads,
                        new HttpResponseEncoder(),
                        new RequestDecoder(server.bounds(), server.streamingRoutes()),
                        new HttpDispatcher(server, new ConnectionLog()));
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void body_is_passed_to_the_route_as_it_arrives() {
        write(put(9) + "abc");
        assertThat(route.events).containsExactly("handle", "abc");
        write("def");
        write("ghi");
        assertThat(route.events).containsExactly("handle", "abc", "def", "ghi", "end");
    }

    @Test
    void chunked_body_is_passed_to_the_route_without_its_framing() {
        write(CHUNKED + "3\r\nabc\r\n2\r\nd");
        write("e\r\n0\r\n\r\n");
        assertThat(route.events).containsExactly("handle", "abc", "d", "e", "end");
    }

    @Test
    void body_may_be_larger_than_the_bound_of_aggregated_ones() {
        write(put(10 * BOUND));
        for (int i = 0; i < 10; i++) {
            write("x".repeat(BOUND));
        }
        assertThat(route.events).hasSize(12).endsWith("end");
    }

    @Test
    void full_sink_stops_the_reading_until_it_resumes() {
        route.isFull = true;
        write(put(9) + "abc");
        assertThat(channel.config().isAutoRead()).isFalse();
        write("def");
        assertThat(route.events).containsExactly("handle", "abc");
        assertThat(reads.count).isZero();

        route.isFull = false;
        resume();
        assertThat(route.events).containsExactly("handle", "abc", "def");
        assertThat(channel.config().isAutoRead()).isTrue();
        write("ghi");
        assertThat(route.events).endsWith("ghi", "end");
    }

    @Test
    void sink_may_take_one_part_at_a_time() {
        route.isFull = true;
        write(CHUNKED + "1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n");
        assertThat(route.events).containsExactly("handle", "a");
        resume();
        assertThat(route.events).containsExactly("handle", "a", "b");
        assertThat(channel.config().isAutoRead()).isFalse();
        resume();
        resume();
        assertThat(route.events).endsWith("c", "end");
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void sink_that_collects_what_arrives_together_is_asked_once_at_its_end() {
        route.collects = true;
        write(CHUNKED + "1\r\na\r\n1\r\nb\r\n");
        assertThat(route.events).containsExactly("handle", "a", "b", "flush");
        assertThat(channel.config().isAutoRead()).isFalse();
        write("1\r\nc\r\n1\r\nd\r\n");
        assertThat(route.events).endsWith("b", "flush", "flush");

        resume();
        assertThat(route.events).endsWith("c", "d", "flush");
        assertThat(channel.config().isAutoRead()).isFalse();
        route.collects = false;
        resume();
        assertThat(channel.config().isAutoRead()).isTrue();
        write("0\r\n\r\n");
        assertThat(route.events).endsWith("end");
        assertThat(reads.count).isZero();
    }

    @Test
    void response_closes_the_connection_because_the_body_may_be_unread() {
        write(put(9) + "abc");
        route.exchange.respondJson(HttpResponseStatus.OK, "{}");
        channel.runPendingTasks();
        assertThat(sent()).startsWith("HTTP/1.1 200 OK").contains("connection: close");
    }

    @Test
    void body_of_a_rejected_request_is_dropped() {
        write(put(9).replace("Host: h", "Host: other") + "abcdefghi");
        assertThat(route.events).isEmpty();
        assertThat(sent()).startsWith("HTTP/1.1 403 ").endsWith("UNKNOWN_HOST");
    }

    @Test
    void body_beyond_the_bound_of_the_route_is_rejected() {
        write(put(Files.MAX_BYTES + 1));
        assertThat(route.events).isEmpty();
        assertThat(sent()).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void malformed_chunk_aborts_the_body_and_is_answered() {
        write(CHUNKED + "3\r\nabc\r\nx\r\n");
        assertThat(route.events).containsExactly("handle", "abc", "abort");
        assertThat(sent())
                .startsWith("HTTP/1.1 400 ")
                .contains("connection: close")
                .endsWith("MALFORMED");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void chunks_beyond_the_bound_of_the_route_are_answered() {
        write(CHUNKED + "3\r\nabc\r\n" + Integer.toHexString(Files.MAX_BYTES) + "\r\n");
        assertThat(route.events).containsExactly("handle", "abc", "abort");
        assertThat(sent()).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void malformed_request_behind_a_whole_body_waits_for_the_answer_to_that() {
        write(put(3) + "abc" + "nonsense\r\n\r\n");
        assertThat(route.events).containsExactly("handle", "abc", "end");
        assertThat(sent()).isEmpty();
        route.exchange.respondJson(HttpResponseStatus.OK, "{}");
        channel.runPendingTasks();
        assertThat(sent()).startsWith("HTTP/1.1 200 OK").endsWith("{}");
    }

    @Test
    void end_of_the_connection_aborts_the_body() {
        write(put(9) + "abc");
        channel.close();
        assertThat(route.events).containsExactly("handle", "abc", "abort");
    }

    @Test
    void request_without_a_body_and_one_of_another_method_are_not_streamed() {
        write(put(0));
        assertThat(route.events).containsExactly("handle", "end");
        route.exchange.respondJson(HttpResponseStatus.OK, "{}");
        channel.runPendingTasks();
        assertThat(sent()).contains("connection: keep-alive");
        write(put(3).replace("PUT", "POST") + "abc");
        assertThat(route.events).containsExactly("handle", "end", "handle", "abc", "end");
    }

    private static String put(int length) {
        return "PUT /files/1 HTTP/1.1\r\nHost: h\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private void write(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
        channel.runPendingTasks();
    }

    private void resume() {
        route.flow.resume();
        channel.runPendingTasks();
    }

    private String sent() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(part.toString(StandardCharsets.US_ASCII));
            part.release();
        }
        return text.toString();
    }

    /** A route that records its calls. */
    private static final class Files implements StreamingRoute, BodySink {
        private static final int MAX_BYTES = 10_000;

        private final List<String> events = new ArrayList<>();
        private HttpExchange exchange;
        private BodyFlow flow;
        private boolean isFull;
        private boolean collects;

        @Override
        public boolean streams(HttpMethod method, String path) {
            return method.equals(HttpMethod.PUT) && path.equals("/files/1");
        }

        @Override
        public long maxBodyBytes() {
            return MAX_BYTES;
        }

        @Override
        public boolean handle(HttpExchange request) {
            events.add("handle");
            exchange = request;
            flow = request.streamBody(this);
            return true;
        }

        @Override
        public boolean write(ByteBuf bytes) {
            events.add(bytes.toString(StandardCharsets.US_ASCII));
            return !isFull;
        }

        @Override
        public boolean flush() {
            if (collects) {
                events.add("flush");
            }
            return !collects;
        }

        @Override
        public void end() {
            events.add("end");
        }

        @Override
        public void abort() {
            events.add("abort");
        }
    }

    /** Counts the reads that handlers request from the connection. */
    private static final class ReadCounter extends ChannelOutboundHandlerAdapter {
        private int count;

        @Override
        public void read(ChannelHandlerContext context) throws Exception {
            if (!context.channel().config().isAutoRead()) {
                count++;
            }
            super.read(context);
        }
    }
}
