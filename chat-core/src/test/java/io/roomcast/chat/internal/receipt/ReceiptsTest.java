package io.roomcast.chat.internal.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.InFlight;
import io.roomcast.chat.internal.execution.WorkerPool;
import io.roomcast.chat.internal.room.GapFiller;
import io.roomcast.chat.internal.room.JoinBuffers;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
    private final VirtualTime time = new VirtualTime();
    private final ChatStore store = ChatStore.inMemory(time.clock());
    private final RoomRegistry rooms = new RoomRegistry(10, 200);
    private final Recorder told = new Recorder();
    private final ConversationLanes lanes = new ConversationLanes(new WorkerPool(Runnable::run), 10, 10, id -> {});
    private final MembershipCache memberships = new MembershipCache(store, time.clock());
    private final Receipts readership = new Receipts(
            store,
            memberships,
            rooms,
            new Publisher(rooms, new GapFiller(rooms, new JoinBuffers(), store), told),
            lanes,
            time.scheduler(),
            new InFlight(),
            time.clock());

    @BeforeEach
    void makeGroup() {
        store.create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        rooms.open(TestSession.of("bob"));
    }

    private void send() {
        MessageDraft draft = Drafts.text("g", "ann", "hello");
        AppendResult.Stored stored =
                (AppendResult.Stored) store.append(List.of(draft)).get(0);
        readership.receipts().sent(stored.message());
        readership.unread().messageSent(stored.message());
    }

    @Test
    void nothing_but_answers_of_the_store_is_kept_in_a_silence() {
        send();
        send();
        time.advance(Duration.ofSeconds(5));
        assertThat(time.timers()).isZero();
        assertThat(readership.news().size() + readership.unread().size()).isZero();
        assertThat(store.receiptsOf("ann", List.of("g"))).hasSize(2);
    }

    @Test
    void nothing_is_left_after_the_close() {
        send();
        send();
        Receipt receipt = Receipt.read("g", "bob", 1, Instant.EPOCH);
        readership.receipts().raise(receipt);
        readership.news().passes(ReceiptKey.of(receipt), receipt);
        assertThat(readership.size()).isPositive();
        readership.close();
        assertThat(readership.size()).isZero();
        assertThat(time.timers()).isZero();
        assertThat(store.receiptsOf("bob", List.of("g"))).isNotEmpty();
    }

    @Test
    void mark_that_is_stored_is_not_forgotten_before_the_roster_knows_it() {
        send();
        readership.receipts().raise(Receipt.read("g", "bob", 1, time.clock().instant()));
        time.advance(Duration.ofSeconds(29));
        told.clear();
        send();
        assertThat(told.events())
                .hasSize(1)
                .first()
                .hasToString("UnreadChanged[conversationId=g, unread=1, " + "readSeq=1, latestSeq=2]");
    }
}
