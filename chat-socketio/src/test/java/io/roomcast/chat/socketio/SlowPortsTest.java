package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.RateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose host's ports are slow or hang: connected users are served, and valid tokens are accepted. */
@Timeout(120)
class SlowPortsTest {
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<RawWebSocket> sockets = new ArrayList<>();
    private ChatServer server;

    private void start(UnaryOperator<ChatServerBuilder> parts) {
        ChatServerBuilder builder =
                ChatServer.builder().host("127.0.0.1").port(0).rateLimiter(RateLimiter.none());
        server = parts.apply(builder).build().start();
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        sockets.forEach(RawWebSocket::close);
        server.stop(Duration.ofSeconds(1));
    }

    private RawWebSocket connected(String token) {
        RawWebSocket socket = RawWebSocket.connected(server.port(), "{\"token\":\"" + token + "\"}");
        sockets.add(socket);
        return socket;
    }

    private void stranger(String token) {
        RawWebSocket socket = RawWebSocket.open(server.port());
        sockets.add(socket);
        socket.nextText();
        socket.text("40{\"token\":\"" + token + "\"}");
    }

    private Principal slowOwnerOf(String token) {
        if (token.startsWith("bad")) {
            awaitGoOn();
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        return Principal.of(token);
    }

    private void awaitGoOn() {
        try {
            goOn.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static String send(RawWebSocket socket, int id, String conversationId) {
        return socket.ask(
                id, "[\"sendMessage\",{\"conversationId\":\"" + conversationId + "\",\"content\":\"hello\"}]");
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 500})
    void clients_whose_tokens_hang_delay_no_other(int strangers) {
        start(parts -> parts.authenticator(this::slowOwnerOf));
        RawWebSocket ann = connected("ann");
        IntStream.range(0, strangers).forEach(i -> stranger("bad-" + i));
        for (int i = 0; i < 100; i++) {
            assertThat(send(ann, i, "room")).contains("\"success\":true");
        }
        assertThat(RawHttp.get(server.port(), "/health/ready").status()).isEqualTo(200);
        RawWebSocket bob = connected("bob");
        assertThat(send(bob, 1, "room")).contains("\"success\":true");
        assertThat(ann.ask(1, "[\"refreshToken\",{\"token\":\"ann\"}]")).contains("\"success\":true");
        assertThat(goOn.getCount()).isEqualTo(1);
    }

    @Test
    void requests_whose_tokens_hang_delay_no_other() {
        start(parts -> parts.authenticator(this::slowOwnerOf));
        RawWebSocket ann = connected("ann");
        List<RawHttp> requests = IntStream.range(0, 300)
                .mapToObj(i -> {
                    RawHttp http = new RawHttp(server.port());
                    http.send("GET", "/api/conversations", "", "Authorization: Bearer bad-" + i);
                    return http;
                })
                .toList();
        assertThat(send(ann, 1, "room")).contains("\"success\":true");
        assertThat(get("bob").status()).isEqualTo(200);
        assertThat(RawHttp.get(server.port(), "/health/ready").status()).isEqualTo(200);
        requests.forEach(RawHttp::close);
    }

    private RawHttp.Response get(String token) {
        return RawHttp.get(server.port(), "/api/conversations", "Authorization: Bearer " + token);
    }

    @Test
    void bad_tokens_over_http_use_up_a_budget_and_good_ones_do_not() {
        start(parts -> parts.authenticator(token -> {
            if (token.startsWith("bad")) {
                throw new IllegalArgumentException("no such token");
            }
            return Principal.of(token);
        }));
        assertThat(get("ann").status()).isEqualTo(200);
        List<RawHttp.Response> refused;
        try (RawHttp http = new RawHttp(server.port())) {
            refused = IntStream.range(0, 1_500)
                    .mapToObj(i -> http.exchange("GET", "/api/conversations", "", "Authorization: Bearer bad-" + i))
                    .toList();
        }
        assertThat(refused)
                .extracting(RawHttp.Response::status)
                .containsOnly(401, 429)
                .contains(401, 429);
        assertThat(refused).filteredOn(response -> response.status() == 429).allSatisfy(response -> {
            assertThat(response.headers()).containsKey("retry-after");
            assertThat(response.body()).contains("\"code\":\"rate_limited\"", "\"retryAfterMs\":");
        });
        assertThat(get("ann").status()).isEqualTo(200);
        assertThat(send(connected("bob"), 1, "room")).contains("\"success\":true");
    }

    @Test
    void many_good_tokens_over_http_use_up_nothing() {
        start(parts -> parts.authenticator(Principal::of));
        try (RawHttp http = new RawHttp(server.port())) {
            assertThat(IntStream.range(0, 1_000)
                            .map(i -> http.exchange("GET", "/api/conversations", "", "Authorization: Bearer user-" + i)
                                    .status())
                            .toArray())
                    .containsOnly(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"policy, 16", "policy, 60", "interceptor, 16", "interceptor, 60"})
    void port_that_hangs_in_some_conversations_stops_no_other(String port, int conversations) {
        start(parts -> port.equals("policy")
                ? parts.accessPolicy((request, membership) -> passes(request.conversationId()))
                : parts.interceptor(draft -> passes(draft.conversationId()) ? draft : draft));
        RawWebSocket stuck = RawWebSocket.connected(server.port());
        sockets.add(stuck);
        RawWebSocket free = RawWebSocket.connected(server.port());
        sockets.add(free);
        for (int i = 0; i < conversations; i++) {
            stuck.text("42" + i + "[\"sendMessage\",{\"conversationId\":\"stuck-" + i
                    + "\",\"senderId\":\"ann\",\"content\":\"hello\"}]");
        }
        String payload = "{\"conversationId\":\"free\",\"senderId\":\"bob\",\"content\":\"hello\"}";
        for (int i = 0; i < 50; i++) {
            assertThat(free.ask(i, "[\"sendMessage\"," + payload + "]")).contains("\"success\":true");
        }
        boolean[] answered = new boolean[conversations];
        for (int i = 0; i < conversations; i++) {
            String answer = stuck.nextText();
            assertThat(answer).contains("\"code\":\"timeout\"", "\"retryable\":true");
            int id = Integer.parseInt(answer.substring(2, answer.indexOf('[')));
            assertThat(answered[id]).isFalse();
            answered[id] = true;
        }
    }

    private boolean passes(String conversationId) {
        if (conversationId.startsWith("stuck")) {
            awaitGoOn();
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 86_400L * 365_000_000L, -1, Long.MIN_VALUE})
    void limiter_may_answer_any_wait_and_the_client_is_read_on(long seconds) {
        start(parts -> parts.rateLimiter((caller, command) ->
                command.conversationId().equals("limited") ? Duration.ofSeconds(seconds) : Duration.ZERO));
        RawWebSocket ann = RawWebSocket.connected(server.port());
        sockets.add(ann);
        for (int i = 0; i < 90; i++) {
            assertThat(ann.ask(i, "[\"joinRoom\",\"limited\"]")).contains("\"success\":" + (seconds < 0));
        }
        assertThat(ann.ask(200, "[\"joinRoom\",\"free\"]")).contains("\"success\":true");
    }

    @Test
    void user_whose_token_ends_when_time_does_is_let_in() {
        start(parts -> parts.authenticator(token -> Principal.of(token).expiringAt(Instant.MAX)));
        RawWebSocket ann = connected("ann");
        assertThat(send(ann, 1, "room")).contains("\"success\":true");
        assertThat(ann.ask(2, "[\"refreshToken\",{\"token\":\"ann\"}]")).contains("\"success\":true");
    }

    @Test
    void user_who_is_revoked_while_being_let_in_is_not() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        start(parts -> parts.authenticator(token -> {
            asked.countDown();
            awaitGoOn();
            return Principal.of(token);
        }));
        stranger("ann");
        asked.await();
        server.chat().revoke("ann").join();
        goOn.countDown();
        assertThat(sockets.get(0).nextText()).contains("\"code\":\"unauthenticated\"");
    }
}
