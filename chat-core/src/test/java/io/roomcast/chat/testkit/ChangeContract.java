package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.Deletion;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChangeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How stored messages change. */
abstract class ChangeContract extends StoreCase {
    ChangeContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    static Stream<Named<Function<Message, Change>>> changes() {
        return Stream.of(
                Named.of("edit", message -> Changes.edit(message, "alice", "other")),
                Named.of("delete", message -> Changes.delete(message, "alice")),
                Named.of("react", message -> Changes.react(message, "bob", "👍")),
                Named.of("unreact", message -> Changes.unreact(message, "alice", "👍")));
    }

    /** A message with everything, which alice reacted to. */
    private Message rich() {
        MessageBody body = new MessageBody(
                MessageType.FILE,
                "look",
                List.of(new Attachment("/files/1", "f", 1L, "a/b")),
                "m-1",
                List.of("bob"),
                "{}");
        Message stored = stored(Drafts.text("c", "alice", "").withBody(body));
        return changed(Changes.react(stored, "alice", "👍"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void changed_message_is_what_the_change_makes_of_it(Function<Message, Change> kind) {
        Message before = rich();
        Change change = kind.apply(before);
        Message after = change.applyTo(before, 2);

        assertThat(store.change(change)).isEqualTo(new ChangeResult(after, true));
        assertThat(allOf("c")).containsExactly(after);
        assertThat(store.message("c", after.id())).contains(after);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void change_takes_the_next_version_and_no_seq(Function<Message, Change> kind) {
        Message before = rich();
        changed(kind.apply(before));

        assertThat(store.position("c")).isEqualTo(new Position(1, 2));
        assertThat(stored(Drafts.text("c", "alice", "next")).seq()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void change_of_an_unknown_message_is_refused(Function<Message, Change> kind) {
        fill("c", 1);
        Message unknown = Drafts.text("c", "alice", "never stored").at(1);

        assertThat(refusal(() -> store.change(kind.apply(unknown)))).isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        assertThat(store.position("c")).isEqualTo(new Position(1, 0));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void change_in_an_unknown_conversation_is_refused(Function<Message, Change> kind) {
        Message unknown = Drafts.text("c", "alice", "never stored").at(1);

        assertThat(refusal(() -> store.change(kind.apply(unknown)))).isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        assertThat(store.conversation("c")).isEmpty();
    }

    @Test
    void message_of_another_conversation_is_not_found() {
        fill("c", 1);
        Message other = fill("other", 1).get(0);
        Change misled = new Change.Delete("c", other.id(), "alice", Drafts.now());

        assertThat(refusal(() -> store.change(misled))).isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        assertThat(allOf("other")).containsExactly(other);
    }

    @Test
    void change_of_each_kind_is_kept() {
        Changes.ofEachKind().forEach((kind, steps) -> {
            String conversationId = kind.getSimpleName();
            Message message = stored(Drafts.full(conversationId, "alice", "bob"));
            for (Change step : steps.on(message, "alice")) {
                Message expected = step.applyTo(message, message.version() + 1);
                message = changed(step);
                assertThat(message).as(conversationId).isEqualTo(expected);
            }
            assertThat(store.message(conversationId, message.id())).contains(message);
            assertThat(allOf(conversationId)).containsExactly(message);
            assertThat(new Replica(store, conversationId).catchUp(1).messages()).containsExactly(message);
        });
    }

    @Test
    void versions_of_a_conversation_are_dense() {
        List<Message> all = fill("c", 3);
        List<Long> versions = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            versions.add(
                    changed(Changes.edit(all.get(i % 3), "alice", "edit " + i)).version());
        }

        assertThat(versions).isEqualTo(oneTo(9));
    }

    @Test
    void conversations_count_their_changes_independently() {
        Message one = fill("a", 1).get(0);
        Message other = fill("b", 1).get(0);
        changed(Changes.edit(one, "alice", "once"));
        changed(Changes.edit(one, "alice", "twice"));

        assertThat(changed(Changes.edit(other, "alice", "once")).version()).isEqualTo(1);
        assertThat(store.position("a")).isEqualTo(new Position(1, 2));
    }

    @Test
    void change_touches_its_message_only() {
        List<Message> all = fill("c", 3);
        Message edited = changed(Changes.edit(all.get(1), "alice", "other"));

        assertThat(allOf("c")).containsExactly(all.get(0), edited, all.get(2));
    }

    @Test
    void author_edits() {
        Change.Edit edit = (Change.Edit) Changes.edit(fill("c", 1).get(0), "alice", "other");

        assertThat(changed(edit))
                .returns("other", Message::content)
                .returns(edit.at(), Message::editedAt)
                .returns(1L, Message::version);
    }

    @Test
    void edit_keeps_everything_but_the_words() {
        Message before = rich();
        Message after = changed(Changes.edit(before, "alice", "other"));

        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("version", "editedAt", "body.content", "body.metadata")
                .isEqualTo(before);
    }

    @Test
    void edit_replaces_the_metadata() {
        Message message = stored(Drafts.text("c", "alice", "hello"));

        assertThat(changed(Changes.describe(message, "alice", "{\"a\": 1}"))
                        .body()
                        .metadata())
                .isEqualTo("{\"a\": 1}");
        assertThat(changed(Changes.describe(message, "alice", null)).body().metadata())
                .isNull();
        assertThat(allOf("c").get(0).body().metadata()).isNull();
    }

    @Test
    void edit_of_the_expected_version_is_done() {
        Message first = stored(Drafts.text("c", "alice", "hello"));
        Message second = changed(Changes.edit(first, "alice", "once", 0L));

        assertThat(changed(Changes.edit(second, "alice", "twice", 1L)).content())
                .isEqualTo("twice");
    }

    @Test
    void edit_of_a_stale_version_is_refused() {
        Message first = stored(Drafts.text("c", "alice", "hello"));
        Message second = changed(Changes.react(first, "bob", "👍"));

        assertThat(refusal(() -> store.change(Changes.edit(first, "alice", "other", 0L))))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(allOf("c")).containsExactly(second);
        assertThat(store.position("c")).isEqualTo(new Position(1, 1));
    }

    @Test
    void deleted_message_cannot_be_edited() {
        Message message = stored(Drafts.text("c", "alice", "hello"));
        Message tombstone = changed(Changes.delete(message, "alice"));

        assertThat(refusal(() -> store.change(Changes.edit(message, "alice", "other"))))
                .isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        assertThat(allOf("c")).containsExactly(tombstone);
        assertThat(store.position("c")).isEqualTo(new Position(1, 1));
    }

    @Test
    void tombstone_keeps_its_seq_and_no_content() {
        Message before = rich();
        Message tombstone = changed(Changes.delete(before, "alice"));

        assertThat(allOf("c")).containsExactly(tombstone);
        assertThat(tombstone)
                .returns(before.seq(), Message::seq)
                .returns(before.senderId(), Message::senderId)
                .returns(before.createdAt(), Message::createdAt)
                .returns(MessageBody.of(MessageType.FILE, "", null), Message::body)
                .returns(List.of(), Message::reactions);
    }

    @Test
    void tombstone_has_its_deleter_and_time() {
        Change delete = Changes.delete(fill("c", 1).get(0), "moderator");
        changed(delete);

        assertThat(allOf("c"))
                .extracting(Message::deletion)
                .containsExactly(new Deletion("moderator", ((Change.Delete) delete).at()));
    }

    @Test
    void deleting_twice_is_deleting_once() {
        Message message = stored(Drafts.text("c", "alice", "hello"));
        Message tombstone = changed(Changes.delete(message, "alice"));

        assertThat(store.change(Changes.delete(message, "moderator"))).isEqualTo(new ChangeResult(tombstone, false));
        assertThat(allOf("c")).containsExactly(tombstone);
        assertThat(store.position("c")).isEqualTo(new Position(1, 1));
    }
}
