package io.roomcast.chat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.JoinRooms.Result;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkDelivered.Item;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.command.UnsubscribePresence;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists with one invalid entry: a command that refuses all of it names the entry, others refuse that entry alone. */
class InvalidEntriesTest {
    private static final String HIDDEN = "b\u200bb";

    private final ChatFixture fixture = ChatFixture.start();
    private final TestSession ann = fixture.user("ann");

    @AfterEach
    void close() {
        fixture.close();
    }

    static Stream<Arguments> refusedAsAWhole() {
        List<String> users = List.of("bob", "cid", HIDDEN);
        return Stream.of(
                row(new GetPresence(users), ErrorCode.INVALID_PAYLOAD, "userIds[2]"),
                row(new GetPresence(List.of("", "bob")), ErrorCode.INVALID_PAYLOAD, "userIds[0]"),
                row(new SubscribePresence(users), ErrorCode.INVALID_PAYLOAD, "userIds[2]"),
                row(new UnsubscribePresence(users), ErrorCode.INVALID_PAYLOAD, "userIds[2]"),
                row(new AddMembers("g", users), ErrorCode.INVALID_PAYLOAD, "memberIds[2]"),
                row(
                        new CreateConversation(null, ConversationKind.GROUP, null, users, null),
                        ErrorCode.INVALID_PAYLOAD,
                        "memberIds[2]"),
                row(
                        new SendMessage(
                                "r", null, MessageType.TEXT, "x", List.of(), null, null, users, null, null, null, null),
                        ErrorCode.INVALID_PAYLOAD,
                        "mentions[2]"),
                row(delivered(new Item("a", 1), new Item("", 1)), ErrorCode.MISSING_FIELDS, "items[1].conversationId"),
                row(
                        delivered(new Item(HIDDEN, 1), new Item("a", 1)),
                        ErrorCode.INVALID_PAYLOAD,
                        "items[0].conversationId"),
                row(delivered(new Item("a", 1), new Item("b", -1)), ErrorCode.INVALID_PAYLOAD, "items[1].upToSeq"),
                row(
                        delivered(new Item("a", 1L << 53), new Item("b", 1)),
                        ErrorCode.INVALID_PAYLOAD,
                        "items[0].upToSeq"),
                row(delivered(new Item("a", 1), new Item("theirs", 1)), ErrorCode.FORBIDDEN, "items[1]"),
                row(
                        delivered(new Item("a", 1), new Item("a", 1), new Item("theirs", 1)),
                        ErrorCode.FORBIDDEN,
                        "items[2]"));
    }

    private static Arguments row(Command<?> command, ErrorCode code, String field) {
        return Arguments.of(command, code, field);
    }

    private static MarkDelivered delivered(Item... items) {
        return new MarkDelivered(List.of(items));
    }

    @ParameterizedTest(name = "{2} of {0}")
    @MethodSource("refusedAsAWhole")
    void refusal_of_a_whole_list_names_the_entry_at_fault(Command<?> command, ErrorCode code, String field) {
        fixture.chat().create(NewConversation.group("theirs", "Theirs", List.of("bob")));
        ChatException refusal = fixture.run(ann, command).refusal();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.field()).contains(field);
        if (code == ErrorCode.INVALID_PAYLOAD) {
            assertThat(refusal.text()).startsWith("Invalid " + field);
        }
    }

    static Stream<Arguments> invalidRooms() {
        return Stream.of(
                Arguments.of(JoinRoom.of(""), ErrorCode.MISSING_FIELDS, "conversationId"),
                Arguments.of(JoinRoom.of(HIDDEN), ErrorCode.INVALID_PAYLOAD, "conversationId"),
                Arguments.of(JoinRoom.of("x".repeat(129)), ErrorCode.INVALID_PAYLOAD, "conversationId"),
                Arguments.of(JoinRoom.after("x", new Position(0, 1L << 53)), ErrorCode.INVALID_PAYLOAD, "after"),
                Arguments.of(JoinRoom.of("x").withLimit(0), ErrorCode.INVALID_PAYLOAD, "limit"));
    }

    @ParameterizedTest(name = "{2} of {0}")
    @MethodSource("invalidRooms")
    void invalid_room_is_refused_by_itself(JoinRoom invalid, ErrorCode code, String field) {
        List<Result> results = join(new JoinRooms(List.of(JoinRoom.of("a"), invalid, JoinRoom.of("b"))));
        assertThat(results).extracting(Result::conversationId).containsExactly("a", invalid.conversationId(), "b");
        assertThat(results).extracting(one -> one.joined() != null).containsExactly(true, false, true);
        ChatException refusal = requireNonNull(results.get(1).refusal());
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.field()).contains(field);
        assertThat(fixture.chat().stats().rooms()).isEqualTo(2);
    }

    @Test
    void entries_that_could_not_be_read_keep_their_position() {
        Map<Integer, Result> refused = Map.of(0, unreadable("first"), 2, unreadable("last"));
        assertThat(join(new JoinRooms(List.of(JoinRoom.of("a")), refused)))
                .extracting(Result::conversationId)
                .containsExactly("first", "a", "last");
        assertThat(join(new JoinRooms(List.of(), Map.of(0, unreadable("only")))))
                .hasSize(1);
    }

    private static Result unreadable(String conversationId) {
        return Result.refused(conversationId, ChatException.invalid("conversationId"));
    }

    private List<Result> join(JoinRooms command) {
        return fixture.run(ann, command).result().results();
    }
}
