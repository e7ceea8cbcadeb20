package io.roomcast.chat;

import static io.roomcast.chat.fixture.ChatFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.RefreshToken;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Host's ports that are slow, hang, or wait for the chat: commands that do not need them continue. */
@Timeout(60)
class PortIsolationTest {
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final TestSession ann = TestSession.of("ann");
    private final AtomicReference<ChatEngine> running = new AtomicReference<>();
    private final ExecutorService twoThreads = Executors.newFixedThreadPool(2);

    private ChatEngine start(UnaryOperator<ChatEngineBuilder> parts) {
        ChatEngine chat = parts.apply(ChatEngine.builder()).build();
        running.set(chat);
        chat.open(ann);
        return chat;
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        running.get().close(Duration.ofSeconds(5));
        twoThreads.shutdownNow();
    }

    private static Answer<SendMessage.Sent> send(ChatEngine chat, Session session, String conversationId) {
        Answer<SendMessage.Sent> answer = new Answer<>();
        chat.execute(session, text(conversationId, "hello"), answer);
        return answer;
    }

    /** Blocks whatever is done to it. */
    private void hang() {
        boolean over = false;
        while (!over) {
            try {
                goOn.await();
                over = true;
            } catch (InterruptedException ignored) {
                // as a host's code may do
            }
        }
    }

    private void assertServed(ChatEngine chat, Session session) {
        assertThat(send(chat, session, "free").result().message().content()).isEqualTo("hello");
        Answer<GetMessages.Page> page = new Answer<>();
        chat.execute(session, GetMessages.latest("free"), page);
        assertThat(page.result().messages()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 64, 200})
    void policy_that_hangs_stops_its_conversations_alone(int conversations) {
        ChatEngine chat = start(parts -> parts.accessPolicy((request, membership) -> {
            if (request.conversationId().startsWith("stuck")) {
                hang();
            }
            return true;
        }));
        List<Answer<SendMessage.Sent>> stuck = IntStream.range(0, conversations)
                .mapToObj(i -> send(chat, ann, "stuck-" + i))
                .toList();
        assertServed(chat, ann);
        assertThat(stuck).allSatisfy(answer -> assertThat(answer.count()).isZero());
        assertThat(stuck).allSatisfy(answer -> assertThat(answer.code()).isEqualTo(ErrorCode.TIMEOUT));
        assertServed(chat, ann);
    }

    @Test
    void interceptor_that_hangs_stops_its_conversations_alone() {
        ChatEngine chat = start(parts -> parts.interceptor(draft -> {
            if (draft.conversationId().startsWith("stuck")) {
                hang();
            }
            return draft;
        }));
        List<Answer<SendMessage.Sent>> stuck = IntStream.range(0, 100)
                .mapToObj(i -> send(chat, ann, "stuck-" + i))
                .toList();
        assertServed(chat, ann);
        assertThat(stuck).allSatisfy(answer -> assertThat(answer.code()).isEqualTo(ErrorCode.TIMEOUT));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 500})
    void authenticator_that_hangs_keeps_neither_users_nor_health_nor_good_tokens_waiting(int strangers) {
        ChatEngine chat = start(parts -> parts.authenticator(token -> {
            if (token.startsWith("bad")) {
                hang();
            }
            return Principal.of(token);
        }));
        List<Answer<Principal>> bad = IntStream.range(0, strangers)
                .mapToObj(i -> authenticate(chat, "bad-" + i))
                .toList();
        Answer<RefreshToken.Refreshed> refreshed = new Answer<>();
        chat.execute(ann, new RefreshToken("ann"), refreshed);
        refreshed.result();
        assertServed(chat, ann);
        assertThat(chat.service().ping()).succeedsWithin(Duration.ofSeconds(20));
        assertThat(authenticate(chat, "bob").result()).isEqualTo(Principal.of("bob"));
        assertThat(bad).allSatisfy(answer -> assertThat(answer.count()).isZero());
        assertThat(bad).allSatisfy(answer -> assertThat(answer.code()).isEqualTo(ErrorCode.TIMEOUT));
    }

    private static Answer<Principal> authenticate(ChatEngine chat, String token) {
        Answer<Principal> answer = new Answer<>();
        chat.authenticate(token, answer);
        return answer;
    }

    @Test
    void one_message_passes_the_policy_in_the_order_of_its_conversation() {
        ChatEngine chat = start(parts -> parts.accessPolicy((request, membership) -> true));
        List<Answer<SendMessage.Sent>> sent =
                IntStream.range(0, 500).mapToObj(i -> send(chat, ann, "room")).toList();
        List<Long> seqs =
                sent.stream().map(answer -> answer.result().message().seq()).toList();
        assertThat(seqs).isSorted().doesNotHaveDuplicates().hasSize(500);
    }

    @Test
    void policy_is_asked_about_every_conversation_of_a_command_and_one_forbids_all() {
        ChatEngine chat = start(parts -> parts.accessPolicy(
                (request, membership) -> !request.conversationId().equals("b")));
        Answer<MarkDelivered.Delivered> answer = new Answer<>();
        chat.execute(
                ann,
                new MarkDelivered(List.of(new MarkDelivered.Item("a", 1), new MarkDelivered.Item("b", 1))),
                answer);
        assertThat(answer.code()).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void policy_that_sends_and_waits_on_two_threads_of_the_host_gets_its_message_through() {
        ChatEngine chat = start(parts -> parts.executor(twoThreads).accessPolicy((request, membership) -> {
            running.get()
                    .service()
                    .send("audit", NewMessage.system(request.conversationId()))
                    .join();
            return true;
        }));
        List<Answer<SendMessage.Sent>> sent = IntStream.range(0, 20)
                .mapToObj(i -> send(chat, ann, "room-" + i))
                .toList();
        assertThat(sent).allSatisfy(answer -> answer.result());
    }

    @Test
    void port_that_waits_for_its_own_conversation_ends_by_its_own_time() {
        ChatEngine chat = start(parts -> parts.executor(twoThreads).interceptor(draft -> {
            if (draft.content().equals("hello")) {
                running.get()
                        .service()
                        .send(draft.conversationId(), NewMessage.system("echo"))
                        .join();
            }
            return draft;
        }));
        List<Answer<SendMessage.Sent>> sent = IntStream.range(0, 4)
                .mapToObj(i -> send(chat, ann, "room-" + i))
                .toList();
        assertThat(sent).allSatisfy(answer -> assertThat(answer.code()).isEqualTo(ErrorCode.TIMEOUT));
        assertThat(chat.service()
                        .send("room-0", NewMessage.system("next"))
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join()
                        .content())
                .isEqualTo("next");
    }

    @Test
    void futures_complete_and_time_out_though_all_threads_of_the_host_wait_for_them() {
        ChatEngine chat = start(parts -> parts.executor(twoThreads)
                .limits(io.roomcast.chat.model.Limits.builder()
                        .commandTimeout(Duration.ofSeconds(1))
                        .build()));
        List<CompletableFuture<String>> waiting = IntStream.range(0, 2)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> chat.service()
                                .send("room", NewMessage.system("hello"))
                                .handle((message, failure) -> failure == null ? "sent" : "failed")
                                .join(),
                        twoThreads))
                .toList();
        assertThat(waiting)
                .allSatisfy(one -> assertThat(one.get(20, TimeUnit.SECONDS)).isIn("sent", "failed"));
        assertThat(chat.service()
                        .send("room", NewMessage.system("next"))
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join()
                        .content())
                .isEqualTo("next");
    }
}
