package io.roomcast.chat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.socketio.guard.LogLines;
import io.roomcast.chat.socketio.internal.request.HttpBounds;
import io.roomcast.chat.socketio.internal.request.HttpRejection;
import io.roomcast.chat.socketio.internal.request.RequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Connections that the dispatcher closes. */
class HttpDispatcherTest {
    private static final String GET = "GET /secret HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final int ANSWER = 1_000;
    private static final int BOUND = 1 << 16;

    @Test
    void unread_responses_are_bounded() {
        EmbeddedChannel nonReading = new NonReading(gate(exchange -> {
            exchange.respondJson(HttpResponseStatus.OK, "x".repeat(ANSWER));
            return true;
        }));
        long most = 0;
        for (int i = 0; i < 1_000 && nonReading.isOpen(); i++) {
            most = nonReading.unsafe().outboundBuffer().totalPendingWriteBytes();
            receive(nonReading, GET);
        }
        assertThat(nonReading.isOpen()).isFalse();
        assertThat(most).isBetween((long) BOUND, (long) BOUND + 2 * ANSWER);
    }

    @Test
    void requests_that_do_not_wait_for_the_response_are_dropped_and_it_is_the_last() {
        List<HttpExchange> received = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(
                new HttpResponseEncoder(),
                new RequestDecoder(new HttpBounds(BOUND, BOUND, BOUND)),
                gate(received::add));
        receive(channel, GET.repeat(5));
        assertThat(received).hasSize(1);
        received.get(0).respondJson(HttpResponseStatus.OK, "{}");
        channel.runPendingTasks();
        ByteBuf answer = channel.readOutbound();
        assertThat(answer.toString(StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200 ");
        answer.release();
        channel.releaseOutbound();
        assertThat(received).hasSize(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void exception_is_logged_in_one_line_without_client_data() {
        EmbeddedChannel channel = new NonReading(gate(exchange -> {
            throw new IllegalStateException(exchange.path() + "\nforged");
        }));
        try (LogLines log = LogLines.capture()) {
            receive(channel, GET);
            assertThat(log.of(ConnectionLog.class))
                    .singleElement()
                    .asString()
                    .contains("closed connection after java.lang.IllegalStateException at ");
            assertThat(log.text()).doesNotContain("secret", "forged");
        }
        assertThat(channel.isOpen()).isFalse();
    }

    private static HttpDispatcher gate(HttpRoute route) {
        return new HttpDispatcher(
                new HttpServerContext(
                        new Origins(Set.of(), true, Set.of()),
                        new AddressLimiter(List.of(), 1, 1),
                        List.of(route),
                        new HttpBounds(BOUND, BOUND, BOUND),
                        HttpRejection::name,
                        new RejectionLog()),
                new ConnectionLog());
    }

    private static void receive(EmbeddedChannel channel, String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        channel.runPendingTasks();
    }

    /** A connection whose client reads nothing. */
    private static final class NonReading extends EmbeddedChannel {
        private NonReading(HttpDispatcher gate) {
            super(new HttpResponseEncoder(), new RequestDecoder(new HttpBounds(BOUND, BOUND, BOUND)), gate);
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer answers) {
            // the data stays in the buffer
        }
    }
}
