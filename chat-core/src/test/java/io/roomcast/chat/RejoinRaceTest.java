package io.roomcast.chat;

import static io.roomcast.chat.fixture.ChatFixture.text;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRoom.Joined;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.RateLimiter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session that is in a room and asks again for what it may have missed, while others talk. */
@Timeout(60)
class RejoinRaceTest {
    private static final int MESSAGES = 600;

    /** The answer of a join, and the live events that the session had received before it. */
    private record Rejoined(long after, Joined answer, List<Long> before) {}

    private final Recorder told = new Recorder();
    private final ChatEngine chat = ChatEngine.builder()
            .broadcaster(told)
            .rateLimiter(RateLimiter.none())
            .limits(Limits.builder().syncPage(MESSAGES).build())
            .build();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final TestSession ann = TestSession.of("ann");

    @AfterEach
    void close() {
        threads.shutdownNow();
        chat.close();
    }

    private List<Long> heardLive() {
        return seqs(told.messagesTo(ann));
    }

    private static List<Long> seqs(List<Message> messages) {
        return messages.stream().map(Message::seq).toList();
    }

    private static List<Long> range(long after, long upTo) {
        return LongStream.rangeClosed(after + 1, upTo).boxed().toList();
    }

    private void sendMany(TestSession sender) {
        for (int i = 0; i < MESSAGES / 2; i++) {
            Answer<SendMessage.Sent> answer = new Answer<>();
            chat.execute(sender, text("room", "message " + i), answer);
            if (i % 5 == 0) {
                answer.result();
            }
        }
    }

    private Rejoined rejoin(long after) {
        CompletableFuture<Rejoined> rejoined = new CompletableFuture<>();
        chat.execute(ann, JoinRoom.after("room", new Position(after, 0)), new Reply<>() {
            @Override
            public void succeeded(Joined answer) {
                rejoined.complete(new Rejoined(after, answer, heardLive()));
            }

            @Override
            public void failed(ChatException refusal) {
                rejoined.completeExceptionally(refusal);
            }
        });
        return rejoined.orTimeout(20, SECONDS).join();
    }

    private TestSession opened(TestSession session) {
        chat.open(session);
        return session;
    }

    @Test
    void answer_has_what_was_asked_for_and_what_follows_live_begins_after_it() throws Exception {
        opened(ann);
        rejoin(0);
        List<Future<?>> senders = IntStream.range(0, 2)
                .<Future<?>>mapToObj(i -> {
                    TestSession sender = opened(TestSession.of("sender-" + i));
                    return threads.submit(() -> sendMany(sender));
                })
                .toList();
        List<Rejoined> all = new ArrayList<>();
        for (long after = 0; heardLive().size() < MESSAGES; after = heardLive().size()) {
            all.add(rejoin(after));
        }
        for (Future<?> sender : senders) {
            sender.get(20, SECONDS);
        }
        await().until(() -> heardLive().size() >= MESSAGES);
        assertThat(heardLive()).isEqualTo(range(0, MESSAGES));
        assertThat(all).isNotEmpty().allSatisfy(this::assertNothingMissing);
    }

    private void assertNothingMissing(Rejoined rejoined) {
        Joined answer = rejoined.answer();
        long head = answer.position().seq();
        assertThat(rejoined.before()).isEqualTo(range(0, head));
        assertThat(seqs(requireNonNull(answer.missed()).messages())).isEqualTo(range(rejoined.after(), head));
    }
}
