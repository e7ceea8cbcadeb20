package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.event.SessionRevoked;
import io.roomcast.chat.event.SessionRevoked.Reason;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.AppendHook;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.testkit.StoredReceipts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EraseUserTest {
    private final List<String> forgotten = new ArrayList<>();
    private final ChatStore store = ChatStore.inMemory();
    private final ChatFixture fixture = ChatFixture.with(builder -> builder.store(store));
    private final TestSession ann = fixture.user("ann");
    private final TestSession bob = fixture.user("bob");

    @BeforeEach
    void makeGroup() {
        fixture.chat().create(NewConversation.group("g", "Group", List.of("bob", "ann")));
        fixture.run(ann, JoinRoom.of("g")).result();
        fixture.run(bob, JoinRoom.of("g")).result();
        fixture.send(bob, "g", "mine").result();
        fixture.send(ann, "g", "hers").result();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static void erase(ChatFixture fixture, String userId) {
        fixture.chat().eraseUser(userId).orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static boolean names(ChatStore store, String userId) {
        return StoredReceipts.of(store, "g").stream().map(Receipt::userId).anyMatch(userId::equals)
                || store.isMember("g", userId)
                || store.history(new HistoryQuery("g", HistoryQuery.Anchor.LATEST, 0, 100)).stream()
                        .map(Message::senderId)
                        .anyMatch(userId::equals);
    }

    @Test
    void receipts_that_wait_do_not_bring_the_id_back() {
        fixture.run(bob, new MarkRead("g", 2)).result();
        fixture.run(bob, new MarkDelivered(List.of(new MarkDelivered.Item("g", 2))))
                .result();
        erase(fixture, "bob");
        fixture.time().advance(Duration.ofSeconds(5));
        fixture.send(ann, "g", "still here").result();
        fixture.time().advance(Duration.ofSeconds(5));
        assertThat(names(store, "bob")).isFalse();
    }

    @Test
    void sessions_are_ended_and_notified() {
        TestSession phone = fixture.user("bob");
        erase(fixture, "bob");
        assertThat(List.of(bob, phone)).allMatch(TestSession::hasEnded);
        assertThat(fixture.told().toldTo(phone)).contains(new SessionRevoked(Reason.REVOKED));
    }

    @Test
    void erased_user_is_no_member_at_once() {
        erase(fixture, "bob");
        assertThat(fixture.send(bob, "g", "still here").code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(fixture.latest(fixture.user("bob"), "g").code()).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void others_receive_the_removal_and_the_new_owner() {
        erase(fixture, "bob");
        assertThat(fixture.told().toldTo(ann)).contains(new MemberRemoved("g", "bob", null));
        assertThat(store.member("g", "ann").orElseThrow().role()).isEqualTo(Role.OWNER);
    }

    @Test
    void presence_forgets_when_the_user_was_here_last() {
        fixture.run(ann, new SubscribePresence(List.of("bob"))).result();
        erase(fixture, "bob");
        GetPresence ask = new GetPresence(List.of("bob"));
        assertThat(fixture.run(ann, ask).result().presence())
                .containsExactly(new Presence("bob", Presence.Status.OFFLINE, null));
        fixture.time().advance(Duration.ofSeconds(20));
        assertThat(fixture.run(ann, ask).result().presence())
                .containsExactly(new Presence("bob", Presence.Status.OFFLINE, null));
    }

    @Test
    void user_who_returns_is_a_new_one() {
        erase(fixture, "bob");
        fixture.chat().addMembers("g", Set.of("bob"));
        TestSession again = fixture.userIn("g", "bob");
        Message said = fixture.send(again, "g", "I am new").result().message();
        List<Message> all = fixture.run(again, GetMessages.latest("g")).result().messages();
        assertThat(all).filteredOn(message -> message.senderId().equals("bob")).containsExactly(said);
    }

    @Test
    void message_that_is_on_its_way_is_erased_too() throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        CompletableFuture<Void> reached = new CompletableFuture<>();
        ChatStore kept = ChatStore.inMemory();
        ChatStore slow = AppendHook.around(kept, (drafts, behind) -> {
            reached.complete(null);
            release.orTimeout(20, TimeUnit.SECONDS).join();
            return behind.append(drafts);
        });
        try (ChatFixture busy = ChatFixture.with(builder -> builder.store(slow).executor(ForkJoinPool.commonPool()))) {
            busy.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
            TestSession session = busy.user("bob");
            Answer<?> sent = busy.send(session, "g", "late");
            reached.get(20, TimeUnit.SECONDS);
            CompletableFuture<Void> erased = busy.chat().eraseUser("bob");
            await().until(session::hasEnded);
            release.complete(null);
            erased.get(20, TimeUnit.SECONDS);
            sent.isRefused();
            assertThat(names(kept, "bob")).isFalse();
        }
    }

    @Test
    void limiter_forgets_the_user() {
        RateLimiter limiter = new RateLimiter() {
            @Override
            public Duration acquire(String caller, Command<?> command) {
                return Duration.ZERO;
            }

            @Override
            public void forget(String caller) {
                forgotten.add(caller);
            }
        };
        try (ChatFixture limited = ChatFixture.with(builder -> builder.rateLimiter(limiter))) {
            erase(limited, "bob");
            assertThat(forgotten).contains("bob").doesNotContain("ann");
        }
    }

    @Test
    void erasure_that_the_store_did_not_finish_fails_and_can_be_repeated() {
        FailingStore broken = new FailingStore();
        try (ChatFixture chat = ChatFixture.with(builder -> builder.store(broken))) {
            broken.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
            assertThat(chat.chat().eraseUser("bob")).failsWithin(Duration.ofSeconds(20));
            broken.recover();
            erase(chat, "bob");
            assertThat(chat.run(chat.user("bob"), JoinRoom.of("room")).isRefused())
                    .isFalse();
        }
    }

    @Test
    void id_that_no_user_has_is_refused() {
        ChatException refusal = Answer.of(fixture.chat().eraseUser(" ")).refusal();
        assertThat(refusal.field()).contains("userId");
    }
}
