package io.roomcast.chat.internal.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.internal.attention.UserAttention;
import io.roomcast.chat.internal.execution.Execution;
import io.roomcast.chat.internal.room.Rooms;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatMetrics;
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
    private final Recorder sent = new Recorder();
    private final Execution execution = Execution.create(store, Runnable::run, time.scheduler(), Limits.defaults());
    private final Rooms rooms =
            Rooms.create(store, sent, ChatMetrics.none(), execution, time.clock(), Limits.defaults(), event -> {});
    private final Receipts receipts = Receipts.create(
            store, rooms, UserAttention.create(store, rooms, execution, time.clock()), execution, time.clock());

    @BeforeEach
    void makeGroup() {
        execution.timeouts().close();
        store.create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        rooms.registry().open(TestSession.of("bob"));
    }

    private void send() {
        MessageDraft draft = Drafts.text("g", "ann", "hello");
        AppendResult.Stored stored =
                (AppendResult.Stored) store.append(List.of(draft)).get(0);
        receipts.tracker().recordSent(stored.message());
        receipts.unread().messageSent(stored.message(), null);
    }

    @Test
    void idle_parts_hold_only_cached_results_of_the_store() {
        send();
        send();
        time.advance(Duration.ofSeconds(5));
        assertThat(time.timers()).isZero();
        assertThat(receipts.throttle().size() + receipts.unread().size()).isZero();
        assertThat(store.receiptsOf("ann", List.of("g"))).hasSize(2);
    }

    @Test
    void nothing_is_left_after_the_close() {
        send();
        send();
        Receipt receipt = Receipt.read("g", "bob", 1, Instant.EPOCH);
        receipts.tracker().record(receipt);
        receipts.throttle().tryEmit(ReceiptKey.of(receipt), receipt);
        assertThat(receipts.size()).isPositive();
        receipts.close();
        assertThat(receipts.size()).isZero();
        assertThat(time.timers()).isZero();
        assertThat(store.receiptsOf("bob", List.of("g"))).isNotEmpty();
    }

    @Test
    void stored_receipt_is_cached_longer_than_read_positions() {
        send();
        receipts.tracker().record(Receipt.read("g", "bob", 1, time.clock().instant()));
        time.advance(Duration.ofSeconds(29));
        sent.clear();
        send();
        assertThat(sent.events())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("UnreadChanged[conversationId=g, unread=1, readSeq=1, latestSeq=2, unreadMentions=0,");
    }
}
