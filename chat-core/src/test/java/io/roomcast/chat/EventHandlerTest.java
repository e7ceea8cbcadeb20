package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.roomcast.chat.command.HandleEvent;
import io.roomcast.chat.command.HandleEvent.Handled;
import io.roomcast.chat.event.CustomEventSent;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.ServiceUnavailableException;
import io.roomcast.chat.spi.RateLimiter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that are the host's own, and their handlers. */
@Timeout(60)
class EventHandlerTest {
    private static final String NAME = "shop:order.seen";

    private ChatFixture fixture = ChatFixture.start();
    private TestSession ann = fixture.user("ann");

    @AfterEach
    void close() {
        fixture.close();
    }

    private void start(UnaryOperator<ChatEngineBuilder> parts) {
        fixture.close();
        fixture = ChatFixture.with(parts);
        ann = fixture.user("ann");
    }

    private Answer<Handled> send(String payload) {
        return fixture.run(ann, new HandleEvent(NAME, payload));
    }

    private String answer(String payload) {
        return send(payload).result().answer();
    }

    @Test
    void handler_gets_the_request_and_answers_it() {
        AtomicReference<EventRequest> seen = new AtomicReference<>();
        start(builder -> builder.on(NAME, request -> {
            seen.set(request);
            return "[" + request.payload() + "]";
        }));
        assertThat(answer("{\"id\":7}")).isEqualTo("[{\"id\":7}]");
        assertThat(seen.get())
                .isEqualTo(new EventRequest(fixture.chat(), NAME, ann.principal(), ann.id(), "{\"id\":7}"));
        assertThat(seen.get().toString()).contains(NAME).doesNotContain("id\":7");
    }

    @Test
    void handler_uses_the_chat() {
        start(builder -> builder.on(NAME, request -> {
            String userId = request.principal().userId();
            request.chat().send("room", NewMessage.text(userId, "seen")).get();
            request.chat().sendEventToUsers(List.of(userId), "order.updated", request.payload());
            return null;
        }));
        assertThat(answer("1")).isEqualTo("{\"success\":true}");
        assertThat(fixture.latest(ann, "room").result().messages()).hasSize(1);
        assertThat(fixture.told().toldTo(ann)).anyMatch(CustomEventSent.class::isInstance);
    }

    @Test
    void answer_may_come_later() {
        CompletableFuture<String> later = new CompletableFuture<>();
        start(builder -> builder.onAsync(NAME, request -> later));
        Answer<Handled> answer = send("null");
        assertThat(answer.count()).isZero();
        later.complete("\"done\"");
        assertThat(answer.result().answer()).isEqualTo("\"done\"");
    }

    record Order(int id) {}

    private static Order read(String json, Class<Order> type) throws IOException {
        if (json.equals("null")) {
            return null;
        } else if (!json.matches("\\d+")) {
            throw new IOException("no " + type);
        }
        return new Order(Integer.parseInt(json));
    }

    @Test
    void payload_is_read_by_the_hosts_mapper() {
        start(builder -> builder.on(
                NAME,
                EventHandler.reading(
                        Order.class,
                        EventHandlerTest::read,
                        (order, request) ->
                                String.valueOf(order.id() + request.payload().length()))));
        assertThat(answer("41")).isEqualTo("43");
        assertThat(send("\"x\"").refusal()).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PAYLOAD);
            assertThat(refusal.field()).contains("payload");
        });
        assertThat(send("null").code()).isEqualTo(ErrorCode.MISSING_FIELDS);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                argumentSet("refusal", ErrorCode.CONFLICT, ChatException.of(ErrorCode.CONFLICT)),
                argumentSet("own text", ErrorCode.REJECTED, ChatException.rejected("Sold out")),
                argumentSet("service that is away", ErrorCode.UNAVAILABLE, new ServiceUnavailableException("away")),
                argumentSet("fault", ErrorCode.INTERNAL_ERROR, new IllegalStateException("secret")),
                argumentSet("checked exception", ErrorCode.INTERNAL_ERROR, new IOException("secret")),
                argumentSet("error", ErrorCode.INTERNAL_ERROR, new StackOverflowError()));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_has_a_code(ErrorCode code, Throwable failure) {
        start(builder -> builder.on(NAME, request -> {
            throw thrown(failure);
        }));
        ChatException refusal = send("{}").refusal();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.text()).doesNotContain("secret");
        start(builder -> builder.onAsync(NAME, request -> CompletableFuture.failedFuture(failure)));
        assertThat(send("{}").code()).isEqualTo(code);
    }

    private static Exception thrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (Exception) failure;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "done", "{", "1 2", "{\"a\":1}x", "\"\uD83D\"", "1e999"})
    void answer_that_is_no_json_is_a_fault(String answer) {
        start(builder -> builder.on(NAME, request -> answer));
        assertThat(send("{}").code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
    }

    @ParameterizedTest
    @CsvSource({
        "x, 64510, false",
        "x, 64511, true",
        "é, 32255, false",
        "é, 32256, true",
        "€, 21503, false",
        "€, 21504, true"
    })
    void answer_that_no_client_could_receive_is_a_fault(String character, int count, boolean isRefused) {
        String text = '"' + character.repeat(count) + '"';
        start(builder ->
                builder.limits(Limits.builder().pendingBytes(65_536).build()).on(NAME, request -> text));
        Answer<Handled> answer = send("1");
        assertThat(answer.isRefused()).isEqualTo(isRefused);
        if (isRefused) {
            assertThat(answer.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
        }
    }

    @Test
    void handler_without_a_stage_is_a_fault() {
        start(builder -> builder.onAsync(NAME, request -> null));
        assertThat(send("{}").code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
    }

    @Test
    void event_without_a_handler_is_not_supported() {
        assertThat(send("{}").code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
        start(builder -> builder.on("other", request -> null));
        assertThat(send("{}").code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
        assertThat(fixture.engine().events()).containsExactly("other");
    }

    @Test
    void host_calls_its_own_handler() throws ExecutionException, InterruptedException {
        start(builder -> builder.on(NAME, request -> '"' + request.sessionId() + '"'));
        assertThat(fixture.chat().execute(new HandleEvent(NAME, "{}")).get().answer())
                .isEqualTo("\"host\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ä", "a/b", "a\n"})
    void name_is_checked(String name) {
        assertThat(ChatEngineBuilder.isEventName(name)).isFalse();
        assertThatThrownBy(() -> ChatEngine.builder().on(name, request -> null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("name: " + name + " (expected: 1 to 64 ");
        assertThat(fixture.run(ann, new HandleEvent(name, "{}")).code())
                .isIn(ErrorCode.INVALID_PAYLOAD, ErrorCode.MISSING_FIELDS);
    }

    @Test
    void event_has_one_handler() {
        ChatEngineBuilder builder = ChatEngine.builder().on(NAME, request -> null);
        assertThatThrownBy(() -> builder.onAsync(NAME, request -> new CompletableFuture<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name: " + NAME + " (expected: one handler for each event)");
    }

    @Test
    void rate_is_that_of_other_commands() {
        start(builder -> builder.on(NAME, request -> null).rateLimiter(RateLimiter.tokenBuckets()));
        List<Answer<Handled>> answers =
                IntStream.range(0, 200).mapToObj(i -> send("{}")).toList();
        List<Answer<Handled>> refused =
                answers.stream().filter(Answer::isRefused).toList();
        assertThat(refused).hasSizeBetween(1, 160);
        assertThat(refused).allSatisfy(answer -> assertThat(answer.code()).isEqualTo(ErrorCode.RATE_LIMITED));
    }

    @Test
    void handler_that_hangs_times_out_and_delays_no_other_user_and_no_other_event() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Map<String, String> answers = Map.of("ann", "never", "bob", "\"quick\"");
        ChatEngine chat = ChatEngine.builder()
                .limits(Limits.builder().commandTimeout(Duration.ofMillis(500)).build())
                .on(NAME, request -> {
                    if (request.payload().equals("\"hang\"")) {
                        over.await();
                    }
                    return answers.get(request.principal().userId());
                })
                .onAsync("later", request -> new CompletableFuture<>())
                .on("other", request -> "1")
                .build();
        try (chat) {
            TestSession hanging = TestSession.of(Principal.of("ann"));
            TestSession other = TestSession.of(Principal.of("bob"));
            List<Answer<Handled>> stuck = IntStream.range(0, 200)
                    .mapToObj(i -> run(chat, hanging, new HandleEvent(NAME, "\"hang\"")))
                    .toList();
            Answer<Handled> later = run(chat, hanging, new HandleEvent("later", "{}"));
            assertThat(run(chat, hanging, new HandleEvent("other", "{}"))
                            .result()
                            .answer())
                    .isEqualTo("1");
            assertThat(stuck).allSatisfy(answer -> assertThat(answer.code()).isEqualTo(ErrorCode.TIMEOUT));
            assertThat(later.code()).isEqualTo(ErrorCode.TIMEOUT);
            assertThat(run(chat, other, new HandleEvent(NAME, "{}")).result().answer())
                    .isEqualTo("\"quick\"");
        } finally {
            over.countDown();
        }
    }

    private static Answer<Handled> run(ChatEngine chat, TestSession session, HandleEvent event) {
        Answer<Handled> answer = new Answer<>();
        chat.execute(session, event, answer);
        return answer;
    }

    @Test
    void closed_chat_calls_no_handler() {
        start(builder -> builder.on(NAME, request -> null));
        fixture.engine().close();
        assertThat(send("{}").code()).isEqualTo(ErrorCode.SERVER_DRAINING);
    }
}
