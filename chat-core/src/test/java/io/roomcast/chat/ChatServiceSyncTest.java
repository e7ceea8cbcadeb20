package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.StoredReceipts;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client learns of the time it was away, by asking and by joining. */
class ChatServiceSyncTest {
    private final ChatStore store = ChatStore.inMemory();
    private final ChatFixture fixture = ChatFixture.with(builder -> builder.store(store)
            .limits(Limits.builder().syncPage(5).pendingBytes(65_536).build()));
    private final TestSession ann = fixture.user("ann");

    @AfterEach
    void close() {
        fixture.close();
    }

    private Message said(String content) {
        return fixture.send(ann, "room", content).result().message();
    }

    private void sayMany(int count) {
        IntStream.range(0, count).forEach(i -> said("message " + i));
    }

    private SyncRoom.Synced sync(Position after, Integer limit) {
        return fixture.run(ann, new SyncRoom("room", after, store.epoch(), limit))
                .result();
    }

    private JoinRoom.Joined join(TestSession session, Position after, Integer limit) {
        return fixture.run(session, new JoinRoom("room", after, limit)).result();
    }

    private static List<Long> seqs(CatchUp page) {
        return page.messages().stream().map(Message::seq).toList();
    }

    @Test
    void client_that_is_up_to_date_misses_nothing() {
        sayMany(2);
        SyncRoom.Synced synced = sync(new Position(2, 0), null);
        assertThat(synced.page()).isEqualTo(new CatchUp("room", List.of(), new Position(2, 0), false, false));
        assertThat(synced.epoch()).isEqualTo(store.epoch());
    }

    @Test
    void receipts_that_are_not_stored_yet_come_too() {
        said("hello");
        assertThat(StoredReceipts.of(store, "room")).isEmpty();
        assertThat(sync(Position.START, null).receipts().receipts())
                .extracting(Receipt::kind, Receipt::userId, Receipt::upToSeq)
                .containsExactlyInAnyOrder(tuple(Kind.READ, "ann", 1L), tuple(Kind.DELIVERED, "ann", 1L));
    }

    @Test
    void new_and_changed_messages_come_in_their_latest_state() {
        Message first = said("first");
        Message second = said("second");
        said("third");
        fixture.run(ann, EditMessage.of("room", first.id(), "1")).result();
        fixture.run(ann, new DeleteMessage("room", second.id())).result();
        CatchUp page = sync(new Position(2, 0), null).page();
        assertThat(page.messages())
                .isEqualTo(fixture.latest(ann, "room").result().messages());
        assertThat(page.covered()).isEqualTo(new Position(3, 2));
    }

    @Test
    void page_is_no_larger_than_the_largest_page() {
        sayMany(12);
        CatchUp page = sync(Position.START, 1_000).page();
        assertThat(seqs(page)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(page.hasMore()).isTrue();
        assertThat(seqs(sync(page.covered(), 3).page())).containsExactly(6L, 7L, 8L);
    }

    @Test
    void heavy_messages_make_a_page_shorter() {
        IntStream.range(0, 5).forEach(i -> said("x".repeat(5_000)));
        CatchUp page = sync(Position.START, null).page();
        assertThat(page.messages()).hasSizeBetween(1, 3);
        assertThat(page.hasMore()).isTrue();
        assertThat(page.covered().seq()).isEqualTo(page.messages().size());
    }

    @Test
    void receipts_come_with_the_last_page() {
        sayMany(6);
        Receipt read = Receipt.read("room", "bob", 3, Instant.EPOCH);
        store.mark(List.of(read));
        SyncRoom.Synced first = sync(Position.START, null);
        assertThat(first.receipts().receipts()).isEmpty();
        assertThat(sync(first.page().covered(), null).receipts().receipts()).contains(read);
    }

    @Test
    void position_of_another_epoch_or_above_the_head_is_lost() {
        sayMany(2);
        SyncRoom elsewhere = SyncRoom.of("room", Position.START, "another");
        assertThat(fixture.run(ann, elsewhere).code()).isEqualTo(ErrorCode.POSITION_LOST);
        for (Position above : List.of(new Position(3, 0), new Position(2, 1))) {
            SyncRoom sync = SyncRoom.of("room", above, store.epoch());
            assertThat(fixture.run(ann, sync).code()).isEqualTo(ErrorCode.POSITION_LOST);
            assertThat(fixture.run(ann, JoinRoom.after("room", above)).code()).isEqualTo(ErrorCode.POSITION_LOST);
        }
        said("nobody hears this");
        assertThat(fixture.told().events()).isEmpty();
    }

    @Test
    void reading_what_happened_takes_permission() {
        try (ChatFixture closed = ChatFixture.with(builder -> builder.accessPolicy(AccessPolicy.membersOnly()))) {
            SyncRoom sync = SyncRoom.of("room", Position.START, "epoch");
            assertThat(closed.run(closed.user("eve"), sync).code()).isEqualTo(ErrorCode.FORBIDDEN);
        }
    }

    @Test
    void joining_with_a_position_answers_missed_messages_and_sends_new_ones() {
        sayMany(3);
        TestSession bob = fixture.user("bob");
        JoinRoom.Joined joined = join(bob, new Position(1, 0), null);
        assertThat(seqs(joined.missed())).containsExactly(2L, 3L);
        assertThat(joined.position()).isEqualTo(new Position(3, 0));
        Message live = said("live");
        assertThat(fixture.told().messagesTo(bob)).containsExactly(live);
    }

    @Test
    void joining_without_a_position_reads_nothing() {
        sayMany(1);
        assertThat(fixture.run(ann, JoinRoom.of("room")).result().missed()).isNull();
    }

    @Test
    void joining_answers_one_page_and_whether_there_is_more() {
        sayMany(7);
        JoinRoom.Joined joined = join(ann, Position.START, 2);
        assertThat(seqs(joined.missed())).containsExactly(1L, 2L);
        assertThat(joined.missed().hasMore()).isTrue();
        assertThat(joined.missed().covered()).isEqualTo(new Position(2, 0));
    }
}
