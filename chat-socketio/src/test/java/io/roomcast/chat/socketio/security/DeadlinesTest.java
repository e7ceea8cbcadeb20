package io.roomcast.chat.socketio.security;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.internal.api.HealthApi;
import io.roomcast.chat.socketio.internal.api.RejectionJson;
import io.roomcast.chat.socketio.internal.engine.EngineRoute;
import io.roomcast.chat.socketio.internal.engine.EngineSessions;
import io.roomcast.chat.socketio.internal.engine.EngineSettings;
import io.roomcast.chat.socketio.internal.engine.EngineVersion;
import io.roomcast.chat.socketio.internal.http.AddressLimiter;
import io.roomcast.chat.socketio.internal.http.HttpServerContext;
import io.roomcast.chat.socketio.internal.http.Origins;
import io.roomcast.chat.socketio.internal.http.RejectionLog;
import io.roomcast.chat.socketio.internal.netty.ConnectionInitializer;
import io.roomcast.chat.socketio.internal.socket.ChatSockets;
import io.roomcast.chat.socketio.internal.socket.RequestCounters;
import io.roomcast.chat.spi.ChatMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timeouts of slow clients, in virtual time. */
class DeadlinesTest {
    private static final int UNLIMITED = 1_000;
    private static final int PART = 65_536;
    private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String OPEN = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final ChatEngine chat =
            ChatEngine.builder().authenticator(Principal::of).build();
    private final EngineSettings settings =
            EngineSettings.withBounds(Limits.DEFAULT_FRAME_BYTES, 1 << 20, UNLIMITED, Set.of(EngineVersion.V4));
    private final EngineSessions sessions = new EngineSessions(settings);
    private EmbeddedChannel connection;

    @BeforeEach
    void connect() {
        AddressLimiter addresses = new AddressLimiter(List.of(), UNLIMITED, UNLIMITED);
        EngineRoute engine = new EngineRoute(
                sessions, new ChatSockets(chat, sessions, new RequestCounters(ChatMetrics.none())), addresses);
        HttpServerContext context = new HttpServerContext(
                new Origins(Set.of(), false, Set.of()),
                addresses,
                List.of(engine, new HealthApi(chat.service())),
                settings.httpBounds(
                        "/socket.io/",
                        Limits.defaults().requestLineBytes(),
                        Limits.defaults().headerBytes()),
                new RejectionJson(),
                new RejectionLog());
        connection = new EmbeddedChannel(new ConnectionInitializer(context, null));
        connection.freezeTime();
    }

    @AfterEach
    void stop() {
        connection.finishAndReleaseAll();
        chat.close(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                "GET /health/live HTTP/1.1\r\nHost: loc",
                "POST /socket.io/?EIO=4&transport=polling&sid=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n1"
            })
    void connection_without_a_request_is_closed_after_10_seconds(String beginning) {
        receive(beginning);
        pass(9);
        assertThat(connection.isOpen()).isTrue();
        pass(1);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void request_that_arrives_byte_by_byte_must_be_complete_after_10_seconds() {
        for (int i = 0; i < 10; i++) {
            assertThat(connection.isOpen()).isTrue();
            receive("G");
            pass(1);
        }
        assertThat(connection.isOpen()).isFalse();
    }

    /** A phone sends a large body slowly. */
    @Test
    void large_body_has_10_seconds_for_each_part() {
        receive(post(1 << 20));
        for (int i = 0; i < 15; i++) {
            pass(9);
            receive("x".repeat(PART));
            assertThat(connection.isOpen()).as("part " + i).isTrue();
        }
        receive("x".repeat(PART));
        assertThat(answer()).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void large_body_that_arrives_too_slowly_is_closed() {
        receive(post(1 << 20));
        receive("x".repeat(PART - 1));
        pass(9);
        assertThat(connection.isOpen()).isTrue();
        pass(1);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void body_that_is_too_large_has_no_more_time() {
        receive(post(1 << 24));
        receive("x".repeat(1 << 20));
        for (int i = 0; i < 10; i++) {
            assertThat(connection.isOpen()).isTrue();
            receive("x".repeat(PART));
            pass(1);
        }
        pass(1);
        assertThat(connection.isOpen()).isFalse();
    }

    private static String post(int length) {
        return "POST /socket.io/?EIO=4&transport=polling&sid=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length
                + "\r\n\r\n";
    }

    @Test
    void connection_that_is_kept_alive_is_closed_after_65_seconds() {
        receive("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(answer()).startsWith("HTTP/1.1 200 ");
        pass(64);
        assertThat(connection.isOpen()).isTrue();
        pass(1);
        assertThat(connection.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G",
                "GET /health/live HTTP/1.1\r\nHost: loc",
                "POST /socket.io/?EIO=4&transport=polling&sid=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n1"
            })
    void next_request_has_10_seconds_from_its_first_byte(String beginning) {
        receive(LIVE);
        answer();
        pass(40);
        receive(beginning);
        for (int i = 0; i < 10; i++) {
            assertThat(connection.isOpen()).isTrue();
            receive("1");
            pass(1);
        }
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void pipelined_request_has_10_seconds_from_the_response_before_it() {
        receive(LIVE);
        answer();
        receive(LIVE + "GET /hea");
        assertThat(answer()).startsWith("HTTP/1.1 200 ");
        pass(9);
        assertThat(connection.isOpen()).isTrue();
        pass(1);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void connection_is_idle_again_after_each_response() {
        for (int i = 0; i < 3; i++) {
            receive(LIVE.substring(0, 9));
            pass(9);
            receive(LIVE.substring(9));
            assertThat(answer()).startsWith("HTTP/1.1 200 ");
            pass(64);
            assertThat(connection.isOpen()).isTrue();
        }
        pass(1);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void session_without_a_connect_is_closed_after_10_seconds() {
        receive(OPEN);
        assertThat(answer()).contains("\r\n\r\n0{\"sid\":");
        pass(9);
        assertThat(sessions.size()).isOne();
        pass(1);
        assertThat(sessions.size()).isZero();
    }

    private void receive(String text) {
        connection.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private void pass(int seconds) {
        connection.advanceTimeBy(seconds, SECONDS);
        connection.runScheduledPendingTasks();
        connection.runPendingTasks();
    }

    private String answer() {
        connection.runPendingTasks();
        StringBuilder answer = new StringBuilder();
        for (Object part = connection.readOutbound(); part != null; part = connection.readOutbound()) {
            ByteBuf bytes = (ByteBuf) part;
            answer.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }
        return answer.toString();
    }
}
