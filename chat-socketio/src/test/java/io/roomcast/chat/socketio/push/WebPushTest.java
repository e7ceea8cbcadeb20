package io.roomcast.chat.socketio.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.socketio.internal.outgoing.HttpCalls;
import io.roomcast.chat.spi.PushResult;
import io.roomcast.chat.spi.PushResult.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends notifications to a push service. */
@Timeout(60)
class WebPushTest {
    private static PushService service;

    private final VapidKeys keys = VapidKeys.generate();
    private final Browser browser = Browser.create();

    @BeforeAll
    static void start() throws Exception {
        service = new PushService();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private WebPush push(Duration limit) throws Exception {
        return WebPush.builder(keys, "mailto:ops@example.com")
                .pushServices(service.host())
                .sslContext(service.trusting())
                .limit(limit)
                .build();
    }

    private PushResult send(PushMessage message) throws Exception {
        service.received.clear();
        return push(Duration.ofSeconds(30)).send(browser.device(service.endpoint("abc")), message);
    }

    @Test
    void message_has_the_headers_of_the_specifications() throws Exception {
        service.answer = exchange -> exchange.sendResponseHeaders(201, -1);
        assertThat(send(Browser.message("Ann", "hello")).outcome()).isEqualTo(Outcome.DELIVERED);

        PushService.Received received = service.received.get(0);
        assertThat(received.path()).isEqualTo("/push/abc");
        assertThat(received.headers())
                .containsEntry("content-encoding", "aes128gcm")
                .containsEntry("content-type", "application/octet-stream")
                .containsEntry("topic", "dG9waWM")
                .containsEntry("ttl", "3600")
                .containsEntry("urgency", "normal");
        assertThat(received.headers().get("authorization"))
                .startsWith("vapid t=")
                .contains("k=" + keys.publicKey());
        assertThat(received.body()).hasSize(86 + 1_000 + 17);
    }

    @ParameterizedTest
    @CsvSource({"LOW, PT0.5S, low, 0", "HIGH, PT45S, high, 45", "NORMAL, P365D, normal, 2419200"})
    void urgency_and_time_to_live(PushMessage.Urgency urgency, Duration timeToLive, String header, String seconds)
            throws Exception {
        service.answer = exchange -> exchange.sendResponseHeaders(201, -1);
        PushMessage message = new PushMessage(
                PushMessage.Type.CALL,
                "call",
                "topic",
                "room",
                0,
                null,
                0,
                null,
                null,
                null,
                Map.of(),
                urgency,
                timeToLive);
        assertThat(send(message).outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(service.received.get(0).headers())
                .containsEntry("urgency", header)
                .containsEntry("ttl", seconds);
    }

    @ParameterizedTest(name = "{0}, Retry-After: {1}")
    @CsvSource({
        "200, , DELIVERED",
        "201, , DELIVERED",
        "202, , DELIVERED",
        "301, , INVALID: status 301",
        "307, , INVALID: status 307",
        "308, , INVALID: status 308",
        "400, , INVALID: status 400",
        "401, , REFUSED: status 401",
        "403, , REFUSED: status 403",
        "404, , GONE",
        "406, , LATER",
        "410, , GONE",
        "413, , INVALID: status 413",
        "429, , LATER",
        "429, 120, LATER after PT2M",
        "429, 0, LATER after PT0S",
        "429, 99999999, LATER after PT10H",
        "429, 'Thu, 01 Jan 1970 00:00:00 GMT', LATER after PT0S",
        "429, soon, LATER",
        "429, -1, LATER",
        "500, , LATER",
        "502, , LATER",
        "503, 30, LATER after PT30S"
    })
    void answer_of_the_push_service(int status, String retryAfter, String result) throws Exception {
        service.answer = exchange -> {
            if (retryAfter != null) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            exchange.getResponseHeaders().set("Location", service.endpoint("elsewhere"));
            exchange.sendResponseHeaders(status, -1);
        };
        assertThat(Browser.text(send(Browser.message("Ann", "hello")))).isEqualTo(result);
        assertThat(service.received).hasSize(1);
    }

    @Test
    void push_service_that_does_not_answer_is_asked_later() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        service.answer = exchange -> end.await();
        PushResult result = push(Duration.ofMillis(300))
                .send(browser.device(service.endpoint("abc")), Browser.message("Ann", "hello"));
        end.countDown();
        assertThat(Browser.text(result)).isEqualTo("LATER");
    }

    @Test
    void push_service_that_closes_the_connection_is_asked_later() throws Exception {
        service.answer = exchange -> {
            throw new IOException("closed");
        };
        assertThat(Browser.text(send(Browser.message("Ann", "hello")))).isEqualTo("LATER");
    }

    @Test
    void certificate_is_verified() throws Exception {
        service.received.clear();
        WebPush push = WebPush.builder(keys, "mailto:ops@example.com")
                .pushServices(service.host())
                .build();
        assertThat(Browser.text(push.send(browser.device(service.endpoint("abc")), Browser.message("Ann", "hello"))))
                .isEqualTo("LATER");
        assertThat(service.received).isEmpty();
    }

    @Test
    void endless_body_is_not_read() throws Exception {
        service.answer = exchange -> {
            exchange.sendResponseHeaders(201, 0);
            byte[] part = new byte[8_192];
            try (var out = exchange.getResponseBody()) {
                while (!Thread.currentThread().isInterrupted()) {
                    out.write(part);
                }
            }
        };
        assertThat(send(Browser.message("Ann", "hello")).outcome()).isEqualTo(Outcome.DELIVERED);
    }

    @ParameterizedTest(name = "{0}, hangs: {1}")
    @CsvSource({"201, false, DELIVERED", "410, false, GONE", "503, false, LATER", "201, true, DELIVERED"})
    void status_is_the_answer_although_the_body_does_not_end(int status, boolean hangs, String result)
            throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        service.answer = exchange -> {
            exchange.sendResponseHeaders(status, 1_000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            if (hangs) {
                end.await();
            }
            throw new IOException("closed");
        };
        PushResult answered =
                push(HttpCalls.LIMIT).send(browser.device(service.endpoint("abc")), Browser.message("Ann", "hello"));
        end.countDown();
        assertThat(Browser.text(answered)).isEqualTo(result);
    }

    @Test
    void each_message_is_encrypted_anew() throws Exception {
        service.answer = exchange -> exchange.sendResponseHeaders(201, -1);
        send(Browser.message("Ann", "hello"));
        byte[] first = service.received.get(0).body();
        send(Browser.message("Ann", "hello"));
        assertThat(service.received.get(0).body()).isNotEqualTo(first);
    }

    @Test
    void clients_receive_the_public_key() throws Exception {
        WebPush push = push(Duration.ofSeconds(30));
        assertThat(push.platform()).isEqualTo("web");
        assertThat(push.silent()).isFalse();
        assertThat(push.clientSettings()).isEqualTo(Map.of("applicationServerKey", keys.publicKey()));
        assertThat(push.toString()).doesNotContain(keys.privateKey());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void one_instance_serves_several_threads(int threads) throws Exception {
        service.answer = exchange -> exchange.sendResponseHeaders(201, -1);
        service.received.clear();
        WebPush push = push(Duration.ofSeconds(30));
        List<CompletableFuture<PushResult>> results = IntStream.range(0, threads)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return push.send(browser.device(service.endpoint("abc")), Browser.message("Ann", "hello " + i));
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                }))
                .toList();
        assertThat(results).allMatch(result -> result.join().outcome() == Outcome.DELIVERED);
        assertThat(service.received).hasSize(threads);
    }
}
