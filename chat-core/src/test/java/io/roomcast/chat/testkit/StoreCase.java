package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChangeResult;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A theme of the contract: each test has an empty database and one store over it. */
abstract class StoreCase {
    static final int ALL = 10_000;
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration MOMENT = Duration.ofSeconds(10);

    private final Supplier<StoreHarness> harnesses;
    StoreHarness harness;
    ChatStore store;

    StoreCase(Supplier<StoreHarness> harnesses) {
        this.harnesses = harnesses;
    }

    @BeforeEach
    void openEmptyStore() {
        harness = harnesses.get();
        store = harness.open();
    }

    @AfterEach
    void closeHarness() {
        harness.close();
    }

    void needs(StoreHarness.Capability capability) {
        assumeTrue(harness.capabilities().contains(capability), () -> "this store has no " + capability);
    }

    AppendResult append(MessageDraft draft) {
        return store.append(List.of(draft)).get(0);
    }

    Message stored(MessageDraft draft) {
        return storedIn(append(draft));
    }

    static Message storedIn(AppendResult result) {
        assertThat(result).isInstanceOf(AppendResult.Stored.class);
        return ((AppendResult.Stored) result).message();
    }

    static Message duplicateIn(AppendResult result) {
        assertThat(result).isInstanceOf(AppendResult.Duplicate.class);
        return ((AppendResult.Duplicate) result).message();
    }

    /** Appends so many messages to the conversation, in one batch. */
    List<Message> fill(String conversationId, int count) {
        List<MessageDraft> drafts = Drafts.texts(conversationId, "alice", count);
        return store.append(drafts).stream().map(StoreCase::storedIn).toList();
    }

    /** Makes a change that makes a difference. */
    Message changed(Change change) {
        ChangeResult result = store.change(change);
        assertThat(result.changed()).isTrue();
        return result.message();
    }

    /** Why the store refuses what is tried. */
    static ErrorCode refusal(ThrowingCallable attempt) {
        ChatException refusal = catchThrowableOfType(ChatException.class, attempt);
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal.code();
    }

    /** Waits for what a store may write a moment later. */
    static void eventually(ThrowingRunnable assertion) {
        await().atMost(MOMENT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(assertion);
    }

    List<Message> allOf(String conversationId) {
        return allOf(store, conversationId);
    }

    static List<Message> allOf(ChatStore store, String conversationId) {
        return store.history(new HistoryQuery(conversationId, Anchor.AFTER, 0, ALL));
    }

    static List<Long> seqs(List<Message> messages) {
        return messages.stream().map(Message::seq).toList();
    }

    static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    /** Follows the log from its beginning, as a client that catches up does. */
    static final class Follower {
        private final ChatStore store;
        private final String conversationId;
        private final List<Message> seen = new ArrayList<>();

        Follower(ChatStore store, String conversationId) {
            this.store = store;
            this.conversationId = conversationId;
        }

        int read() {
            long cursor = seen.isEmpty() ? 0 : seen.get(seen.size() - 1).seq();
            seen.addAll(store.history(new HistoryQuery(conversationId, Anchor.AFTER, cursor, ALL)));
            return seen.size();
        }

        List<Message> seen() {
            return seen;
        }
    }
}
