package io.roomcast.chat.socketio.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.ResponseHeaders;
import io.roomcast.chat.socketio.internal.request.RequestTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A polling session whose requests arrive in a known order. */
class PollingSessionTest {
    private final List<String> received = new ArrayList<>();
    private final EventLoop loop = new DefaultEventLoop();
    private final EngineSessions sessions =
            new EngineSessions(EngineSettings.withBounds(1 << 16, 1 << 20, 500, Set.of(EngineVersion.V4)));
    private EngineSession session;

    @BeforeEach
    void open() throws Exception {
        session = sessions.create(
                new Handshake(EngineVersion.V4, null, "", ""), loop, new PollingTransport(EngineVersion.V4));
        onLoop(() -> session.open(opened -> listener(), null));
        Poll first = poll();
        assertThat(first.body()).startsWith("0{");
    }

    private EngineListener listener() {
        return new EngineListener() {
            @Override
            public void message(String text) {
                received.add(text);
            }

            @Override
            public void packetsDropped() {
                received.add("missed");
            }

            @Override
            public void closed() {
                received.add("closed");
            }
        };
    }

    @AfterEach
    void stop() throws Exception {
        onLoop(() -> session.close(CloseReason.SERVER_STOPPING));
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    @Test
    void poll_waits_for_a_packet() throws Exception {
        Poll waiting = poll();
        assertThat(waiting.isAnswered()).isFalse();
        send("4hello");
        assertThat(waiting.body()).isEqualTo("4hello");
    }

    @Test
    void packets_of_one_iteration_are_sent_together() throws Exception {
        Poll waiting = poll();
        onLoop(() -> {
            sendNow("4a");
            sendNow("4b");
        });
        onLoop(() -> {});
        assertThat(waiting.body()).isEqualTo("4a\u001e4b");
    }

    @Test
    void close_packet_of_the_client_releases_its_poll() throws Exception {
        Poll waiting = poll();
        assertThat(push("1").body()).isEqualTo("ok");
        assertThat(waiting.body()).isEqualTo("6");
        assertThat(received).containsExactly("closed");
        assertThat(poll().status()).isEqualTo(400);
    }

    @Test
    void poll_that_arrives_after_the_close_packet_is_released_once() throws Exception {
        assertThat(push("1").body()).isEqualTo("ok");
        assertThat(received).containsExactly("closed");
        assertThat(sessions.size()).isZero();
        assertThat(sessions.find(session.sid())).contains(session);
        assertThat(poll().body()).isEqualTo("6");
        assertThat(sessions.find(session.sid())).isEmpty();
        assertThat(poll().status()).isEqualTo(400);
    }

    @Test
    void listener_is_closed_after_pending_packets() throws Exception {
        send("4last text");
        onLoop(() -> session.close(CloseReason.SERVER_STOPPING));
        assertThat(received).containsExactly("closed");
        Poll waiting = poll();
        assertThat(waiting.status()).isEqualTo(400);
    }

    @Test
    void pending_poll_receives_the_close_packet() throws Exception {
        Poll waiting = poll();
        onLoop(() -> session.close(CloseReason.SERVER_STOPPING));
        assertThat(waiting.body()).isEqualTo("1");
    }

    @Test
    void session_closes_once_the_client_has_received_the_reason() throws Exception {
        onLoop(() -> {
            sendNow("44{}");
            session.closeWhenDrained(CloseReason.REFUSED);
        });
        assertThat(received).isEmpty();
        assertThat(poll().body()).isEqualTo("44{}\u001e1");
        assertThat(received).containsExactly("closed");
    }

    @Test
    void aborted_poll_closes_the_session() throws Exception {
        Poll waiting = poll();
        waiting.exchange.abort();
        onLoop(() -> {});
        assertThat(received).containsExactly("closed");
    }

    /** The connection and the session may have different event loops. */
    @Test
    void poll_that_is_aborted_before_the_session_receives_it_closes_the_session() throws Exception {
        Poll late = new Poll(HttpMethod.GET);
        late.exchange.abort();
        onLoop(() -> session.poll(late.exchange));
        onLoop(() -> {});
        assertThat(received).containsExactly("closed");
    }

    @Test
    void packets_are_handled_until_an_invalid_one() throws Exception {
        assertThat(push("4one\u001e4two\u001eabc\u001e4three").status()).isEqualTo(400);
        assertThat(received).containsExactly("one", "two", "closed");
    }

    @Test
    void client_that_never_polls_is_disconnected_at_the_limit() throws Exception {
        EncodedPacket large = EncodedPacket.of("4" + "x".repeat(100_000));
        onLoop(() -> {
            for (int i = 0; i < 11; i++) {
                session.send(large);
            }
        });
        large.release();
        assertThat(received).containsExactly("closed");
    }

    private void send(String packet) throws Exception {
        onLoop(() -> sendNow(packet));
        onLoop(() -> {});
    }

    private void sendNow(String text) {
        EncodedPacket packet = EncodedPacket.of(text);
        session.send(packet);
        packet.release();
    }

    private Poll poll() throws Exception {
        Poll poll = new Poll(HttpMethod.GET);
        onLoop(() -> session.poll(poll.exchange));
        return poll;
    }

    private Poll push(String payload) throws Exception {
        Poll post = new Poll(HttpMethod.POST);
        onLoop(() -> session.push(post.exchange, new PostedPackets(List.of(payload.split("\u001e")), false, true)));
        return post;
    }

    private void onLoop(Runnable task) throws Exception {
        loop.submit(task).sync();
    }

    /** A request on a separate connection. */
    private static final class Poll {
        private final EmbeddedChannel channel = new EmbeddedChannel();
        private final HttpExchange exchange;

        private Poll(HttpMethod method) {
            exchange = new HttpExchange(
                    channel,
                    new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, "/socket.io/"),
                    RequestTarget.parse("/socket.io/", null),
                    new ResponseHeaders(null, true),
                    Enum::name,
                    () -> {});
        }

        private boolean isAnswered() {
            channel.runPendingTasks();
            return !channel.outboundMessages().isEmpty();
        }

        private String body() {
            FullHttpResponse response = response();
            String body = response.content().toString(StandardCharsets.UTF_8);
            response.release();
            return body;
        }

        private int status() {
            FullHttpResponse response = response();
            response.release();
            return response.status().code();
        }

        private FullHttpResponse response() {
            channel.runPendingTasks();
            FullHttpResponse response = channel.readOutbound();
            assertThat(response).as("the answer").isNotNull();
            return response;
        }
    }
}
