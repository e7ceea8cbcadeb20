package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Reaction;
import io.roomcast.chat.spi.ChangeResult;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.testkit.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes that a crash interrupted. */
class InterruptedChangesTest extends MongoCase {
    private MongoChatStore store;
    private Message message;
    private Message other;

    @BeforeEach
    void say() {
        store = openStore();
        message = storedBy(store, Drafts.text("c", "alice", "first words"));
        other = storedBy(store, Drafts.text("c", "bob", "something else"));
    }

    @Test
    void row_alone_changes_nothing_yet() {
        database.getCollection("changes").insertOne(openEdit());

        assertThat(store.position("c")).isEqualTo(new Position(2, 0));
        assertThat(allOf(store, "c")).containsExactly(message, other);
        assertThat(catchUp(0).messages()).isEmpty();
    }

    @Test
    void row_alone_is_finished_by_the_next_change() {
        database.getCollection("changes").insertOne(openEdit());
        ChangeResult next = store.change(Changes.react(other, "carol", "x"));

        assertThat(next.message().version()).isEqualTo(2);
        assertThat(now(message)).returns("other words", Message::content).returns(1L, Message::version);
        expectTwoFinishedRows();
    }

    @Test
    void row_is_finished_before_the_next_change_of_the_same_message() {
        database.getCollection("changes").insertOne(openEdit());
        ChangeResult next = store.change(Changes.react(message, "carol", "x"));

        assertThat(next.message())
                .returns("other words", Message::content)
                .returns(2L, Message::version)
                .returns(List.of(new Reaction("x", "carol")), Message::reactions);
        assertThat(now(message)).isEqualTo(next.message());
        expectTwoFinishedRows();
    }

    @Test
    void change_of_the_message_alone_is_not_done_again() {
        store.change(Changes.react(message, "carol", "x"));
        undoLastStep();
        Message changed = now(message);
        store.change(Changes.react(other, "carol", "x"));

        assertThat(now(message)).isEqualTo(changed);
        expectTwoFinishedRows();
    }

    @Test
    void edit_whose_words_have_left_the_row_is_finished() {
        store.change(Changes.edit(message, "alice", "other words"));
        undoLastStep();
        store.change(Changes.react(other, "carol", "x"));

        assertThat(now(message)).returns("other words", Message::content).returns(1L, Message::version);
        expectTwoFinishedRows();
    }

    @Test
    void edit_whose_words_are_still_in_the_row_is_stripped() {
        store.change(Changes.edit(message, "alice", "other words"));
        undoLastStep();
        database.getCollection("changes")
                .updateOne(new Document("version", 1L), new Document("$set", new Document("content", "other words")));
        store.change(Changes.react(other, "carol", "x"));

        expectTwoFinishedRows();
    }

    @Test
    void change_of_a_removed_message_keeps_its_version() {
        database.getCollection("changes").insertOne(openEdit());
        store.trim("c", 1);

        assertThat(store.change(Changes.react(other, "carol", "x")).message().version())
                .isEqualTo(2);
        expectTwoFinishedRows();
    }

    @Test
    void change_by_an_erased_user_keeps_its_version_and_does_nothing() {
        database.getCollection("changes").insertOne(openEdit());
        store.eraseUser("alice");
        store.change(Changes.react(other, "carol", "x"));

        assertThat(now(message)).returns("", Message::content).returns(true, Message::isDeleted);
        expectTwoFinishedRows();
    }

    @Test
    void change_whose_row_was_removed_keeps_its_version() {
        store.change(Changes.react(message, "carol", "x"));
        undoLastStep();
        database.getCollection("changes").deleteOne(new Document("version", 1L));

        assertThat(store.change(Changes.react(message, "dave", "x")).message().version())
                .isEqualTo(2);
        assertThat(catchUp(0).lost()).isTrue();
        assertThat(catchUp(1).messages()).containsExactly(now(message));
    }

    @Test
    void version_of_an_interrupted_change_is_not_used_again_however_late_the_next_change_is() {
        store.change(Changes.react(message, "carol", "x"));
        store.change(Changes.react(message, "dave", "x"));
        setVersion(1);
        removeExpiredRows();

        ChangeResult next = store.change(Changes.react(other, "carol", "x"));

        assertThat(next.message().version()).isEqualTo(3);
        assertThat(now(message).version()).isEqualTo(2);
        assertThat(store.position("c")).isEqualTo(new Position(2, 3));
        assertThat(catchUp(1).messages()).containsExactly(now(message), now(other));
        assertThat(catchUp(0).lost()).isTrue();
    }

    @Test
    void row_of_an_interrupted_change_expires_only_after_its_completion() {
        database.getCollection("changes").insertOne(openEdit());
        assertThat(removeExpiredRows()).isZero();
        store.change(Changes.react(other, "carol", "x"));

        assertThat(now(message)).returns("other words", Message::content).returns(1L, Message::version);
        assertThat(rows()).extracting(row -> row.containsKey("expiresAt")).containsExactly(true, false);
        assertThat(removeExpiredRows()).isEqualTo(1);
    }

    @Test
    void change_of_a_newer_release_is_left_to_that_release() {
        database.getCollection("changes").insertOne(openEdit().append("op", "unknown"));

        assertThatThrownBy(() -> store.change(Changes.react(other, "carol", "x")))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE));

        assertThat(store.position("c")).isEqualTo(new Position(2, 0));
        assertThat(allOf(store, "c")).containsExactly(message, other);
        assertThat(rows()).hasSize(1);
    }

    @Test
    void change_is_completed_once_by_concurrent_nodes() {
        database.getCollection("changes").insertOne(openEdit());
        List<MongoChatStore> nodes = List.of(store, openStore(), openStore(), openStore());
        try (Workers workers = new Workers(nodes.size())) {
            List<Future<ChangeResult>> results = nodes.stream()
                    .map(node ->
                            workers.call(() -> node.change(Changes.react(message, "user" + nodes.indexOf(node), "x"))))
                    .toList();
            assertThat(results.stream()
                            .map(Workers::result)
                            .map(result -> result.message().version()))
                    .containsExactlyInAnyOrder(2L, 3L, 4L, 5L);
        }

        assertThat(now(message)).returns("other words", Message::content).returns(5L, Message::version);
        assertThat(now(message).reactions()).hasSize(4);
        assertThat(store.position("c")).isEqualTo(new Position(2, 5));
        assertThat(rows()).extracting(row -> row.getLong("version")).isEqualTo(oneTo(5));
    }

    @Test
    void rows_that_are_no_longer_kept_are_lost() {
        Stream.of("a", "b", "c").forEach(user -> store.change(Changes.react(message, user, "x")));
        database.getCollection("changes").deleteOne(new Document("version", 1L));

        assertThat(catchUp(0)).isEqualTo(CatchUp.lost("c", new Position(2, 3)));
        assertThat(catchUp(1).messages()).containsExactly(now(message));
    }

    private Document openEdit() {
        return new Document("_id", new ObjectId())
                .append("conversationId", "c")
                .append("version", 1L)
                .append("messageId", message.id())
                .append("seq", 1L)
                .append("userId", "alice")
                .append("at", new Date())
                .append("op", "edit")
                .append("content", "other words");
    }

    /** Restores the state before the last step, as a crash leaves it. */
    private void undoLastStep() {
        database.getCollection("conversations")
                .updateOne(new Document("_id", "c"), new Document("$unset", new Document("version", "")));
        assertThat(store.position("c").version()).isZero();
    }

    private void setVersion(long version) {
        database.getCollection("conversations")
                .updateOne(new Document("_id", "c"), new Document("$set", new Document("version", version)));
        assertThat(store.position("c").version()).isEqualTo(version);
    }

    /** Removes rows as the TTL index does, long after the last change. Returns the number of removed rows. */
    private long removeExpiredRows() {
        Date muchLater = Date.from(Instant.now().plus(Duration.ofDays(365)));
        return database.getCollection("changes")
                .deleteMany(new Document("expiresAt", new Document("$lte", muchLater)))
                .getDeletedCount();
    }

    private void expectTwoFinishedRows() {
        assertThat(store.position("c")).isEqualTo(new Position(2, 2));
        assertThat(rows()).extracting(row -> row.getLong("version")).containsExactly(1L, 2L);
        assertThat(rows()).noneMatch(row -> row.containsKey("content"));
    }

    private List<Document> rows() {
        return database.getCollection("changes")
                .find()
                .sort(new Document("version", 1))
                .into(new ArrayList<>());
    }

    private CatchUp catchUp(long afterVersion) {
        return store.catchUp(List.of(new CatchUpQuery("c", new Position(2, afterVersion), 10)))
                .get(0);
    }

    private Message now(Message before) {
        return store.message("c", before.id()).orElseThrow();
    }
}
