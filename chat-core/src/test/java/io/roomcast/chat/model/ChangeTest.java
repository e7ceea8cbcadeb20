package io.roomcast.chat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Components;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeTest {
    private static final Instant AT = Instant.parse("2026-02-01T00:00:00Z");

    @Test
    void change_of_each_kind_has_an_effect_and_a_version() {
        Changes.ofEachKind().forEach((kind, steps) -> {
            Message message = SampleMessages.text("hello");
            for (Change step : steps.on(message, "alice")) {
                Message after = step.applyTo(message, message.version() + 1);
                assertThat(after.version()).as(kind.getSimpleName()).isEqualTo(message.version() + 1);
                assertThat(Components.same(after, message))
                        .as(kind.getSimpleName())
                        .contains("id", "seq", "createdAt");
                message = after;
            }
        });
    }

    @Test
    void change_of_each_kind_leaves_a_deleted_message_as_it_is() {
        Message tombstone = delete("alice").applyTo(SampleMessages.rich(), 4);
        Changes.ofEachKind().forEach((kind, steps) -> {
            for (Change step : steps.on(tombstone, "alice")) {
                Object outcome;
                try {
                    outcome = step.applyTo(tombstone, 5);
                } catch (ChatException refusal) {
                    outcome = refusal.code();
                }
                assertThat(outcome).as(kind.getSimpleName()).isIn(tombstone, ErrorCode.MESSAGE_NOT_FOUND);
            }
        });
    }

    @Test
    void edit_replaces_words_and_metadata_only() {
        Message before = SampleMessages.rich();
        Message after = edit("other", "{\"a\": 1}", null).applyTo(before, 4);

        assertThat(after)
                .returns("other", Message::content)
                .returns("{\"a\": 1}", message -> message.body().metadata())
                .returns(AT, Message::editedAt)
                .returns(4L, Message::version);
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("body.content", "body.metadata", "editedAt", "version")
                .isEqualTo(before);
    }

    @Test
    void edit_without_metadata_removes_it() {
        assertThat(edit("other", null, null)
                        .applyTo(SampleMessages.rich(), 4)
                        .body()
                        .metadata())
                .isNull();
    }

    @Test
    void edit_to_the_same_words_is_an_edit() {
        Message before = SampleMessages.text("hello");

        assertThat(edit("hello", null, null).applyTo(before, 1)).returns(AT, Message::editedAt);
    }

    @Test
    void edit_of_the_expected_version_is_done() {
        assertThat(edit("other", null, 3L).applyTo(SampleMessages.rich(), 4).content())
                .isEqualTo("other");
    }

    @Test
    void edit_of_another_version_is_refused() {
        assertThat(refusal(edit("other", null, 2L), SampleMessages.rich())).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal(edit("other", null, 4L), SampleMessages.rich())).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void deleted_message_takes_neither_words_nor_reactions() {
        Message tombstone = delete("alice").applyTo(SampleMessages.rich(), 4);

        assertThat(refusal(edit("other", null, null), tombstone)).isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        assertThat(refusal(edit("other", null, 1L), tombstone)).isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        assertThat(refusal(react("bob", "👍"), tombstone)).isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
    }

    @Test
    void deletion_keeps_the_seq() {
        Message before = SampleMessages.rich();
        Message after = delete("moderator").applyTo(before, 4);

        assertThat(after)
                .returns(MessageBody.of(MessageType.FILE, "", null), Message::body)
                .returns(List.of(), Message::reactions)
                .returns(new Deletion("moderator", AT), Message::deletion)
                .returns(4L, Message::version);
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("body", "reactions", "deletion", "version")
                .isEqualTo(before);
    }

    @Test
    void deletion_of_an_edited_message_has_the_time_of_the_edit() {
        Message edited = edit("other", null, null).applyTo(SampleMessages.rich(), 4);

        assertThat(delete("alice").applyTo(edited, 5).editedAt()).isEqualTo(AT);
    }

    @Test
    void deleting_twice_makes_no_difference() {
        Message tombstone = delete("alice").applyTo(SampleMessages.rich(), 4);

        assertThat(delete("moderator").applyTo(tombstone, 5)).isSameAs(tombstone);
    }

    @Test
    void reaction_is_added_at_the_end() {
        Message before = SampleMessages.rich();
        Message after = react("carol", "👍").applyTo(before, 4);

        assertThat(after.version()).isEqualTo(4);
        assertThat(after.reactions())
                .containsExactly(new Reaction("👍", "bob"), new Reaction("🎉", "alice"), new Reaction("👍", "carol"));
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("reactions", "version")
                .isEqualTo(before);
    }

    @Test
    void reacting_twice_makes_no_difference() {
        Message before = SampleMessages.rich();

        assertThat(react("bob", "👍").applyTo(before, 4)).isSameAs(before);
    }

    @Test
    void reaction_is_taken_back() {
        Message after = unreact("bob", "👍").applyTo(SampleMessages.rich(), 4);

        assertThat(after.version()).isEqualTo(4);
        assertThat(after.reactions()).containsExactly(new Reaction("🎉", "alice"));
    }

    @Test
    void taking_back_what_is_not_there_makes_no_difference() {
        Message before = SampleMessages.rich();
        Message tombstone = delete("alice").applyTo(before, 4);

        assertThat(unreact("bob", "🎉").applyTo(before, 4)).isSameAs(before);
        assertThat(unreact("bob", "👍").applyTo(tombstone, 5)).isSameAs(tombstone);
    }

    @Test
    void different_keys_are_limited() {
        Message full = withReactions(FixedLimits.REACTION_KEYS, 1);

        assertThat(refusal(react("bob", "one more"), full)).isEqualTo(ErrorCode.REACTION_LIMIT);
        assertThat(react("bob", "key 0").applyTo(full, 4).reactions()).hasSize(FixedLimits.REACTION_KEYS + 1);
    }

    @Test
    void reactions_are_limited() {
        Message full = withReactions(FixedLimits.REACTION_KEYS, FixedLimits.REACTIONS / FixedLimits.REACTION_KEYS);
        assertThat(full.reactions()).hasSize(FixedLimits.REACTIONS);

        assertThat(refusal(react("one more", "key 0"), full)).isEqualTo(ErrorCode.REACTION_LIMIT);
        assertThat(react("user 0", "key 0").applyTo(full, 4)).isSameAs(full);
        Message room = unreact("user 0", "key 0").applyTo(full, 4);
        assertThat(react("one more", "key 0").applyTo(room, 5).reactions()).hasSize(FixedLimits.REACTIONS);
    }

    @Test
    void pin_states_who_and_when() {
        Message before = SampleMessages.rich();
        Message after = pin("bob").applyTo(before, 4);

        assertThat(after.pin()).isEqualTo(new Pin("bob", AT));
        assertThat(after.version()).isEqualTo(4);
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("pin", "version")
                .isEqualTo(before);
        assertThat(pin("carol").applyTo(after, 5)).isSameAs(after);
        assertThat(unpin("carol").applyTo(after, 5))
                .usingRecursiveComparison()
                .ignoringFields("version")
                .isEqualTo(before);
        assertThat(unpin("carol").applyTo(before, 5)).isSameAs(before);
    }

    @Test
    void pin_outlasts_an_edit_and_ends_with_the_message() {
        Message pinned = pin("bob").applyTo(SampleMessages.rich(), 4);
        assertThat(edit("other", null, null).applyTo(pinned, 5).pin()).isEqualTo(pinned.pin());
        Message tombstone = delete("alice").applyTo(pinned, 5);

        assertThat(tombstone.pin()).isNull();
        assertThat(refusal(pin("bob"), tombstone)).isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
    }

    @Test
    void annotation_is_set_replaced_and_removed() {
        Message before = SampleMessages.rich();
        Message once = annotate("a", "{\"x\":1}").applyTo(before, 4);
        Message twice = annotate("b", "{}").applyTo(once, 5);
        Message replaced = annotate("a", "{\"x\":2}").applyTo(twice, 6);

        assertThat(once.annotations()).containsExactly(new Annotation("a", "{\"x\":1}"));
        assertThat(twice.annotation("a")).isEqualTo("{\"x\":1}");
        assertThat(replaced.annotations())
                .containsExactlyInAnyOrder(new Annotation("a", "{\"x\":2}"), new Annotation("b", "{}"));
        assertThat(annotate("a", "{\"x\":2}").applyTo(replaced, 7)).isSameAs(replaced);
        assertThat(unannotate("a").applyTo(replaced, 7).annotations()).containsExactly(new Annotation("b", "{}"));
        assertThat(unannotate("c").applyTo(replaced, 7)).isSameAs(replaced);
        assertThat(once)
                .usingRecursiveComparison()
                .ignoringFields("annotations", "version")
                .isEqualTo(before);
    }

    @Test
    void annotations_outlast_an_edit_and_end_with_the_message() {
        Message annotated = annotate("a", "{}").applyTo(SampleMessages.rich(), 4);
        assertThat(edit("other", null, null).applyTo(annotated, 5).annotations())
                .isEqualTo(annotated.annotations());
        Message tombstone = delete("alice").applyTo(annotated, 5);

        assertThat(tombstone.annotations()).isEmpty();
        assertThat(refusal(annotate("a", "{}"), tombstone)).isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
    }

    @Test
    void annotations_are_limited() {
        Message full = SampleMessages.text("hello");
        for (int i = 0; i < FixedLimits.ANNOTATIONS; i++) {
            full = annotate("key" + i, "{}").applyTo(full, i + 1);
        }
        String long8k = "{\"x\":\"" + "x".repeat(FixedLimits.ANNOTATIONS_LENGTH - 9) + "\"}";

        assertThat(refusal(annotate("one more", "{}"), full)).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
        assertThat(annotate("key0", "{\"a\":1}").applyTo(full, 9).annotations()).hasSize(FixedLimits.ANNOTATIONS);
        assertThat(refusal(annotate("key0", long8k), full)).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
        assertThat(annotate("a", long8k).applyTo(SampleMessages.text("x"), 1).annotations())
                .hasSize(1);
        assertThat(refusal(annotate("aa", long8k), SampleMessages.text("x"))).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
    }

    private static Change annotate(String key, String json) {
        return new Change.Annotate("c", "m-1", "system", AT, new Annotation(key, json));
    }

    private static Change unannotate(String key) {
        return new Change.Unannotate("c", "m-1", "system", AT, key);
    }

    private static Change pin(String userId) {
        return new Change.Pin("c", "m-1", userId, AT);
    }

    private static Change unpin(String userId) {
        return new Change.Unpin("c", "m-1", userId, AT);
    }

    private static Message withReactions(int keys, int users) {
        List<Reaction> reactions = IntStream.range(0, keys)
                .boxed()
                .flatMap(key -> IntStream.range(0, users).mapToObj(user -> new Reaction("key " + key, "user " + user)))
                .toList();
        return SampleMessages.text("hello").withReactions(reactions, 3);
    }

    static Stream<Arguments> change_without_a_target_is_refused_by_name() {
        return Stream.of(
                Arguments.of("conversationId", null, "m-1", "alice", AT),
                Arguments.of("messageId", "c", null, "alice", AT),
                Arguments.of("userId", "c", "m-1", null, AT),
                Arguments.of("at", "c", "m-1", "alice", null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void change_without_a_target_is_refused_by_name(
            String absent, String conversationId, String messageId, String userId, Instant at) {
        assertThatNullPointerException()
                .isThrownBy(() -> new Change.Edit(conversationId, messageId, userId, at, "other", null, null))
                .withMessage(absent);
        assertThatNullPointerException()
                .isThrownBy(() -> new Change.Delete(conversationId, messageId, userId, at))
                .withMessage(absent);
        assertThatNullPointerException()
                .isThrownBy(() -> new Change.React(conversationId, messageId, userId, at, "👍"))
                .withMessage(absent);
        assertThatNullPointerException()
                .isThrownBy(() -> new Change.Unreact(conversationId, messageId, userId, at, "👍"))
                .withMessage(absent);
        assertThatNullPointerException()
                .isThrownBy(() -> new Change.Pin(conversationId, messageId, userId, at))
                .withMessage(absent);
        assertThatNullPointerException()
                .isThrownBy(() -> new Change.Unpin(conversationId, messageId, userId, at))
                .withMessage(absent);
        assertThatNullPointerException()
                .isThrownBy(() -> new Change.Annotate(conversationId, messageId, userId, at, new Annotation("a", "{}")))
                .withMessage(absent);
        assertThatNullPointerException()
                .isThrownBy(() -> new Change.Unannotate(conversationId, messageId, userId, at, "a"))
                .withMessage(absent);
    }

    @Test
    void change_without_its_own_part_is_refused_by_name() {
        assertThatNullPointerException()
                .isThrownBy(() -> new Change.Edit("c", "m-1", "alice", AT, null, null, null))
                .withMessage("content");
        assertThatNullPointerException().isThrownBy(() -> react("alice", null)).withMessage("key");
        assertThatNullPointerException()
                .isThrownBy(() -> unreact("alice", null))
                .withMessage("key");
    }

    private static ErrorCode refusal(Change change, Message message) {
        ChatException refusal = catchThrowableOfType(ChatException.class, () -> change.applyTo(message, 9));
        assertThat(refusal).isNotNull();
        return refusal.code();
    }

    private static Change edit(String content, @Nullable String metadata, @Nullable Long expectedVersion) {
        return new Change.Edit("c", "m-1", "alice", AT, content, metadata, expectedVersion);
    }

    private static Change delete(String userId) {
        return new Change.Delete("c", "m-1", userId, AT);
    }

    private static Change react(String userId, String key) {
        return new Change.React("c", "m-1", userId, AT, key);
    }

    private static Change unreact(String userId, String key) {
        return new Change.Unreact("c", "m-1", userId, AT, key);
    }
}
