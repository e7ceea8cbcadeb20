package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents and commands of changes. */
class ChangesTest extends MongoCase {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Date IN_30_DAYS = Date.from(Instant.parse("2026-03-31T12:00:00Z"));

    private MongoChatStore store;
    private Message message;

    @BeforeEach
    void say() {
        store = builder().clock(Clock.fixed(NOON, ZoneOffset.UTC)).build();
        message = storedBy(store, Drafts.text("c", "alice", "first words"));
        commands.clear();
    }

    @Test
    void row_has_the_fields_of_the_wire() {
        store.change(new Change.React("c", message.id(), "bob", NOON, "x"));

        assertThat(database.getCollection("changes").find().projection(new Document("_id", 0)))
                .containsExactly(new Document("conversationId", "c")
                        .append("version", 1L)
                        .append("messageId", message.id())
                        .append("seq", 1L)
                        .append("userId", "bob")
                        .append("at", Date.from(NOON))
                        .append("op", "react")
                        .append("key", "x"));
    }

    @Test
    void row_expires_30_days_after_the_next_change() {
        store.change(Changes.react(message, "bob", "x"));
        store.change(Changes.react(message, "carol", "x"));

        assertThat(database.getCollection("changes").find().map(row -> row.getDate("expiresAt")))
                .containsExactly(IN_30_DAYS, null);
    }

    @Test
    void each_kind_has_a_name() {
        store.change(Changes.edit(message, "alice", "other words"));
        store.change(Changes.react(message, "bob", "x"));
        store.change(Changes.unreact(message, "bob", "x"));
        store.change(Changes.pin(message, "alice"));
        store.change(Changes.unpin(message, "alice"));
        store.change(Changes.delete(message, "alice"));

        assertThat(database.getCollection("changes").find().map(row -> row.getString("op")))
                .containsExactly("edit", "react", "unreact", "pin", "unpin", "delete");
    }

    @Test
    void deleted_words_are_nowhere_any_more() {
        store.change(new Change.Edit("c", message.id(), "alice", NOON, "second words", "{\"secret\":1}", null));
        store.change(Changes.edit(message, "alice", "third words"));
        store.change(Changes.delete(message, "alice"));

        assertThat(everything()).doesNotContain("words", "secret");
    }

    @Test
    void content_of_a_change_of_each_kind_is_nowhere_after_a_deletion() {
        Changes.ofEachKind().values().forEach(steps -> {
            Message changed = storedBy(store, Drafts.text("c", "alice", "more words"));
            steps.on(changed, "alice").forEach(store::change);
            store.change(Changes.delete(changed, "alice"));
        });

        assertThat(everything()).doesNotContain("more words", Changes.EDITED);
    }

    @Test
    void row_of_each_kind_has_only_fields_that_an_erasure_removes() {
        Set<String> common =
                Set.of("_id", "conversationId", "version", "messageId", "seq", "userId", "at", "op", "expiresAt");
        Changes.ofEachKind().forEach((kind, steps) -> {
            List<Change> changes = steps.on(message, "bob");
            Document row = ChangeRow.of(new ObjectId(), changes.get(changes.size() - 1), 1)
                    .write(1);
            row.keySet().removeAll(common);
            assertThat(ChangeOp.ownFields()).as(kind.getSimpleName()).containsAll(row.keySet());
        });
    }

    @Test
    void conversation_lists_its_pinned_messages_with_the_version() {
        store.change(Changes.pin(message, "bob"));
        assertThat(conversation()).containsEntry("pins", List.of(message.id())).containsEntry("version", 1L);
        store.change(Changes.unpin(message, "bob"));
        assertThat(conversation()).containsEntry("pins", List.of()).containsEntry("version", 2L);
        store.change(Changes.pin(message, "bob"));
        store.change(Changes.delete(message, "bob"));
        assertThat(conversation()).containsEntry("pins", List.of()).containsEntry("version", 4L);
    }

    private Document conversation() {
        return database.getCollection("conversations").find().first();
    }

    /** A slow node may complete a change again, after another one has made the next change. */
    @Test
    void pin_that_is_completed_late_does_not_return() {
        store.change(Changes.pin(message, "bob"));
        ChatDatabase collections = ChatDatabase.of(database);
        ChangeLog rows = new ChangeLog(collections.changes(), Clock.systemUTC());
        ChangeRow pin = rows.at("c", 1).orElseThrow();
        store.change(Changes.unpin(message, "bob"));
        ConversationDocuments conversations = new ConversationDocuments(collections.conversations());
        new RollForward(new MessageLog(collections.messages(), Clock.systemUTC()), rows, conversations).complete(pin);
        conversations.raise(1, Changes.pin(message, "bob").applyTo(message, 1));

        assertThat(conversation()).containsEntry("pins", List.of()).containsEntry("version", 2L);
        assertThat(store.pins("c")).isEmpty();
    }

    @Test
    void change_takes_five_commands() {
        store.change(Changes.react(message, "bob", "x"));

        assertThat(commands.names()).containsExactly("find", "find", "update", "update", "update");
        assertThat(commands.all().get(2).getString("update").getValue()).isEqualTo("changes");
    }

    @Test
    void edit_takes_one_more_to_leave_no_copy() {
        store.change(Changes.edit(message, "alice", "other words"));

        assertThat(commands.names()).containsExactly("find", "find", "update", "update", "update", "update");
    }

    @Test
    void change_that_makes_no_difference_writes_nothing() {
        store.change(Changes.unreact(message, "bob", "x"));

        assertThat(commands.names()).containsExactly("find", "find");
    }

    @Test
    void change_that_is_refused_writes_nothing() {
        Change stale = new Change.Edit("c", message.id(), "alice", NOON, "other", null, 7L);

        assertThatThrownBy(() -> store.change(stale))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThat(commands.names()).containsExactly("find", "find");
    }
}
