package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkDelivered.Item;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.event.MessagesDelivered;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.testkit.StoredReceipts;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReceiptCommandsTest extends ReceiptCase {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration FLUSH = Duration.ofMillis(50);

    private long delivered(TestSession session, long upToSeq) {
        MarkDelivered command = new MarkDelivered(List.of(new Item("g", upToSeq)));
        return fixture.run(session, command).result().items().get(0).upToSeq();
    }

    private long seqOf(Kind kind, String userId) {
        return fixture.run(ann, new GetReceipts("g")).result().page().receipts().stream()
                .filter(receipt -> receipt.kind() == kind && receipt.userId().equals(userId))
                .mapToLong(Receipt::upToSeq)
                .findFirst()
                .orElse(0);
    }

    private List<Long> readToldTo(TestSession session) {
        return told(session, MessagesRead.class).stream()
                .map(event -> event.receipt().upToSeq())
                .toList();
    }

    @Test
    void receipt_answers_the_unread_count() {
        say(5);
        assertThat(read(ann, 2)).isEqualTo(new MarkRead.Read(2, 3));
    }

    @Test
    void receipts_never_decrease() {
        say(5);
        read(ann, 4);
        assertThat(read(ann, 2)).isEqualTo(new MarkRead.Read(4, 1));
        delivered(ann, 5);
        assertThat(delivered(ann, 1)).isEqualTo(5);
    }

    @Test
    void mark_beyond_the_newest_message_means_that_one() {
        say(5);
        assertThat(read(ann, 99)).isEqualTo(new MarkRead.Read(5, 0));
        assertThat(delivered(bob, 99)).isEqualTo(5);
    }

    @Test
    void client_that_catches_up_receives_receipts_that_are_not_stored_yet() {
        say(2);
        read(bob, 2);
        assertThat(StoredReceipts.of(store, "g")).isEmpty();
        SyncRoom sync = SyncRoom.of("g", Position.START, store.epoch());
        assertThat(fixture.run(ann, sync).result().receipts().receipts()).satisfiesOnlyOnce(this::isReadByBob);
        fixture.engine().resume(ann, new Resume(store.epoch(), Map.of("g", Position.START)));
        assertThat(told(ann, RoomSynced.class))
                .singleElement()
                .satisfies(news -> assertThat(news.receipts().receipts()).satisfiesOnlyOnce(this::isReadByBob));
    }

    private void isReadByBob(Receipt receipt) {
        assertThat(receipt.kind()).isEqualTo(Kind.READ);
        assertThat(receipt.userId()).isEqualTo("bob");
        assertThat(receipt.upToSeq()).isEqualTo(2);
    }

    @Test
    void what_is_read_is_delivered_and_not_the_other_way_round() {
        say(5);
        read(ann, 3);
        delivered(bob, 3);
        assertThat(seqOf(Kind.DELIVERED, "ann")).isEqualTo(3);
        assertThat(delivered(ann, 2)).isEqualTo(3);
        assertThat(seqOf(Kind.READ, "bob")).isZero();
    }

    @Test
    void mark_in_an_empty_conversation_is_nothing() {
        assertThat(read(ann, 7)).isEqualTo(new MarkRead.Read(0, 0));
        fixture.time().advance(FLUSH);
        assertThat(StoredReceipts.of(store, "g")).isEmpty();
        assertThat(fixture.told().events()).isEmpty();
    }

    @Test
    void own_message_is_read_and_sends_no_unread_count() {
        say(2);
        fixture.send(ann, "g", "hello").result();
        assertThat(seqOf(Kind.READ, "ann")).isEqualTo(3);
        assertThat(fixture.told().unreadTo(ann)).isEmpty();
        assertThat(fixture.told().events()).noneMatch(MessagesRead.class::isInstance);
    }

    @Test
    void own_receipts_are_visible_before_they_are_stored() {
        say(5);
        read(ann, 3);
        assertThat(StoredReceipts.of(store, "g")).isEmpty();
        assertThat(seqOf(Kind.READ, "ann")).isEqualTo(3);
        assertThat(fixture.run(ann, JoinRoom.of("g")).result())
                .returns(3L, JoinRoom.Joined::readSeq)
                .returns(2L, JoinRoom.Joined::unread);
        assertThat(fixture.run(ann, GetConversations.first())
                        .result()
                        .entries()
                        .get(0)
                        .readSeq())
                .isEqualTo(3);
    }

    @Test
    void receipts_are_stored_after_a_delay_the_newest_of_each() {
        say(5);
        IntStream.rangeClosed(1, 5).forEach(seq -> read(ann, seq));
        fixture.time().advance(FLUSH);
        assertThat(store.receiptsOf("ann", List.of("g")))
                .extracting(Receipt::upToSeq)
                .containsOnly(5L);
    }

    @Test
    void receipts_wait_for_an_unavailable_store() {
        fixture.run(bob, JoinRoom.of("g")).result();
        say(5);
        read(ann, 1);
        store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        fixture.time().advance(Duration.ofSeconds(5));
        read(ann, 3);
        store.recover();
        assertThat(StoredReceipts.of(store, "g")).isEmpty();
        fixture.time().advance(SECOND);
        assertThat(store.receiptsOf("ann", List.of("g")))
                .extracting(Receipt::upToSeq)
                .containsOnly(3L);
    }

    @Test
    void receipts_are_stored_when_the_chat_closes() {
        say(5);
        read(ann, 4);
        fixture.close();
        assertThat(store.receiptsOf("ann", List.of("g")))
                .extracting(Receipt::upToSeq)
                .containsOnly(4L);
    }

    @Test
    void nothing_is_left_after_the_close_even_where_the_store_is_away() {
        fixture.run(ann, JoinRoom.of("g")).result();
        say(1);
        read(ann, 1);
        store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        fixture.close();
        assertThat(fixture.time().timers()).isZero();
    }

    @Test
    void room_receives_a_receipt_immediately_and_then_once_a_second() {
        fixture.run(bob, JoinRoom.of("g")).result();
        say(9);
        read(ann, 1);
        assertThat(readToldTo(bob)).containsExactly(1L);
        read(ann, 2);
        read(ann, 3);
        assertThat(readToldTo(bob)).containsExactly(1L);
        fixture.time().advance(Duration.ofMillis(999));
        assertThat(readToldTo(bob)).containsExactly(1L);
        fixture.time().advance(Duration.ofMillis(500));
        assertThat(readToldTo(bob)).containsExactly(1L, 3L);
        read(ann, 4);
        fixture.time().advance(Duration.ofSeconds(5));
        assertThat(readToldTo(bob)).containsExactly(1L, 3L, 4L);
        read(ann, 5);
        assertThat(readToldTo(bob)).containsExactly(1L, 3L, 4L, 5L);
    }

    @Test
    void users_kinds_and_rooms_do_not_hold_each_other_back() {
        fixture.run(bob, JoinRoom.of("g")).result();
        say(9);
        read(ann, 1);
        read(bob, 1);
        delivered(ann, 2);
        assertThat(readToldTo(bob)).containsExactly(1L, 1L);
        assertThat(told(bob, MessagesDelivered.class)).hasSize(1);
    }

    @Test
    void receipt_that_changes_nothing_sends_no_event() {
        say(3);
        read(ann, 2);
        fixture.time().advance(Duration.ofSeconds(5));
        fixture.told().clear();
        read(ann, 2);
        delivered(ann, 1);
        fixture.time().advance(Duration.ofSeconds(5));
        assertThat(fixture.told().events()).isEmpty();
    }

    @Test
    void several_conversations_are_marked_at_once() {
        say(3);
        fixture.send(ann, "open", "hello").result();
        MarkDelivered command =
                new MarkDelivered(List.of(new Item("g", 2), new Item("open", 9), new Item("nothing", 1)));
        assertThat(fixture.run(bob, command).result().items())
                .containsExactly(new Item("g", 2), new Item("open", 1), new Item("nothing", 0));
    }

    static Stream<Command<?>> impossibleMarks() {
        return Stream.of(
                new MarkRead("g", -1), new MarkRead("g", 1L << 53), new MarkDelivered(List.of(new Item("g", -1))));
    }

    @ParameterizedTest
    @MethodSource("impossibleMarks")
    void impossible_position_is_refused(Command<?> command) {
        assertThat(fixture.run(ann, command).refusal().field()).contains("upToSeq");
    }

    @Test
    void receipts_for_no_and_for_too_many_conversations_are_refused() {
        for (int count : new int[] {0, 101}) {
            MarkDelivered command = new MarkDelivered(Collections.nCopies(count, new Item("g", 1)));
            assertThat(fixture.run(ann, command).refusal().field()).contains("items");
        }
    }

    @Test
    void anonymous_user_sends_no_receipts() {
        fixture.send(ann, "lobby", "hello").result();
        TestSession anonymous = fixture.anonymous();
        assertThat(fixture.run(anonymous, new MarkRead("lobby", 1)).code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(fixture.run(anonymous, new MarkDelivered(List.of(new Item("lobby", 1))))
                        .code())
                .isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(fixture.run(anonymous, new GetReceipts("empty"))
                        .result()
                        .page()
                        .receipts())
                .isEmpty();
    }
}
