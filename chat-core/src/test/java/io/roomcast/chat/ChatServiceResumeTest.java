package io.roomcast.chat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.event.SyncRequired.Reason;
import io.roomcast.chat.event.UserJoined;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.testkit.StoredReceipts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A session that resumes after a lost one. */
class ChatServiceResumeTest {
    private final FailingStore store = new FailingStore();
    private final ChatFixture fixture = ChatFixture.with(builder -> builder.store(store)
            .limits(Limits.builder().syncPage(10).roomsPerSession(3).build()));
    private final TestSession ann = fixture.user("ann");
    private final TestSession bob = fixture.user("bob");

    @AfterEach
    void close() {
        fixture.close();
    }

    private void sayMany(int count) {
        IntStream.range(0, count)
                .forEach(i -> fixture.send(bob, "room", "message " + i).result());
    }

    private void resume(TestSession session, Map<String, Position> rooms) {
        fixture.engine().resume(session, new Resume(store.epoch(), rooms));
    }

    private List<ChatEvent> resumed(long seq, long version) {
        resume(ann, Map.of("room", new Position(seq, version)));
        return fixture.told().toldTo(ann);
    }

    private static List<Long> seqs(List<ChatEvent> events) {
        return events.stream()
                .filter(RoomSynced.class::isInstance)
                .flatMap(event -> ((RoomSynced) event).page().messages().stream())
                .map(Message::seq)
                .toList();
    }

    private static SyncRequired required(Reason reason) {
        return new SyncRequired("room", reason);
    }

    @Test
    void session_receives_what_it_missed_and_then_what_is_new() {
        sayMany(3);
        List<ChatEvent> missed = resumed(1, 0);
        assertThat(seqs(missed)).containsExactly(2L, 3L);
        fixture.send(bob, "room", "live").result();
        List<ChatEvent> told = fixture.told().toldTo(ann);
        assertThat(told).hasSize(2).last().isInstanceOf(MessageSent.class);
    }

    @Test
    void session_that_missed_nothing_is_notified() {
        sayMany(1);
        assertThat(resumed(1, 0)).singleElement().isInstanceOfSatisfying(RoomSynced.class, synced -> {
            assertThat(synced.page().messages()).isEmpty();
            assertThat(synced.page().hasMore()).isFalse();
            assertThat(synced.page().covered()).isEqualTo(new Position(1, 0));
            assertThat(synced.epoch()).isEqualTo(store.epoch());
        });
    }

    @Test
    void receipts_that_are_not_stored_yet_come_too() {
        sayMany(1);
        assertThat(StoredReceipts.of(store, "room")).isEmpty();
        assertThat(resumed(1, 0))
                .singleElement()
                .isInstanceOfSatisfying(
                        RoomSynced.class,
                        synced -> assertThat(synced.receipts().receipts())
                                .extracting(Receipt::kind, Receipt::userId, Receipt::upToSeq)
                                .containsExactlyInAnyOrder(
                                        tuple(Kind.READ, "bob", 1L), tuple(Kind.DELIVERED, "bob", 1L)));
    }

    @Test
    void others_receive_joins_though_a_later_page_cannot_be_read() {
        List<ChatEvent> told = new ArrayList<>();
        Broadcaster breaking = (event, recipients) -> {
            told.add(event);
            if (event instanceof RoomSynced) {
                store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
            }
        };
        try (ChatFixture broken = ChatFixture.with(builder -> builder.store(store)
                .limits(Limits.builder().syncPage(10).build())
                .broadcaster(breaking))) {
            TestSession host = broken.userIn("room", "bob");
            IntStream.range(0, 20).forEach(i -> broken.send(host, "room", "message " + i));
            told.clear();
            broken.engine().resume(broken.user("ann"), new Resume(store.epoch(), Map.of("room", Position.START)));
            assertThat(told).hasSize(3).element(0).isInstanceOf(RoomSynced.class);
            assertThat(told).contains(new UserJoined("room", "ann", 2), required(Reason.GAP));
        }
    }

    @Test
    void change_of_an_old_message_is_sent_too() {
        sayMany(2);
        Message first = fixture.latest(bob, "room").result().messages().get(0);
        fixture.run(bob, EditMessage.of("room", first.id(), "edited")).result();
        assertThat(seqs(resumed(2, 0))).containsExactly(1L);
    }

    @Test
    void long_results_have_pages() {
        sayMany(35);
        List<ChatEvent> told = resumed(0, 0);
        assertThat(told).hasSize(4).allSatisfy(event -> assertThat(event).isInstanceOf(RoomSynced.class));
        assertThat(seqs(told)).isEqualTo(LongStream.rangeClosed(1, 35).boxed().toList());
    }

    @Test
    void too_much_is_to_be_fetched_by_the_client() {
        sayMany(51);
        List<ChatEvent> told = resumed(0, 0);
        assertThat(seqs(told)).isEqualTo(LongStream.rangeClosed(1, 50).boxed().toList());
        assertThat(told).hasSize(6).last().isEqualTo(required(Reason.GAP));
    }

    @Test
    void position_of_another_epoch_means_nothing_and_the_room_is_live() {
        sayMany(3);
        fixture.engine().resume(ann, new Resume("another", Map.of("room", new Position(1, 0))));
        sayMany(1);
        assertThat(fixture.told().toldTo(ann))
                .hasSize(2)
                .startsWith(required(Reason.EPOCH_CHANGED))
                .last()
                .isInstanceOf(MessageSent.class);
    }

    @Test
    void position_above_the_head_is_lost_and_the_room_is_live() {
        sayMany(3);
        assertThat(resumed(4, 0)).containsExactly(required(Reason.POSITION_LOST));
        sayMany(1);
        assertThat(fixture.told().messagesTo(ann)).hasSize(1);
    }

    @Test
    void room_that_the_user_may_not_read_is_passed_over() {
        try (ChatFixture closed = ChatFixture.with(builder -> builder.accessPolicy(AccessPolicy.membersOnly()))) {
            closed.chat().create(NewConversation.group("mine", "Mine", List.of("ann")));
            closed.chat().create(NewConversation.group("theirs", "Theirs", List.of("bob")));
            TestSession session = closed.user("ann");
            Map<String, Position> rooms = Map.of("mine", Position.START, "theirs", Position.START);
            String epoch = closed.latest(session, "mine").result().epoch();
            closed.engine().resume(session, new Resume(epoch, rooms));
            assertThat(closed.told().toldTo(session))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            RoomSynced.class,
                            synced -> assertThat(synced.page().conversationId()).isEqualTo("mine"));
            closed.send(closed.user("bob"), "theirs", "secret").result();
            assertThat(closed.told().toldTo(session)).hasSize(1);
        }
    }

    private static void assertRefused(SyncRequired refused, String conversationId, ErrorCode code) {
        assertThat(refused.conversationId()).isEqualTo(conversationId);
        assertThat(refused.reason()).isEqualTo(Reason.POSITION_LOST);
        assertThat(requireNonNull(refused.refusal()).code()).isEqualTo(code);
    }

    static Stream<Arguments> invalidRooms() {
        return Stream.of(
                Arguments.of("", Position.START, ErrorCode.MISSING_FIELDS, "conversationId"),
                Arguments.of("not a room ", Position.START, ErrorCode.INVALID_PAYLOAD, "conversationId"),
                Arguments.of("a\u200bb", Position.START, ErrorCode.INVALID_PAYLOAD, "conversationId"),
                Arguments.of("x".repeat(129), Position.START, ErrorCode.INVALID_PAYLOAD, "conversationId"),
                Arguments.of("\ud800", Position.START, ErrorCode.INVALID_PAYLOAD, "conversationId"),
                Arguments.of("r", new Position(-1, 0), ErrorCode.INVALID_PAYLOAD, "after"),
                Arguments.of("r", new Position(0, 1L << 53), ErrorCode.INVALID_PAYLOAD, "after"));
    }

    @ParameterizedTest(name = "{2} {3}")
    @MethodSource("invalidRooms")
    void invalid_room_is_refused_by_itself(String invalid, Position position, ErrorCode code, String field) {
        resume(ann, Map.of("a", Position.START, invalid, position, "b", Position.START));
        List<ChatEvent> told = fixture.told().toldTo(ann);
        assertThat(told).hasSize(3).filteredOn(RoomSynced.class::isInstance).hasSize(2);
        assertThat(told)
                .filteredOn(SyncRequired.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(SyncRequired.class, refused -> {
                    assertRefused(refused, invalid, code);
                    assertThat(requireNonNull(refused.refusal()).field()).contains(field);
                });
    }

    @Test
    void more_rooms_than_a_session_may_be_in_are_refused() {
        Map<String, Position> rooms =
                Map.of("1", Position.START, "2", Position.START, "3", Position.START, "4", Position.START);
        ChatException refusal = catchThrowableOfType(ChatException.class, () -> resume(ann, rooms));
        assertThat(refusal.code()).isEqualTo(ErrorCode.ROOM_LIMIT);
    }

    @Test
    void room_that_cannot_be_read_now_is_to_be_fetched() {
        sayMany(3);
        store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        assertThat(resumed(1, 0)).containsExactly(required(Reason.GAP));
    }

    @Test
    void room_that_cannot_be_read_now_is_live_and_the_others_receive_joins() {
        fixture.run(bob, JoinRoom.of("room")).result();
        sayMany(3);
        store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        resumed(1, 0);
        assertThat(fixture.told().comingsToldTo(bob)).contains(new UserJoined("room", "ann", 2));
        store.recover();
        sayMany(1);
        assertThat(seqsOf(fixture.told().messagesTo(ann))).containsExactly(4L);
    }

    @Test
    void room_is_live_though_a_broken_store_reports_no_other_epoch() {
        fixture.run(bob, JoinRoom.of("room")).result();
        store.failWith(() -> new IllegalStateException("broken"));
        fixture.engine().resume(ann, new Resume("another", Map.of("room", Position.START)));
        store.recover();
        sayMany(1);
        assertThat(seqsOf(fixture.told().messagesTo(ann))).containsExactly(1L);
    }

    private static List<Long> seqsOf(List<Message> messages) {
        return messages.stream().map(Message::seq).toList();
    }

    @Test
    void ended_session_receives_nothing() {
        sayMany(3);
        fixture.engine().close(ann);
        assertThat(resumed(1, 0)).isEmpty();
    }

    @Test
    void several_rooms_are_resumed_one_after_the_other() {
        sayMany(3);
        fixture.send(bob, "other", "hello").result();
        resume(ann, Map.of("room", new Position(2, 0), "other", Position.START));
        assertThat(seqs(fixture.told().toldTo(ann))).containsExactlyInAnyOrder(3L, 1L);
    }
}
