package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.GetPins;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.PinMessage;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.command.UnpinMessage;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.PinChanged;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Pin;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Role;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who pins messages, and what the room receives. */
class ChatServicePinsTest {
    private static final String DIRECT = NewConversation.direct("ann", "bob").conversationId();

    private final ChatFixture fixture = ChatFixture.start();

    ChatServicePinsTest() {
        fixture.chat().create(NewConversation.group("group", "Group", List.of("ann", "bob", "cid")));
        fixture.chat().changeRole("group", "cid", Role.ADMIN);
        fixture.chat().create(NewConversation.direct("ann", "bob"));
        fixture.chat().create(NewConversation.open("open"));
        fixture.chat().addMembers("open", Set.of("ann", "bob"));
        fixture.chat().changeRole("open", "ann", Role.ADMIN);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Message sent(String conversationId) {
        Message sent = fixture.chat()
                .send(conversationId, NewMessage.text("ann", "hello"))
                .join();
        fixture.settle();
        fixture.told().clear();
        return sent;
    }

    private @Nullable ErrorCode refusal(TestSession session, Command<?> command) {
        var answer = fixture.run(session, command);
        return answer.isRefused() ? answer.code() : null;
    }

    @ParameterizedTest
    @CsvSource({
        "group, ann, true",
        "group, bob, false",
        "group, cid, true",
        "group, eve, false",
        "direct, ann, true",
        "direct, bob, true",
        "direct, eve, false",
        "open, ann, true",
        "open, bob, false",
        "open, eve, false",
        "unknown, ann, false"
    })
    void staff_and_both_users_of_a_direct_conversation_pin(String conversation, String user, boolean mayPin) {
        String conversationId = conversation.equals("direct") ? DIRECT : conversation;
        String messageId = sent(conversationId).id();
        ErrorCode expected = mayPin ? null : ErrorCode.FORBIDDEN;

        assertThat(refusal(fixture.user(user), new PinMessage(conversationId, messageId)))
                .isEqualTo(expected);
        assertThat(refusal(fixture.user(user), new UnpinMessage(conversationId, messageId)))
                .isEqualTo(expected);
    }

    @Test
    void anonymous_client_pins_nothing() {
        Message message = sent("open");

        assertThat(refusal(fixture.anonymous(), new PinMessage("open", message.id())))
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void pin_is_stored_answered_and_sent_to_the_room_once() {
        TestSession bob = fixture.userIn("group", "bob");
        Message before = sent("group");
        TestSession ann = fixture.user("ann");
        Message after =
                fixture.run(ann, new PinMessage("group", before.id())).result().message();
        assertThat(fixture.run(ann, new PinMessage("group", before.id()))
                        .result()
                        .message())
                .isEqualTo(after);

        assertThat(after.pin()).isEqualTo(new Pin("ann", fixture.time().clock().instant()));
        assertThat(fixture.told().toldTo(bob)).containsExactly(new PinChanged(after));
        assertThat(fixture.run(bob, new GetPins("group")).result().messages()).containsExactly(after);
    }

    @Test
    void unpinned_message_is_sent_to_the_room_and_not_listed() {
        TestSession bob = fixture.userIn(DIRECT, "bob");
        Message before = sent(DIRECT);
        fixture.run(bob, new PinMessage(DIRECT, before.id())).result();
        fixture.told().clear();
        Message after =
                fixture.run(bob, new UnpinMessage(DIRECT, before.id())).result().message();

        assertThat(after.pin()).isNull();
        assertThat(fixture.told().toldTo(bob)).containsExactly(new PinChanged(after));
        assertThat(fixture.run(bob, new GetPins(DIRECT)).result().messages()).isEmpty();
    }

    @Test
    void deleted_message_loses_its_pin() {
        TestSession ann = fixture.userIn("group", "ann");
        Message before = sent("group");
        fixture.run(ann, new PinMessage("group", before.id())).result();
        fixture.told().clear();
        fixture.run(ann, new DeleteMessage("group", before.id())).result();

        assertThat(fixture.told().toldTo(ann))
                .singleElement()
                .isInstanceOfSatisfying(
                        MessageDeleted.class,
                        deleted -> assertThat(deleted.message().pin()).isNull());
        assertThat(fixture.run(ann, new GetPins("group")).result().messages()).isEmpty();
        assertThat(refusal(ann, new PinMessage("group", before.id()))).isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
    }

    @Test
    void message_that_was_pinned_last_is_first() {
        List<Message> all = List.of(sent("group"), sent("group"), sent("group"), sent("group"));
        TestSession ann = fixture.user("ann");
        for (int index : List.of(2, 0, 3)) {
            fixture.run(ann, new PinMessage("group", all.get(index).id())).result();
            fixture.time().advance(Duration.ofSeconds(1));
        }
        fixture.chat().execute(new PinMessage("group", all.get(1).id())).join();

        assertThat(fixture.run(ann, new GetPins("group")).result().messages())
                .extracting(Message::seq)
                .containsExactly(2L, 4L, 1L, 3L);
    }

    @Test
    void pins_are_limited() {
        TestSession ann = fixture.user("ann");
        for (int i = 0; i < FixedLimits.PINS; i++) {
            fixture.run(ann, new PinMessage("group", sent("group").id())).result();
            fixture.time().advance(Duration.ofSeconds(1));
        }

        assertThat(refusal(ann, new PinMessage("group", sent("group").id()))).isEqualTo(ErrorCode.PIN_LIMIT);
    }

    @Test
    void user_who_was_absent_catches_up_with_a_pin() {
        TestSession bob = fixture.userIn("group", "bob");
        String epoch = fixture.engine().open(TestSession.of("x")).epoch();
        Message before = sent("group");
        fixture.run(fixture.user("ann"), new PinMessage("group", before.id())).result();

        assertThat(fixture.run(bob, SyncRoom.of("group", new Position(1, 0), epoch))
                        .result()
                        .page()
                        .messages())
                .singleElement()
                .returns("ann", message -> message.pin().by());
        assertThat(fixture.run(fixture.user("cid"), JoinRoom.after("group", new Position(1, 0)))
                        .result()
                        .missed()
                        .messages())
                .singleElement()
                .returns("ann", message -> message.pin().by());
    }
}
