package io.roomcast.chat.mongo;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Reaction;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.testkit.FaultProxy;
import io.roomcast.chat.testkit.StoredReceipts;
import io.roomcast.chat.testkit.Workers;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An outage of the database while the store is in use. */
class OutageTest extends MongoCase {
    private static final String TIMEOUTS = "?serverSelectionTimeoutMS=1000&socketTimeoutMS=500";

    private FaultProxy proxy;
    private MongoChatStore store;
    private Message message;

    @BeforeEach
    void connectThroughProxy() {
        proxy = new FaultProxy(server.port());
        store = MongoChatStore.connect("mongodb://127.0.0.1:" + proxy.port() + "/" + database.getName() + TIMEOUTS);
        message = storedBy(store, Drafts.text("c", "alice", "before"));
    }

    @AfterEach
    void disconnect() {
        store.close();
        proxy.close();
    }

    @Test
    @Timeout(value = 15, unit = SECONDS)
    void every_call_fails_while_the_database_is_away() {
        proxy.down();
        // Uses up the open connections, on which a request may still have arrived.
        assertThat(codesOf(store::ping)).containsExactly(ErrorCode.STORAGE_UNAVAILABLE);

        assertThat(codesOf(
                        () -> failIfFailed(append(store, Drafts.text("c", "alice", "lost"))),
                        () -> store.history(new HistoryQuery("c", Anchor.LATEST, 0, 10)),
                        () -> store.position("c"),
                        () -> store.conversation("c"),
                        () -> store.create(NewConversation.direct("alice", "bob")),
                        () -> store.addMembers("c", Set.of("alice")),
                        () -> store.removeMember("c", "alice"),
                        () -> store.isMember("c", "alice"),
                        () -> store.message("c", message.id()),
                        () -> store.change(Changes.react(message, "bob", "x")),
                        () -> store.catchUp(List.of(new CatchUpQuery("c", Position.START, 10))),
                        () -> store.trim("c", 1),
                        () -> store.conversations(new ConversationQuery("alice", null, 10)),
                        () -> store.mark(List.of(Receipt.read("c", "alice", 1, Instant.EPOCH))),
                        () -> StoredReceipts.of(store, "c"),
                        () -> store.eraseUser("alice"),
                        store::ping))
                .hasSize(17)
                .containsOnly(ErrorCode.STORAGE_UNAVAILABLE);
    }

    @Test
    @Timeout(value = 15, unit = SECONDS)
    void calls_end_while_the_database_does_not_answer() {
        proxy.stall();

        assertThat(codesOf(
                        () -> failIfFailed(append(store, Drafts.text("c", "alice", "stalled"))),
                        () -> store.history(new HistoryQuery("c", Anchor.LATEST, 0, 10))))
                .containsExactly(ErrorCode.TIMEOUT, ErrorCode.STORAGE_UNAVAILABLE);
    }

    @Test
    void message_whose_outcome_was_unknown_is_stored_once() {
        proxy.stall();
        append(store, Drafts.keyed("c", "alice", "k", "stalled"));
        proxy.flow();

        await().atMost(10, SECONDS)
                .until(() -> !(append(store, Drafts.keyed("c", "alice", "k", "again")) instanceof AppendResult.Failed));

        assertThat(allOf(store, "c")).extracting(Message::seq).containsExactly(1L, 2L);
    }

    @Test
    void store_works_again_when_the_database_is_back() {
        proxy.down();
        append(store, Drafts.keyed("c", "alice", "k", "lost"));
        proxy.up();

        await().atMost(5, SECONDS)
                .until(() -> append(store, Drafts.keyed("c", "alice", "k", "again")) instanceof AppendResult.Stored);
        assertThat(allOf(store, "c")).extracting(Message::content).containsExactly("before", "again");
    }

    @Test
    void change_whose_outcome_was_unknown_is_made_at_most_once() {
        proxy.stall();
        assertThat(codesOf(() -> store.change(Changes.react(message, "bob", "x"))))
                .doesNotContainNull();
        proxy.flow();

        await().atMost(10, SECONDS)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(store.change(Changes.react(message, "bob", "x"))
                                .message()
                                .reactions())
                        .containsExactly(new Reaction("x", "bob")));
        assertThat(store.position("c").version()).isEqualTo(1);
    }

    private static void failIfFailed(AppendResult result) {
        if (result instanceof AppendResult.Failed failed) {
            throw failed.cause();
        }
    }

    /** Runs all calls concurrently and returns the codes with which they fail. */
    private static List<ErrorCode> codesOf(Runnable... calls) {
        try (Workers workers = new Workers(calls.length)) {
            List<Future<ChatException>> failures = List.of(calls).stream()
                    .map(call -> workers.call(() -> catchThrowableOfType(ChatException.class, call::run)))
                    .toList();
            return failures.stream()
                    .map(Workers::result)
                    .map(ChatException::code)
                    .toList();
        }
    }
}
