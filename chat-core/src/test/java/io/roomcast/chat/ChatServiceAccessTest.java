package io.roomcast.chat;

import static io.roomcast.chat.fixture.ChatFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.GetConversation;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.RemoveReaction;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.command.StopViewing;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.Permissions;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AccessRequest;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChatServiceAccessTest {
    private final ChatFixture open = ChatFixture.start();
    private final ChatFixture closed = ChatFixture.with(builder -> builder.accessPolicy(AccessPolicy.membersOnly()));

    @AfterEach
    void close() {
        open.close();
        closed.close();
    }

    private static SendMessage from(String senderId) {
        return SendMessage.of("room", senderId, MessageType.TEXT, "hello", null, null);
    }

    static Stream<Command<?>> commandsOfMembers() {
        return Stream.of(
                JoinRoom.of("room"),
                text("room", "hello"),
                StartTyping.of("room"),
                StopTyping.of("room"),
                GetMessages.latest("room"),
                new MarkRead("room", 1),
                new MarkDelivered(List.of(new MarkDelivered.Item("room", 1))),
                new GetReceipts("room"),
                new GetConversation("room"),
                UpdateConversation.title("room", "Other"),
                new AddMembers("room", List.of("cid")),
                new RemoveMember("room", "cid"));
    }

    static Stream<Command<?>> commandsThatNeedPermission() {
        return Stream.concat(
                commandsOfMembers(),
                Stream.of(
                        EditMessage.of("room", "id", "hello"),
                        new DeleteMessage("room", "id"),
                        new AddReaction("room", "id", "+1"),
                        new RemoveReaction("room", "id", "+1"),
                        StartViewing.of("room"),
                        StopViewing.of("room"),
                        SyncRoom.of("room", Position.START, "epoch")));
    }

    @Test
    void direct_conversation_is_for_its_members_even_where_rooms_are_open() {
        String id = NewConversation.direct("ann", "bob").conversationId();
        TestSession mallory = open.user("mallory");
        assertThat(open.run(mallory, text(id, "taken")).code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(open.run(mallory, JoinRoom.of(id)).code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(open.run(open.anonymous(), JoinRoom.of(id)).code()).isEqualTo(ErrorCode.FORBIDDEN);
        TestSession ann = open.user("ann");
        open.chat().create(NewConversation.direct("ann", "bob"));
        assertThat(open.run(ann, text(id, "hello")).result().message().seq()).isEqualTo(1);
        assertThat(open.run(mallory, GetMessages.latest(id)).code()).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void room_that_is_called_a_little_like_a_direct_conversation_is_open() {
        assertThat(open.run(open.anonymous(), JoinRoom.of("d:3:ann:bob")).result())
                .isNotNull();
    }

    @Test
    void sender_with_the_name_of_another_user_is_refused() {
        TestSession ann = open.userIn("room", "ann");
        assertThat(open.run(ann, from("bob")).code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(open.run(ann, new StartTyping("room", "bob")).code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(open.run(ann, new StopTyping("room", "bob")).code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(open.told().events()).isEmpty();
    }

    @Test
    void sender_may_send_their_own_name_or_none() {
        TestSession ann = open.userIn("room", "ann");
        for (String claim : new String[] {"ann", "", null}) {
            assertThat(open.run(ann, from(claim)).result().message().senderId()).isEqualTo("ann");
        }
    }

    @Test
    void anonymous_sender_must_have_a_name() {
        TestSession anonymous = open.anonymous();
        for (String claim : new String[] {"", null}) {
            ChatException refusal = open.run(anonymous, from(claim)).refusal();
            assertThat(refusal.code()).isEqualTo(ErrorCode.MISSING_FIELDS);
            assertThat(refusal.field()).contains("senderId");
        }
    }

    @Test
    void anonymous_user_who_types_must_have_a_name() {
        ChatException refusal =
                open.run(open.anonymous(), StartTyping.of("room")).refusal();
        assertThat(refusal.code()).isEqualTo(ErrorCode.MISSING_FIELDS);
        assertThat(refusal.field()).contains("userId");
    }

    @Test
    void anonymous_sender_is_believed() {
        assertThat(open.run(open.anonymous(), from("dora")).result().message().senderId())
                .isEqualTo("dora");
    }

    @Test
    void anonymous_sender_with_an_impossible_name_is_refused() {
        ChatException refusal = open.run(open.anonymous(), from("a\0b")).refusal();
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        assertThat(refusal.field()).contains("senderId");
    }

    @ParameterizedTest
    @MethodSource("commandsThatNeedPermission")
    void non_member_is_refused_everything_and_no_event_is_sent(Command<?> command) {
        closed.chat().create(NewConversation.group("room", "Room", List.of("ann")));
        closed.userIn("room", "ann");
        TestSession stranger = closed.user("stranger");
        assertThat(closed.run(stranger, command).code()).isEqualTo(ErrorCode.FORBIDDEN);
        closed.chat().send("room", NewMessage.system("secret")).join();
        assertThat(closed.told().toldTo(stranger)).isEmpty();
        assertThat(closed.told().events()).hasSize(2);
        assertThat(closed.told().events().get(0)).isInstanceOf(MessageSent.class);
        assertThat(closed.told().events().get(1)).isInstanceOf(UnreadChanged.class);
    }

    @ParameterizedTest
    @MethodSource("commandsThatNeedPermission")
    void non_member_cannot_tell_a_conversation_from_an_unknown_one(Command<?> command) {
        TestSession stranger = closed.user("stranger");
        ChatException unknown = closed.run(stranger, command).refusal();
        closed.chat().create(NewConversation.group("room", "Room", List.of("ann")));
        ChatException known = closed.run(stranger, command).refusal();
        assertThat(known.code()).isEqualTo(unknown.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(known.text()).isEqualTo(unknown.text());
        assertThat(known.field()).isEqualTo(unknown.field());
    }

    @ParameterizedTest
    @MethodSource("commandsOfMembers")
    void member_may_do_everything(Command<?> command) {
        closed.chat().create(NewConversation.group("room", "Room", List.of("ann")));
        assertThat(closed.run(closed.user("ann"), command).result()).isNotNull();
    }

    @Test
    void members_come_and_go() {
        closed.chat().create(NewConversation.group("room", "Room", List.of("ann")));
        TestSession bob = closed.user("bob");
        closed.chat().addMembers("room", Set.of("bob"));
        assertThat(closed.send(bob, "room", "hello").result().message().seq()).isEqualTo(1);
        closed.chat().removeMember("room", "bob");
        assertThat(closed.send(bob, "room", "hello").code()).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void leaving_is_never_refused() {
        TestSession stranger = closed.user("stranger");
        assertThat(closed.run(stranger, new LeaveRoom("room")).result().conversationId())
                .isEqualTo("room");
    }

    @Test
    void anonymous_reader_is_no_member() {
        assertThat(closed.latest(closed.anonymous(), "room").code()).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void host_is_not_asked_for_permission() {
        closed.chat().create(NewConversation.group("room", "Room", List.of("ann")));
        assertThat(closed.chat()
                        .send("room", NewMessage.system("Welcome"))
                        .join()
                        .seq())
                .isEqualTo(1);
        assertThat(closed.chat().execute(GetMessages.latest("room")).join().messages())
                .hasSize(1);
    }

    @Test
    void policy_receives_user_action_and_conversation() {
        List<AccessRequest> asked = new CopyOnWriteArrayList<>();
        try (ChatFixture fixture =
                ChatFixture.with(builder -> builder.accessPolicy((request, membership) -> asked.add(request)))) {
            TestSession ann = fixture.user("ann");
            commandsThatNeedPermission()
                    .forEach(command -> fixture.run(ann, command).isRefused());
            // The last ones are for what getConversation says that the user may do.
            long permitted = Permissions.defaults().of(null, ConversationKind.OPEN).stream()
                    .map(Permission::action)
                    .distinct()
                    .count();
            assertThat(asked).hasSize((int) (commandsThatNeedPermission().count() + permitted));
            assertThat(asked)
                    .extracting(AccessRequest::action)
                    .startsWith(Action.JOIN, Action.SEND, Action.TYPE, Action.TYPE, Action.READ, Action.MARK)
                    .contains(EnumSet.complementOf(EnumSet.of(Action.CALL)).toArray(Action[]::new));
            assertThat(asked)
                    .allSatisfy(request -> assertThat(request)
                            .isEqualTo(new AccessRequest(Principal.of("ann"), "ann", request.action(), "room")));
        }
    }

    @Test
    void policy_that_throws_refuses_and_shows_nothing_of_it() {
        try (ChatFixture fixture = ChatFixture.with(builder -> builder.accessPolicy((request, membership) -> {
            throw new IllegalStateException("password=secret");
        }))) {
            ChatException refusal =
                    fixture.send(fixture.user("ann"), "room", "hello").refusal();
            assertThat(refusal.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
            assertThat(refusal.text()).isEqualTo("Internal error");
            assertThat(fixture.told().events()).isEmpty();
            assertThat(fixture.chat().conversation("room")).isEmpty();
        }
    }

    @Test
    void conversation_with_impossible_members_is_refused() {
        assertRefused(NewConversation.group("no room ", "Room", List.of("ann")), ErrorCode.INVALID_PAYLOAD);
        assertRefused(NewConversation.group("room", "Room", List.of(" ")), ErrorCode.INVALID_PAYLOAD);
        List<String> many =
                Stream.iterate(0, i -> i + 1).limit(1_001).map(i -> "user-" + i).toList();
        assertRefused(NewConversation.group("room", "Room", many), ErrorCode.MEMBER_LIMIT);
        assertThat(open.chat().conversation("room")).isEmpty();
    }

    private void assertRefused(NewConversation conversation, ErrorCode code) {
        ChatException refusal =
                catchThrowableOfType(ChatException.class, () -> open.chat().create(conversation));
        assertThat(refusal.code()).isEqualTo(code);
    }

    @Test
    void removed_member_receives_nothing_more() {
        open.chat().create(NewConversation.group("room", "Room", List.of("ann", "bob")));
        TestSession ann = open.userIn("room", "ann");
        TestSession bob = open.userIn("room", "bob");
        open.chat().removeMember("room", "bob");
        open.chat().send("room", NewMessage.system("for those who are left")).join();
        assertThat(open.told().messagesTo(ann)).hasSize(1);
        assertThat(open.told().messagesTo(bob)).isEmpty();
    }

    @Test
    void message_of_a_kind_that_is_the_hosts_is_refused() {
        TestSession ann = open.userIn("room", "ann");
        SendMessage forged = SendMessage.of("room", null, MessageType.SYSTEM, "I am the host", null, null);
        ChatException refusal = open.run(ann, forged).refusal();
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        assertThat(refusal.field()).contains("type");
    }

    @Test
    void direct_conversation_of_any_two_users_can_be_made() {
        String other = "ünïcode name+tag@example.com".repeat(4);
        assertThat(open.chat().create(NewConversation.direct("ann", other)))
                .isEqualTo(open.chat().create(NewConversation.direct(other, "ann")));
    }

    @Test
    void one_forbidden_conversation_refuses_all_receipts() {
        closed.chat().create(NewConversation.group("room", "Room", List.of("ann")));
        closed.chat().send("room", NewMessage.system("hello")).join();
        TestSession ann = closed.user("ann");
        MarkDelivered both =
                new MarkDelivered(List.of(new MarkDelivered.Item("room", 1), new MarkDelivered.Item("other", 1)));
        assertThat(closed.run(ann, both).code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(closed.run(ann, new GetReceipts("room")).result().page().receipts())
                .isEmpty();
    }

    @Test
    void membership_that_another_server_changed_is_noticed_after_half_a_minute() {
        ChatStore store = ChatStore.inMemory();
        try (ChatFixture fixture =
                ChatFixture.with(builder -> builder.store(store).accessPolicy(AccessPolicy.membersOnly()))) {
            fixture.chat().create(NewConversation.group("room", "Room", List.of("ann", "bob")));
            TestSession bob = fixture.userIn("room", "bob");
            store.removeMember("room", "bob");
            assertThat(fixture.send(bob, "room", "hello").result()).isNotNull();
            fixture.time().advance(Duration.ofSeconds(30));
            assertThat(fixture.send(bob, "room", "hello").code()).isEqualTo(ErrorCode.FORBIDDEN);
        }
    }
}
