package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.RemoveReaction;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.ReactionsChanged;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Reaction;
import io.roomcast.chat.spi.MessageInterceptor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits, deletions and reactions, and the events that the room receives. */
class ChatServiceChangesTest {
    private static final Limits LIMITS = Limits.builder()
            .editWindow(Duration.ofMinutes(10))
            .deleteWindow(Duration.ofMinutes(20))
            .build();

    private ChatFixture fixture = ChatFixture.with(builder -> builder.limits(LIMITS));
    private TestSession ann = fixture.userIn("room", "ann");
    private TestSession bob = fixture.userIn("room", "bob");

    private void use(MessageInterceptor interceptor) {
        fixture.close();
        fixture = ChatFixture.with(builder -> builder.interceptor(interceptor));
        ann = fixture.userIn("room", "ann");
        bob = fixture.userIn("room", "bob");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Message said(String content) {
        Message sent = fixture.send(ann, "room", content).result().message();
        fixture.settle();
        fixture.told().clear();
        return sent;
    }

    private Message saidByHost(String content) {
        Message sent = fixture.chat().send("room", NewMessage.system(content)).join();
        fixture.told().clear();
        return sent;
    }

    private static EditMessage edit(Message message, String content) {
        return EditMessage.of("room", message.id(), content);
    }

    private static DeleteMessage delete(Message message) {
        return new DeleteMessage("room", message.id());
    }

    private static AddReaction react(Message message, String key) {
        return new AddReaction("room", message.id(), key);
    }

    private static RemoveReaction unreact(Message message, String key) {
        return new RemoveReaction("room", message.id(), key);
    }

    private void assertRefused(TestSession session, Command<?> command, ErrorCode code) {
        assertThat(fixture.run(session, command).code()).isEqualTo(code);
        fixture.settle();
        assertThat(fixture.told().events()).isEmpty();
    }

    private ErrorCode hostRefusal(Command<?> command) {
        try {
            throw new AssertionError(fixture.chat().execute(command).join());
        } catch (CompletionException failure) {
            return ChatException.from(failure).code();
        }
    }

    @Test
    void edit_is_stored_answered_and_sent_to_the_room_once() {
        Message before = said("helo");
        Message after = fixture.run(ann, edit(before, "hello")).result().message();
        assertThat(after.content()).isEqualTo("hello");
        assertThat(after.version()).isEqualTo(1);
        assertThat(after.editedAt()).isEqualTo(fixture.time().clock().instant());
        assertThat(fixture.told().toldTo(ann)).containsExactly(new MessageEdited(after));
        assertThat(fixture.told().toldTo(bob)).containsExactly(new MessageEdited(after));
        assertThat(fixture.latest(bob, "room").result().messages()).containsExactly(after);
    }

    @Test
    void edit_to_the_same_words_makes_no_difference() {
        Message before = said("hello");
        assertThat(fixture.run(ann, edit(before, "hello")).result().message()).isEqualTo(before);
        assertThat(fixture.told().events()).isEmpty();
    }

    @Test
    void control_characters_are_left_out_of_an_edit_as_of_a_message() {
        Message before = said("hello");
        assertThat(fixture.run(ann, edit(before, "a\u0000b\n"))
                        .result()
                        .message()
                        .content())
                .isEqualTo("ab\n");
    }

    @Test
    void only_the_author_edits() {
        assertRefused(bob, edit(said("hello"), "bye"), ErrorCode.FORBIDDEN);
    }

    @Test
    void anonymous_user_changes_nothing() {
        Message message = said("hello");
        TestSession anonymous = fixture.anonymous();
        for (Command<?> command : List.of(edit(message, "bye"), delete(message), react(message, "+1"))) {
            assertRefused(anonymous, command, ErrorCode.UNAUTHENTICATED);
        }
    }

    static Stream<Command<?>> changesOfAnUnknownMessage() {
        return Stream.of(
                EditMessage.of("room", "unknown", "words"),
                new DeleteMessage("room", "unknown"),
                new AddReaction("room", "unknown", "+1"),
                new RemoveReaction("room", "unknown", "+1"));
    }

    @ParameterizedTest
    @MethodSource("changesOfAnUnknownMessage")
    void unknown_message_is_not_found(Command<?> command) {
        said("hello");
        assertRefused(ann, command, ErrorCode.MESSAGE_NOT_FOUND);
    }

    @Test
    void message_of_another_conversation_is_not_found() {
        Message elsewhere = fixture.send(ann, "elsewhere", "hello").result().message();
        assertRefused(ann, edit(elsewhere, "bye"), ErrorCode.MESSAGE_NOT_FOUND);
    }

    @Test
    void edit_window_closes() {
        Message message = said("hello");
        fixture.time().advance(Duration.ofMinutes(10));
        assertThat(fixture.run(ann, edit(message, "in time")).result().message().version())
                .isEqualTo(1);
        fixture.told().clear();
        fixture.time().advance(Duration.ofMillis(1));
        assertRefused(ann, edit(message, "too late"), ErrorCode.EDIT_WINDOW_CLOSED);
    }

    @Test
    void edit_of_another_version_than_expected_is_a_conflict() {
        Message message = said("hello");
        fixture.run(ann, edit(message, "first")).result();
        fixture.told().clear();
        assertRefused(ann, EditMessage.of("room", message.id(), "second").withExpectedVersion(0), ErrorCode.CONFLICT);
        Answer<EditMessage.Edited> expected =
                fixture.run(ann, EditMessage.of("room", message.id(), "second").withExpectedVersion(1));
        assertThat(expected.result().message().version()).isEqualTo(2);
    }

    @Test
    void edit_without_words_lacks_a_field_unless_a_file_speaks_for_itself() {
        assertRefused(ann, edit(said("hello"), ""), ErrorCode.MISSING_FIELDS);
        Attachment file = new Attachment("/files/1", null, null, null);
        NewMessage picture = new NewMessage("ann", MessageType.IMAGE, "look", file, null);
        Message sent = fixture.chat().send("room", picture).join();
        assertThat(fixture.run(ann, edit(sent, "")).result().message().attachment())
                .isEqualTo(file);
    }

    @Test
    void edit_takes_metadata_along_or_away() {
        Message message = said("hello");
        EditMessage with = EditMessage.of("room", message.id(), "hello").withMetadata("{\"a\":1}");
        assertThat(fixture.run(ann, with).result().message().body().metadata()).isEqualTo("{\"a\":1}");
        assertThat(fixture.run(ann, edit(message, "hello"))
                        .result()
                        .message()
                        .body()
                        .metadata())
                .isNull();
    }

    @Test
    void interceptor_sees_an_edit_and_its_words_are_stored() {
        use(draft -> draft.withBody(MessageBody.text(draft.content().replace("darn", "****"))));
        Message message = said("hello");
        assertThat(fixture.run(ann, edit(message, "darn it")).result().message().content())
                .isEqualTo("**** it");
    }

    @Test
    void interceptor_may_refuse_an_edit() {
        use(draft -> {
            if (draft.content().contains("darn")) {
                throw ChatException.rejected("Mind your language");
            }
            return draft;
        });
        assertRefused(ann, edit(said("hello"), "darn"), ErrorCode.REJECTED);
    }

    @Test
    void deleted_message_keeps_its_seq_and_nothing_else() {
        Message before = said("hello");
        Message after = fixture.run(ann, delete(before)).result().message();
        assertThat(after.isDeleted()).isTrue();
        assertThat(after.content()).isEmpty();
        assertThat(after.seq()).isEqualTo(before.seq());
        assertThat(fixture.told().toldTo(bob)).containsExactly(new MessageDeleted(after));
    }

    @Test
    void deleting_twice_is_deleting_once() {
        Message message = said("hello");
        Message deleted = fixture.run(ann, delete(message)).result().message();
        fixture.time().advance(Duration.ofHours(1));
        fixture.told().clear();
        assertThat(fixture.run(ann, delete(message)).result().message()).isEqualTo(deleted);
        assertThat(fixture.told().events()).isEmpty();
    }

    @Test
    void deleted_message_is_neither_edited_nor_reacted_to() {
        Message message = said("hello");
        fixture.run(ann, delete(message)).result();
        fixture.told().clear();
        assertRefused(ann, edit(message, "again"), ErrorCode.MESSAGE_NOT_FOUND);
        assertRefused(bob, react(message, "+1"), ErrorCode.MESSAGE_NOT_FOUND);
    }

    @Test
    void delete_window_closes_for_authors_and_not_for_moderators() {
        fixture.chat().create(NewConversation.group("room", "Team", List.of("owner", "ann", "bob")));
        Message message = said("hello");
        assertRefused(bob, delete(message), ErrorCode.FORBIDDEN);
        fixture.time().advance(Duration.ofMinutes(21));
        assertRefused(ann, delete(message), ErrorCode.DELETE_WINDOW_CLOSED);
        Message gone =
                fixture.run(fixture.user("owner"), delete(message)).result().message();
        assertThat(gone.deletion().deletedBy()).isEqualTo("owner");
    }

    @Test
    void moderator_does_not_edit() {
        fixture.chat().create(NewConversation.group("room", "Team", List.of("owner", "ann")));
        assertRefused(fixture.user("owner"), edit(said("hello"), "bye"), ErrorCode.FORBIDDEN);
    }

    @Test
    void host_changes_what_it_likes_and_when() {
        Message message = said("hello");
        fixture.time().advance(Duration.ofDays(30));
        Message edited = fixture.chat().execute(edit(message, "edited")).join().message();
        assertThat(edited.content()).isEqualTo("edited");
        Message deleted = fixture.chat().execute(delete(message)).join().message();
        assertThat(deleted.deletion().deletedBy()).isEqualTo(NewMessage.SYSTEM_SENDER);
        assertThat(fixture.told().toldTo(bob)).containsExactly(new MessageEdited(edited), new MessageDeleted(deleted));
        assertThat(hostRefusal(edit(message, "again"))).isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
    }

    @Test
    void message_of_the_host_is_changed_by_the_host_alone() {
        Message message = saidByHost("Welcome");
        TestSession namesake = fixture.userIn("room", NewMessage.SYSTEM_SENDER);
        fixture.told().clear();
        assertRefused(namesake, edit(message, "Go away"), ErrorCode.FORBIDDEN);
        assertRefused(namesake, delete(message), ErrorCode.FORBIDDEN);
        assertThat(fixture.chat()
                        .execute(edit(message, "Hello"))
                        .join()
                        .message()
                        .content())
                .isEqualTo("Hello");
    }

    @Test
    void reaction_is_sent_with_its_user_and_key() {
        Message message = said("hello");
        Message reacted = fixture.run(bob, react(message, "+1")).result().message();
        Reaction reaction = new Reaction("+1", "bob");
        assertThat(reacted.reactions()).containsExactly(reaction);
        Message without = fixture.run(bob, unreact(message, "+1")).result().message();
        assertThat(without.reactions()).isEmpty();
        assertThat(fixture.told().toldTo(ann))
                .containsExactly(
                        new ReactionsChanged(reacted, reaction, true), new ReactionsChanged(without, reaction, false));
    }

    @Test
    void same_reaction_twice_is_one() {
        Message message = said("hello");
        fixture.run(bob, react(message, "+1")).result();
        fixture.told().clear();
        assertThat(fixture.run(bob, react(message, "+1")).result().message().version())
                .isEqualTo(1);
        fixture.run(ann, unreact(message, "+1")).result();
        assertThat(fixture.told().events()).isEmpty();
    }

    @Test
    void message_has_twenty_different_reactions_at_the_most() {
        Message message = said("hello");
        IntStream.range(0, 20)
                .forEach(i -> fixture.run(bob, react(message, "key-" + i)).result());
        fixture.told().clear();
        assertRefused(bob, react(message, "key-20"), ErrorCode.REACTION_LIMIT);
        assertThat(fixture.run(ann, react(message, "key-0")).result().message().reactions())
                .hasSize(21);
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789012345678901234567890123", "a\nb", "\uD83D", "\u0000"})
    void key_of_no_reaction_is_refused(String key) {
        assertRefused(bob, react(said("hello"), key), ErrorCode.INVALID_PAYLOAD);
        assertRefused(bob, unreact(said("hello"), key), ErrorCode.INVALID_PAYLOAD);
    }

    @Test
    void versions_are_sent_in_order() {
        Message first = said("first");
        Message second = said("second");
        fixture.run(ann, edit(first, "1")).result();
        fixture.run(bob, react(second, "+1")).result();
        fixture.run(ann, delete(first)).result();
        assertThat(fixture.told().toldTo(bob).stream().map(ChatServiceChangesTest::version))
                .containsExactly(1L, 2L, 3L);
    }

    private static long version(ChatEvent event) {
        if (event instanceof MessageEdited edited) {
            return edited.message().version();
        }
        return event instanceof MessageDeleted deleted
                ? deleted.message().version()
                : ((ReactionsChanged) event).message().version();
    }
}
