package io.roomcast.chat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRoom.Joined;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.HeldStore;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.spi.ChatStore;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens while a session joins a room: its positions were read, but the join has not ended. */
@Timeout(60)
class PendingJoinTest {
    private final Recorder told = new Recorder();
    private final HeldStore held = new HeldStore();
    private final ChatStore memory = ChatStore.inMemory();
    private final ChatEngine chat =
            ChatEngine.builder().store(held.around(memory)).broadcaster(told).build();
    private final TestSession ann = opened("ann");
    private final TestSession bob = opened("bob");

    @AfterEach
    void close() {
        chat.close();
    }

    private TestSession opened(String userId) {
        TestSession session = TestSession.of(userId);
        chat.open(session);
        return session;
    }

    private <R> Answer<R> run(TestSession session, Command<R> command) {
        Answer<R> answer = new Answer<>();
        chat.execute(session, command, answer);
        return answer;
    }

    private void say(int count) {
        for (int i = 0; i < count; i++) {
            chat.service().send("room", NewMessage.text("bob", "hello")).join();
        }
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static List<Long> seqs(List<Message> messages) {
        return messages.stream().map(Message::seq).toList();
    }

    /** How a session joins a room and catches up from the first message. */
    enum Way {
        JOIN {
            @Override
            void begin(PendingJoinTest test) {
                test.run(test.ann, JoinRoom.after("room", new Position(1, 0)));
            }
        },
        RESUME {
            @Override
            void begin(PendingJoinTest test) {
                test.chat.resume(test.ann, new Resume(test.memory.epoch(), Map.of("room", new Position(1, 0))));
            }
        };

        abstract void begin(PendingJoinTest test);
    }

    /**
     * The room's log keeps up to 999 events for pending joins; if there are more, the join reads again. The two messages
     * before the join count as well if their events are late.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 997, 1_500})
    void messages_sent_meanwhile_are_in_the_answer_and_not_sent_again(int meanwhile) throws InterruptedException {
        say(2);
        HeldStore.Hold hold = held.next("positions");
        Answer<Joined> answer = run(ann, JoinRoom.after("room", new Position(1, 0)));
        hold.awaitReached();
        say(meanwhile);
        hold.release();
        Joined joined = answer.result();
        assertThat(joined.position()).isEqualTo(new Position(2 + meanwhile, 0));
        assertThat(seqs(requireNonNull(joined.missed()).messages()))
                .startsWith(2L)
                .isEqualTo(
                        range(2, 1 + requireNonNull(joined.missed()).messages().size()));
        assertThat(joined.missed().hasMore()).isEqualTo(meanwhile > 1_000);
        say(1);
        await().until(() -> !told.messagesTo(ann).isEmpty());
        assertThat(seqs(told.messagesTo(ann))).containsExactly(3L + meanwhile);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void each_message_and_each_change_is_received_once(Way way) throws InterruptedException {
        say(3);
        Message second = memory.message("room", idOf(2)).orElseThrow();
        HeldStore.Hold hold = held.next("positions");
        way.begin(this);
        hold.awaitReached();
        say(2);
        run(bob, EditMessage.of("room", second.id(), "other words")).result();
        hold.release();
        await().until(() -> chat.service().stats().queued() == 0);
        say(1);
        await().until(() -> !told.messagesTo(ann).isEmpty());
        assertThat(told.toldTo(ann)).noneMatch(MessageEdited.class::isInstance);
        List<Long> heard =
                told.toldTo(ann).stream().flatMap(PendingJoinTest::seqs).toList();
        assertThat(heard).isEqualTo(way == Way.JOIN ? List.of(6L) : range(2, 6));
    }

    private String idOf(long seq) {
        return memory.history(new HistoryQuery("room", Anchor.AFTER, seq - 1, 1))
                .get(0)
                .id();
    }

    private static Stream<Long> seqs(ChatEvent event) {
        if (event instanceof RoomSynced synced) {
            return synced.page().messages().stream().map(Message::seq);
        }
        return event instanceof MessageSent sent ? Stream.of(sent.message().seq()) : Stream.of();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void member_who_is_removed_meanwhile_does_not_come_in(Way way) throws InterruptedException {
        chat.service().create(NewConversation.group("room", "Group", List.of("bob", "ann")));
        say(1);
        HeldStore.Hold hold = held.next("positions");
        way.begin(this);
        hold.awaitReached();
        run(bob, new RemoveMember("room", "ann")).result();
        say(1);
        hold.release();
        await().until(() -> chat.service().stats().queued() == 0);
        assertThat(chat.service().stats().rooms()).isZero();
        assertThat(told.toldTo(ann)).noneMatch(event -> event instanceof RoomSynced || event instanceof MessageSent);
    }

    @Test
    void member_who_is_removed_by_the_host_meanwhile_is_refused() throws InterruptedException {
        chat.service().create(NewConversation.group("room", "Group", List.of("bob", "ann")));
        HeldStore.Hold hold = held.next("positions");
        Answer<Joined> answer = run(ann, JoinRoom.of("room"));
        hold.awaitReached();
        chat.service().removeMember("room", "ann");
        hold.release();
        assertThat(answer.code()).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void session_that_ends_meanwhile_leaves_no_trace(Way way) throws InterruptedException {
        say(2);
        HeldStore.Hold hold = held.next("positions");
        way.begin(this);
        hold.awaitReached();
        chat.close(ann);
        hold.release();
        await().until(() -> chat.service().stats().queued() == 0);
        assertThat(chat.service().stats().rooms()).isZero();
        say(1);
        assertThat(told.messagesTo(ann)).isEmpty();
    }

    @Test
    void leave_waits_for_the_join_before_it_and_the_next_join_for_the_leave() throws InterruptedException {
        HeldStore.Hold hold = held.next("positions");
        Answer<Joined> first = run(ann, JoinRoom.of("room"));
        hold.awaitReached();
        Answer<LeaveRoom.Left> left = run(ann, new LeaveRoom("room"));
        Answer<Joined> second = run(ann, JoinRoom.of("room"));
        Answer<LeaveRoom.Left> leftAgain = run(ann, new LeaveRoom("room"));
        assertThat(left.count()).isZero();
        hold.release();
        first.result();
        left.result();
        second.result();
        leftAgain.result();
        assertThat(chat.service().stats().rooms()).isZero();
    }

    @Test
    void own_message_during_a_join_is_sent_to_its_sender() throws InterruptedException {
        HeldStore.Hold hold = held.next("positions");
        run(ann, JoinRoom.of("room"));
        hold.awaitReached();
        Answer<?> sent = run(ann, ChatFixture.text("room", "hello"));
        hold.release();
        sent.result();
        await().until(() -> told.messagesTo(ann).size() == 1);
    }

    @Test
    void others_do_not_wait_for_a_join() throws InterruptedException {
        HeldStore.Hold hold = held.next("positions");
        Answer<Joined> joining = run(ann, JoinRoom.of("room"));
        hold.awaitReached();
        IntStream.range(0, 20)
                .forEach(i -> run(bob, ChatFixture.text("room", "hello")).result());
        run(bob, new LeaveRoom("room")).result();
        assertThat(joining.count()).isZero();
        hold.release();
        joining.result();
    }
}
