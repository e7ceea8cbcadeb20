package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.fixture.AppendHook;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows a commit happens once for each stored message. */
class CommitFollowUpTest {
    /** How the store's answer gets lost. */
    private enum Loss {
        ANSWERED_TIMEOUT(() -> ChatException.of(ErrorCode.TIMEOUT), true),
        THROWN_TIMEOUT(() -> ChatException.of(ErrorCode.TIMEOUT), false),
        ANSWERED_UNAVAILABLE(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE), true),
        THROWN_UNAVAILABLE(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE), false),
        THROWN_EXCEPTION(() -> new IllegalStateException("the driver's"), false),
        THROWN_ERROR(() -> new StackOverflowError("the driver's"), false);

        private final Supplier<Throwable> failure;
        private final boolean answered;

        Loss(Supplier<Throwable> failure, boolean answered) {
            this.failure = failure;
            this.answered = answered;
        }

        private List<AppendResult> answer(List<MessageDraft> drafts) {
            Throwable thrown = failure.get();
            if (answered) {
                AppendResult failed = new AppendResult.Failed((ChatException) thrown);
                return drafts.stream().map(draft -> failed).toList();
            }
            return CommitFollowUpTest.<RuntimeException, List<AppendResult>>sneak(thrown);
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable, T> T sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }

    private final ChatStore stored = ChatStore.inMemory();
    private final Queue<AppendHook> hooks = new ConcurrentLinkedQueue<>();
    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private final ChatStore store = AppendHook.around(stored, (drafts, inner) -> {
        AppendHook hook = hooks.poll();
        return hook == null ? inner.append(drafts) : hook.append(drafts, inner);
    });
    private final ChatFixture fixture = node();
    private final TestSession ann = fixture.user("ann");
    private final TestSession bob = fixture.user("bob");

    private ChatFixture node() {
        return ChatFixture.with(builder -> builder.store(store).listener(new ChatListener() {
            @Override
            public void onMessageSent(Message message) {
                heard.add(message);
            }
        }));
    }

    @BeforeEach
    void makeGroup() {
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        fixture.told().clear();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void lose(Loss loss) {
        hooks.add((drafts, inner) -> {
            inner.append(drafts);
            return loss.answer(drafts);
        });
    }

    private SendMessage message(String key) {
        return SendMessage.of("g", null, MessageType.TEXT, "hello", null, key);
    }

    private Message onlyStored() {
        return stored.history(new HistoryQuery("g", Anchor.AFTER, 0, 10)).get(0);
    }

    private void assertFollowedUpOnce() {
        Message message = onlyStored();
        await().until(() -> !heard.isEmpty());
        // One thread calls the listener in order, so all earlier calls are done after this message.
        fixture.run(ann, message("last")).result();
        await().until(() -> heard.stream().anyMatch(one -> one.clientMessageId().equals("last")));
        assertThat(heard.stream().map(Message::id))
                .filteredOn(message.id()::equals)
                .hasSize(1);
        assertThat(fixture.told().unreadTo(bob))
                .filteredOn(event -> event.equals(new UnreadChanged("g", 1, 0, 1, 0, null)))
                .hasSize(1);
        assertThat(fixture.chat().stats().persisted()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void repeat_follows_up_a_message_whose_answer_was_lost(Loss loss) {
        lose(loss);
        fixture.run(ann, message("k")).refusal();
        for (int i = 0; i < 3; i++) {
            assertThat(fixture.run(ann, message("k")).result().duplicate()).isTrue();
        }

        assertFollowedUpOnce();
    }

    @ParameterizedTest
    @EnumSource
    void message_whose_answer_was_lost_is_followed_up_without_a_repeat(Loss loss) {
        lose(loss);
        fixture.run(ann, message("k")).refusal();
        fixture.time().advance(Duration.ofSeconds(2));

        assertFollowedUpOnce();
    }

    @ParameterizedTest
    @EnumSource
    void repeat_after_the_follow_up_follows_nothing_up(Loss loss) {
        lose(loss);
        fixture.run(ann, message("k")).refusal();
        fixture.time().advance(Duration.ofSeconds(2));
        assertThat(fixture.run(ann, message("k")).result().duplicate()).isTrue();

        assertFollowedUpOnce();
    }

    @ParameterizedTest
    @EnumSource
    void room_receives_a_message_whose_answer_was_lost_once(Loss loss) {
        TestSession here = fixture.userIn("g", "bob");
        lose(loss);
        fixture.run(ann, message("k")).refusal();
        fixture.run(ann, message("k")).result();
        fixture.time().advance(Duration.ofMinutes(1));

        assertThat(fixture.told().messagesTo(here)).containsExactly(onlyStored());
        assertFollowedUpOnce();
    }

    @Test
    void message_that_a_later_one_made_known_to_the_room_is_followed_up_too() {
        TestSession here = fixture.userIn("g", "bob");
        lose(Loss.ANSWERED_TIMEOUT);
        fixture.run(ann, message("k")).refusal();
        fixture.run(ann, message("next")).result();
        assertThat(fixture.told().messagesTo(here)).hasSize(2);
        fixture.time().advance(Duration.ofSeconds(2));

        await().until(() -> heard.size() == 2);
        assertThat(fixture.told().messagesTo(here)).hasSize(2);
    }

    @Test
    void message_whose_answer_is_lost_twice_is_followed_up_once() {
        lose(Loss.ANSWERED_TIMEOUT);
        lose(Loss.THROWN_UNAVAILABLE);
        fixture.run(ann, message("k")).refusal();
        fixture.run(ann, message("k")).refusal();
        fixture.time().advance(Duration.ofMinutes(1));
        fixture.run(ann, message("k")).result();

        assertFollowedUpOnce();
    }

    @Test
    void message_that_was_not_stored_is_not_followed_up() {
        hooks.add((drafts, inner) -> Loss.ANSWERED_TIMEOUT.answer(drafts));
        fixture.run(ann, message("k")).refusal();
        fixture.time().advance(Duration.ofMinutes(2));
        assertThat(heard).isEmpty();
        assertThat(fixture.run(ann, message("k")).result().duplicate()).isFalse();

        assertFollowedUpOnce();
    }

    @Test
    void message_that_another_server_stored_is_followed_up_there_alone() {
        ChatFixture other = node();
        try {
            TestSession elsewhere = other.user("ann");
            other.run(elsewhere, message("k")).result();
            await().until(() -> heard.size() == 1);
            TestSession here = fixture.userIn("g", "bob");
            assertThat(fixture.run(ann, message("k")).result().duplicate()).isTrue();
            fixture.run(ann, message("next")).result();
            await().until(() -> heard.size() >= 2);

            assertThat(heard).extracting(Message::clientMessageId).containsExactly("k", "next");
            assertThat(fixture.told().events())
                    .filteredOn(MessageSent.class::isInstance)
                    .hasSize(1);
            assertThat(fixture.told().messagesTo(here)).hasSize(1);
        } finally {
            other.close();
        }
    }

    @Test
    void broadcaster_that_fails_keeps_nothing_from_being_followed_up() {
        ChatFixture deaf = ChatFixture.with(builder -> builder.store(store)
                .broadcaster((event, recipients) -> {
                    throw new StackOverflowError("the host's");
                })
                .listener(new ChatListener() {
                    @Override
                    public void onMessageSent(Message message) {
                        heard.add(message);
                    }
                }));
        try {
            TestSession session = deaf.userIn("g", "ann");
            deaf.run(session, message("k")).result();
            await().until(() -> heard.size() == 1);
        } finally {
            deaf.close();
        }
    }

    @Test
    void close_follows_up_what_is_stored() {
        lose(Loss.ANSWERED_TIMEOUT);
        fixture.run(ann, message("k")).refusal();
        fixture.close();

        await().until(() -> heard.size() == 1);
    }
}
