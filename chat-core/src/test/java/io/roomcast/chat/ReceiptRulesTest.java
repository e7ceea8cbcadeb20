package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkDelivered.Item;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessagesDelivered;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.fixture.CallCounter;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose receipts count, and what they cost. */
class ReceiptRulesTest {
    private static final Duration LONG = Duration.ofSeconds(5);

    private final ChatStore store = ChatStore.inMemory();
    private final CallCounter counter = new CallCounter();
    private final ChatFixture fixture = ChatFixture.with(
            builder -> builder.store(counter.around(store)).accessPolicy((request, membership) -> true));
    private final TestSession ann = fixture.user("ann");
    private final TestSession bob = fixture.user("bob");

    @BeforeEach
    void makeGroup() {
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        fixture.run(ann, JoinRoom.of("g")).result();
        IntStream.range(0, 9).forEach(i -> say("g"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void say(String conversationId) {
        fixture.chat().send(conversationId, NewMessage.system("hello")).join();
    }

    private MarkRead.Read read(TestSession session, long upToSeq) {
        return fixture.run(session, new MarkRead("g", upToSeq)).result();
    }

    private List<Item> delivered(TestSession session, Item... items) {
        return fixture.run(session, new MarkDelivered(List.of(items))).result().items();
    }

    private long receiptsToldTo(TestSession session) {
        return fixture.told().toldTo(session).stream()
                .filter(ReceiptRulesTest::isReceipt)
                .count();
    }

    private static boolean isReceipt(ChatEvent event) {
        return event instanceof MessagesRead || event instanceof MessagesDelivered;
    }

    private List<Receipt> storedOfBob() {
        return store.receiptsOf("bob", List.of("g"));
    }

    @Test
    void receipts_of_a_former_member_are_dropped() {
        fixture.run(ann, new RemoveMember("g", "bob")).result();
        fixture.settle();
        fixture.told().clear();
        assertThat(read(bob, 5)).isEqualTo(new MarkRead.Read(0, 9));
        assertThat(delivered(bob, new Item("g", 5))).containsExactly(new Item("g", 0));
        fixture.time().advance(LONG);
        assertThat(receiptsToldTo(ann)).isZero();
        assertThat(storedOfBob()).isEmpty();
    }

    @Test
    void pending_receipts_of_a_removed_member_are_neither_sent_nor_stored() {
        read(bob, 1);
        read(bob, 2);
        delivered(bob, new Item("g", 4));
        delivered(bob, new Item("g", 5));
        fixture.settle();
        fixture.told().clear();
        fixture.chat().removeMember("g", "bob");
        fixture.time().advance(LONG);
        assertThat(receiptsToldTo(ann)).isZero();
        assertThat(storedOfBob()).isEmpty();
    }

    @Test
    void returning_member_begins_at_what_is_stored() {
        read(bob, 2);
        fixture.time().advance(LONG);
        fixture.chat().removeMember("g", "bob");
        fixture.chat().addMembers("g", Set.of("bob"));
        assertThat(read(bob, 3)).isEqualTo(new MarkRead.Read(9, 0));
    }

    @Test
    void guest_of_an_open_conversation_sends_receipts_as_before() {
        say("open");
        assertThat(delivered(bob, new Item("open", 1))).containsExactly(new Item("open", 1));
    }

    @Test
    void many_receipts_cost_one_read_of_positions() {
        Item[] items =
                IntStream.range(0, 100).mapToObj(i -> new Item("open" + i, 7)).toArray(Item[]::new);
        IntStream.range(0, 100).forEach(i -> say("open" + i));
        counter.clear();
        assertThat(delivered(bob, items)).extracting(Item::upToSeq).hasSize(100).containsOnly(1L);
        assertThat(counter.calls()).doesNotContain("position").containsOnlyOnce("positions", "receiptsOf");
    }

    @Test
    void repeated_receipts_cost_nothing() {
        delivered(bob, new Item("g", 5));
        counter.clear();
        delivered(bob, new Item("g", 5), new Item("g", 4));
        assertThat(counter.calls()).isEmpty();
    }

    @Test
    void receipt_for_a_message_that_the_room_received_reads_no_position() {
        counter.clear();
        delivered(bob, new Item("g", 9));
        assertThat(counter.calls()).doesNotContain("position", "positions");
    }
}
