package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.event.MessagesDelivered;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.model.ReceiptPage;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.spi.AccessPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the unread count of a user begins who has never read an open conversation. */
class FirstJoinTest {
    private static final String ROOM = "open";
    private static final Duration FLUSH = Duration.ofMillis(50);

    private final FailingStore store = new FailingStore();
    private final List<ChatFixture> nodes = new ArrayList<>();
    private final ChatFixture node = node(AccessPolicy.openRooms());
    private final TestSession bob = node.user("bob");

    private ChatFixture node(AccessPolicy policy) {
        ChatFixture started = ChatFixture.with(builder -> builder.store(store).accessPolicy(policy));
        nodes.add(started);
        return started;
    }

    @AfterEach
    void close() {
        nodes.forEach(ChatFixture::close);
    }

    private void send(int count) {
        IntStream.range(0, count)
                .forEach(i -> node.chat().send(ROOM, NewMessage.system("hello")).join());
    }

    private JoinRoom.Joined join(TestSession session) {
        return node.run(session, JoinRoom.of(ROOM)).result();
    }

    private void leave(TestSession session) {
        node.run(session, new LeaveRoom(ROOM)).result();
    }

    private void flush() {
        node.time().advance(FLUSH);
    }

    private static void assertCounts(JoinRoom.Joined joined, long readSeq, long unread) {
        assertThat(joined).returns(readSeq, JoinRoom.Joined::readSeq).returns(unread, JoinRoom.Joined::unread);
    }

    /** Where the user joins again. */
    private enum Again {
        BEFORE_THE_WRITE,
        AFTER_THE_WRITE,
        ON_ANOTHER_NODE,
        WITH_MANY_ROOMS;

        private JoinRoom.Joined join(FirstJoinTest test) {
            if (this != BEFORE_THE_WRITE) {
                test.flush();
            }
            ChatFixture joined = this == ON_ANOTHER_NODE ? test.node(AccessPolicy.openRooms()) : test.node;
            TestSession session = joined.user("bob");
            JoinRooms rooms = new JoinRooms(List.of(JoinRoom.of("other"), JoinRoom.of(ROOM)));
            return this == WITH_MANY_ROOMS
                    ? joined.run(session, rooms).result().results().get(1).joined()
                    : joined.run(session, JoinRoom.of(ROOM)).result();
        }
    }

    @ParameterizedTest
    @EnumSource(Again.class)
    void messages_after_the_first_join_are_unread(Again again) {
        send(3);
        assertCounts(join(bob), 3, 0);
        leave(bob);
        send(2);
        assertCounts(again.join(this), 3, 2);
    }

    @ParameterizedTest
    @EnumSource(Again.class)
    void all_messages_are_unread_if_the_conversation_was_empty(Again again) {
        assertCounts(join(bob), 0, 0);
        leave(bob);
        send(2);
        assertCounts(again.join(this), 0, 2);
    }

    @Test
    void first_join_of_many_rooms_begins_each_count() {
        send(3);
        node.run(bob, new JoinRooms(List.of(JoinRoom.of("empty"), JoinRoom.of(ROOM))))
                .result();
        flush();
        assertThat(store.receiptsOf("bob", List.of("empty", ROOM)))
                .extracting(Receipt::kind, Receipt::conversationId, Receipt::upToSeq)
                .containsExactlyInAnyOrder(tuple(Kind.JOINED, "empty", 0L), tuple(Kind.JOINED, ROOM, 3L));
    }

    @Test
    void later_device_counts_from_the_earlier_one() {
        join(bob);
        send(1);
        assertCounts(join(node.user("bob")), 0, 1);
        flush();
        send(1);
        assertCounts(join(node.user("bob")), 0, 2);
    }

    @Test
    void earlier_join_counts_if_two_nodes_write_it() {
        ChatFixture other = node(AccessPolicy.openRooms());
        send(1);
        join(bob);
        send(1);
        other.run(other.user("bob"), JoinRoom.of(ROOM)).result();
        flush();
        other.time().advance(FLUSH);
        assertCounts(join(node.user("bob")), 1, 1);
        assertCounts(other.run(other.user("bob"), JoinRoom.of(ROOM)).result(), 1, 1);
    }

    @Test
    void join_that_was_lost_in_a_crash_is_repeated_by_the_next() {
        send(1);
        join(bob);
        send(1);
        ChatFixture other = node(AccessPolicy.openRooms());
        assertCounts(other.run(other.user("bob"), JoinRoom.of(ROOM)).result(), 2, 0);
    }

    @Test
    void join_is_stored_once_the_store_is_back() {
        join(bob);
        store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        node.time().advance(Duration.ofSeconds(5));
        store.recover();
        node.time().advance(Duration.ofSeconds(1));
        assertThat(store.receiptsOf("bob", List.of(ROOM)))
                .extracting(Receipt::kind)
                .containsExactly(Kind.JOINED);
    }

    @Test
    void other_users_receive_no_receipt_of_it() {
        TestSession ann = node.userIn(ROOM, "ann");
        send(2);
        join(bob);
        for (boolean isStored : new boolean[] {false, true}) {
            assertThat(receipts(null, 10).receipts()).isEmpty();
            SyncRoom sync = SyncRoom.of(ROOM, Position.START, store.epoch());
            assertThat(node.run(ann, sync).result().receipts().receipts()).isEmpty();
            node.engine().resume(ann, new Resume(store.epoch(), Map.of(ROOM, Position.START)));
            flush();
        }
        assertThat(node.told().toldTo(ann))
                .noneMatch(event -> event instanceof MessagesRead || event instanceof MessagesDelivered);
        assertThat(node.told().toldTo(ann))
                .filteredOn(RoomSynced.class::isInstance)
                .hasSize(2)
                .allSatisfy(event ->
                        assertThat(((RoomSynced) event).receipts().receipts()).isEmpty());
    }

    private ReceiptPage receipts(@Nullable String after, int limit) {
        return node.run(node.user("reader"), new GetReceipts(ROOM, after, limit))
                .result()
                .page();
    }

    @Test
    void pages_of_receipts_leave_out_users_who_have_only_joined() {
        send(1);
        List<String> users = List.of("a", "b", "c", "d", "e");
        users.forEach(userId -> node.userIn(ROOM, userId));
        for (String reader : List.of("b", "e")) {
            node.run(node.user(reader), new MarkRead(ROOM, 1)).result();
        }
        flush();
        List<String> found = new ArrayList<>();
        String after = null;
        do {
            ReceiptPage page = receipts(after, 2);
            page.receipts().stream().map(Receipt::userId).distinct().forEach(found::add);
            after = page.next();
        } while (after != null);
        assertThat(found).containsExactly("b", "e");
    }

    @Test
    void reading_less_than_before_the_join_shows_what_was_read_and_leaves_the_count() {
        TestSession ann = node.userIn(ROOM, "ann");
        send(3);
        join(bob);
        send(1);
        assertThat(node.run(bob, new MarkRead(ROOM, 2)).result()).isEqualTo(new MarkRead.Read(3, 1));
        assertThat(node.told().toldTo(ann))
                .filteredOn(MessagesRead.class::isInstance)
                .hasSize(1);
        assertThat(node.told().unreadTo(bob)).contains(new UnreadChanged(ROOM, 1, 3, 4, 0, null));
        assertCounts(join(node.user("bob")), 3, 1);
        assertThat(receipts(null, 10).receipts())
                .extracting(Receipt::userId, Receipt::kind, Receipt::upToSeq)
                .containsExactlyInAnyOrder(tuple("bob", Kind.READ, 2L), tuple("bob", Kind.DELIVERED, 2L));
    }

    @Test
    void reading_on_raises_the_count() {
        send(3);
        join(bob);
        send(2);
        assertThat(node.run(bob, new MarkRead(ROOM, 4)).result()).isEqualTo(new MarkRead.Read(4, 1));
        assertCounts(join(node.user("bob")), 4, 1);
    }

    @Test
    void position_of_the_join_can_be_marked_as_read() {
        TestSession ann = node.userIn(ROOM, "ann");
        send(3);
        join(bob);
        node.run(bob, new MarkRead(ROOM, 3)).result();
        assertThat(node.told().toldTo(ann))
                .filteredOn(MessagesRead.class::isInstance)
                .hasSize(1);
    }

    @Test
    void join_outlives_the_cached_receipts() {
        send(3);
        join(bob);
        flush();
        node.time().advance(Duration.ofMinutes(5));
        assertThat(node.run(bob, new MarkRead(ROOM, 1)).result()).isEqualTo(new MarkRead.Read(3, 0));
    }

    @Test
    void own_message_is_read_when_it_is_sent() {
        join(bob);
        send(2);
        node.send(bob, ROOM, "hello").result();
        send(1);
        assertCounts(join(node.user("bob")), 3, 1);
    }

    @Test
    void deleted_message_remains_unread() {
        join(bob);
        TestSession ann = node.userIn(ROOM, "ann");
        Message sent = node.send(ann, ROOM, "hello").result().message();
        node.run(ann, new DeleteMessage(ROOM, sent.id())).result();
        assertCounts(join(node.user("bob")), 0, 1);
    }

    @Test
    void neither_guests_of_a_group_nor_anonymous_sessions_have_a_position() {
        ChatFixture open = node((request, membership) -> true);
        open.chat().create(NewConversation.group("g", "Group", List.of("ann")));
        open.chat().send("g", NewMessage.system("hello")).join();
        Stream.of(open.user("bob"), open.anonymous()).forEach(session -> {
            assertThat(open.run(session, JoinRoom.of("g")).result().unread()).isZero();
            open.time().advance(FLUSH);
        });
        open.run(open.anonymous(), JoinRoom.of(ROOM)).result();
        open.time().advance(FLUSH);
        assertThat(store.receipts(List.of("g", ROOM), 10)).isEmpty();
    }

    @Test
    void member_has_read_nothing_before_the_first_mark() {
        node.chat().create(NewConversation.group("g", "Group", List.of("bob")));
        node.chat().send("g", NewMessage.system("hello")).join();
        assertThat(node.run(bob, JoinRoom.of("g")).result().readSeq()).isZero();
        flush();
        assertThat(store.receiptsOf("bob", List.of("g"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void erasure_removes_it(boolean isStored) {
        join(bob);
        if (isStored) {
            flush();
        }
        node.chat().eraseUser("bob").orTimeout(20, TimeUnit.SECONDS).join();
        node.time().advance(Duration.ofSeconds(5));
        assertThat(store.receiptsOf("bob", List.of(ROOM))).isEmpty();
    }
}
