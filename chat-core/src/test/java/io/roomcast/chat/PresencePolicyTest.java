package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Presence.Status;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.PresencePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A policy of the host decides whose presence a user sees: in answers, by subscription, and in common rooms. */
@Timeout(60)
class PresencePolicyTest {
    private static final Presence HIDDEN = new Presence("ann", Status.OFFLINE, null);

    private final List<ChatFixture> chats = new ArrayList<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Set<String> blocked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();
    private final ScheduledExecutorService realTime = Executors.newSingleThreadScheduledExecutor();

    private ChatFixture chat(UnaryOperator<ChatEngineBuilder> parts) {
        ChatFixture chat = ChatFixture.with(parts);
        chat.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob", "eve")));
        chats.add(chat);
        return chat;
    }

    /** A chat in which everyone sees everyone, except the blocked viewers. */
    private ChatFixture chat() {
        return chat(builder -> builder.presencePolicy((viewerId, userId) -> {
            calls.incrementAndGet();
            return !blocked.contains(viewerId);
        }));
    }

    @AfterEach
    void close() {
        goOn.countDown();
        chats.forEach(ChatFixture::close);
        realTime.shutdownNow();
    }

    private static Presence seen(ChatFixture chat, TestSession viewer) {
        return chat.run(viewer, new GetPresence(List.of("ann")))
                .result()
                .presence()
                .get(0);
    }

    private static List<Status> received(ChatFixture chat, TestSession session) {
        return chat.told().comingsToldTo(session).stream()
                .filter(PresenceChanged.class::isInstance)
                .map(event -> ((PresenceChanged) event).presence())
                .filter(presence -> presence.userId().equals("ann"))
                .map(Presence::status)
                .toList();
    }

    @Test
    void viewer_whom_the_host_refuses_sees_nothing_in_a_common_room() {
        blocked.add("eve");
        ChatFixture chat = chat();
        TestSession bob = chat.userIn("g", "bob");
        TestSession eve = chat.userIn("g", "eve");
        TestSession ann = chat.userIn("g", "ann");
        assertThat(chat.run(eve, new SubscribePresence(List.of("ann"))).result().presence())
                .containsExactly(HIDDEN);
        chat.run(ann, new SetPresence(Status.AWAY)).result();
        await().untilAsserted(() -> assertThat(received(chat, bob)).contains(Status.AWAY));
        assertThat(seen(chat, bob).status()).isEqualTo(Status.AWAY);
        assertThat(seen(chat, eve)).isEqualTo(HIDDEN);
        assertThat(seen(chat, ann).status()).isEqualTo(Status.AWAY);
        chat.engine().close(ann);
        chat.time().advance(Duration.ofSeconds(20));
        await().untilAsserted(() -> assertThat(received(chat, bob)).endsWith(Status.OFFLINE));
        assertThat(seen(chat, bob).lastSeenAt()).isNotNull();
        assertThat(seen(chat, eve)).isEqualTo(HIDDEN);
        assertThat(received(chat, eve)).isEmpty();
    }

    @Test
    void answers_are_kept_for_half_a_minute_and_refusals_for_a_second() {
        ChatFixture chat = chat();
        TestSession eve = chat.user("eve");
        chat.user("ann");
        assertThat(seen(chat, eve).status()).isEqualTo(Status.ONLINE);
        blocked.add("eve");
        chat.time().advance(Duration.ofSeconds(29));
        assertThat(seen(chat, eve).status()).isEqualTo(Status.ONLINE);
        assertThat(calls).hasValue(1);
        chat.time().advance(Duration.ofSeconds(1));
        assertThat(seen(chat, eve)).isEqualTo(HIDDEN);
        blocked.clear();
        assertThat(seen(chat, eve)).isEqualTo(HIDDEN);
        chat.time().advance(Duration.ofSeconds(1));
        assertThat(seen(chat, eve).status()).isEqualTo(Status.ONLINE);
    }

    @Test
    void answers_are_forgotten_when_a_member_is_removed() {
        ChatFixture chat = chat();
        TestSession eve = chat.user("eve");
        TestSession ann = chat.user("ann");
        chat.run(eve, new SubscribePresence(List.of("ann"))).result();
        blocked.add("eve");
        chat.chat().removeMember("g", "eve");
        assertThat(seen(chat, eve)).isEqualTo(HIDDEN);
        chat.run(ann, new SetPresence(Status.AWAY)).result();
        chat.time().advance(Duration.ofSeconds(2));
        await().until(() -> calls.get() >= 2);
        assertThat(received(chat, eve)).isEmpty();
    }

    @Test
    void two_hundred_users_are_asked_once_each() {
        ChatFixture chat = chat();
        TestSession eve = chat.user("eve");
        GetPresence all =
                new GetPresence(IntStream.range(0, 200).mapToObj(i -> "u" + i).toList());
        chat.run(eve, all).result();
        chat.run(eve, all).result();
        assertThat(calls).hasValue(200);
    }

    @Test
    void policy_that_throws_hides_those_users_alone() {
        ChatFixture chat = chat(builder -> builder.presencePolicy((viewerId, userId) -> {
            if (userId.equals("ann")) {
                throw new IllegalStateException("broken");
            }
            return true;
        }));
        TestSession eve = chat.user("eve");
        chat.user("ann");
        chat.user("bob");
        assertThat(chat.run(eve, new GetPresence(List.of("ann", "bob")))
                        .result()
                        .presence())
                .containsExactly(HIDDEN, new Presence("bob", Status.ONLINE, null));
    }

    @Test
    void policy_that_hangs_stops_no_other_viewer_and_no_other_command() {
        ChatFixture chat = chat(builder -> builder.scheduler(realTime).presencePolicy((viewerId, userId) -> {
            if (viewerId.startsWith("slow")) {
                hang();
            }
            return true;
        }));
        TestSession bob = chat.userIn("g", "bob");
        TestSession ann = chat.user("ann");
        List<Answer<GetPresence.Known>> hanging = IntStream.range(0, 50)
                .mapToObj(i -> chat.run(chat.user("slow" + i), new GetPresence(List.of("ann"))))
                .toList();
        assertThat(seen(chat, bob).status()).isEqualTo(Status.ONLINE);
        assertThat(chat.send(ann, "g", "hello").isRefused()).isFalse();
        assertThat(hanging).allSatisfy(answer -> assertThat(answer.code()).isEqualTo(ErrorCode.TIMEOUT));
        assertThat(seen(chat, bob).status()).isEqualTo(Status.ONLINE);
    }

    private void hang() {
        try {
            goOn.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void default_follows_the_access_policy_unless_the_host_sets_one() {
        ChatFixture open = chat(builder -> builder);
        ChatFixture closed = chat(builder -> builder.accessPolicy(AccessPolicy.membersOnly()));
        ChatFixture shared = chat(builder -> builder.presencePolicy(PresencePolicy.sharedConversations()));
        ChatFixture everyone = chat(
                builder -> builder.accessPolicy(AccessPolicy.membersOnly()).presencePolicy(PresencePolicy.everyone()));
        assertThat(strangerSees(open)).isTrue();
        assertThat(strangerSees(closed)).isFalse();
        assertThat(strangerSees(shared)).isFalse();
        assertThat(strangerSees(everyone)).isTrue();
    }

    private static boolean strangerSees(ChatFixture chat) {
        TestSession stranger = chat.user("stranger");
        chat.run(stranger, new SubscribePresence(List.of("ann"))).result();
        chat.user("ann");
        chat.settle();
        boolean isSeen = seen(chat, stranger).status() == Status.ONLINE;
        assertThat(received(chat, stranger)).hasSize(isSeen ? 1 : 0);
        return isSeen;
    }

    @Test
    void built_in_policies_describe_themselves() {
        assertThat(PresencePolicy.everyone().sees("ann", "bob")).isTrue();
        assertThatThrownBy(() -> PresencePolicy.sharedConversations().sees("ann", "bob"))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
