package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.AcceptCall;
import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.CancelUpload;
import io.roomcast.chat.command.ChangeRole;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.DeclineCall;
import io.roomcast.chat.command.DeleteConversation;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.EndCall;
import io.roomcast.chat.command.FinishUpload;
import io.roomcast.chat.command.GetConversation;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetFile;
import io.roomcast.chat.command.GetIceServers;
import io.roomcast.chat.command.GetMembers;
import io.roomcast.chat.command.GetMentions;
import io.roomcast.chat.command.GetMessage;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.GetPins;
import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.GetReactions;
import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.GetUnread;
import io.roomcast.chat.command.GetUpload;
import io.roomcast.chat.command.GetUsers;
import io.roomcast.chat.command.HandleEvent;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.PinMessage;
import io.roomcast.chat.command.RefreshToken;
import io.roomcast.chat.command.RegisterDevice;
import io.roomcast.chat.command.RejoinCall;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.RemoveReaction;
import io.roomcast.chat.command.ReportUpload;
import io.roomcast.chat.command.SendEvent;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SetPreferences;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.SetPrivacy;
import io.roomcast.chat.command.SignalCall;
import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.command.StopViewing;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.command.UnpinMessage;
import io.roomcast.chat.command.UnregisterDevice;
import io.roomcast.chat.command.UnsubscribePresence;
import io.roomcast.chat.command.UpdateCall;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallSignalKind;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AccessRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command there is, with what it asks of the access policy, tried by users who are no members of a conversation.
 *
 * <p>A command that is not listed here fails the test, so that none is added without a thought of who may use it.
 */
class CommandAccessTest {
    private static final String GROUP = "group";
    private static final String CALL = "one's own call, or to call in its conversation";

    /**
     * What a command asks.
     *
     * @param sample the command, as tried in a group
     * @param asks what it asks of the policy; null for nothing
     * @param why why no user is refused, or which rule replaces the policy
     */
    private record Line(Command<?> sample, @Nullable Action asks, String why) {
        private static Line asks(Command<?> sample, Action action) {
            return new Line(sample, action, "the policy");
        }

        private static Line asksNothing(Command<?> sample, String why) {
            return new Line(sample, null, why);
        }

        @Override
        public String toString() {
            return sample.getClass().getSimpleName();
        }
    }

    private static final List<Line> LINES = List.of(
            Line.asks(new AddMembers(GROUP, List.of("rick")), Action.MANAGE),
            Line.asks(new AddReaction(GROUP, "m1", "+"), Action.REACT),
            Line.asks(new ChangeRole(GROUP, "rick", Role.MEMBER), Action.MANAGE),
            Line.asks(new DeleteConversation(GROUP), Action.MANAGE),
            Line.asks(new DeleteMessage(GROUP, "m1"), Action.EDIT),
            Line.asks(EditMessage.of(GROUP, "m1", "other words"), Action.EDIT),
            Line.asks(new GetConversation(GROUP), Action.READ),
            Line.asks(GetMembers.of(GROUP), Action.READ),
            Line.asks(new GetMessage(GROUP, "m1"), Action.READ),
            Line.asks(GetMessages.latest(GROUP), Action.READ),
            Line.asks(new GetPins(GROUP), Action.READ),
            Line.asks(GetReactions.of(GROUP, "m1"), Action.READ),
            Line.asks(new GetReceipts(GROUP), Action.READ),
            Line.asks(JoinRoom.of(GROUP), Action.JOIN),
            Line.asks(new JoinRooms(List.of(JoinRoom.of(GROUP))), Action.JOIN),
            Line.asks(new MarkDelivered(List.of(new MarkDelivered.Item(GROUP, 1))), Action.MARK),
            Line.asks(new MarkRead(GROUP, 1), Action.MARK),
            Line.asks(new PinMessage(GROUP, "m1"), Action.EDIT),
            Line.asks(new RemoveMember(GROUP, "rick"), Action.MANAGE),
            Line.asks(new RemoveReaction(GROUP, "m1", "+"), Action.REACT),
            Line.asks(SendEvent.of(GROUP, "cursor", null), Action.SEND_EVENT),
            Line.asks(SetPreferences.of(GROUP, Preferences.NONE, Preference.ARCHIVED), Action.READ),
            Line.asks(ChatFixture.text(GROUP, "hello"), Action.SEND),
            Line.asks(new StartCall(GROUP, CallMedia.AUDIO), Action.CALL),
            Line.asks(new StartUpload(GROUP, "a.png", 1, null, null), Action.SEND),
            Line.asks(StartTyping.of(GROUP), Action.TYPE),
            Line.asks(StartViewing.of(GROUP), Action.TYPE),
            Line.asks(StopTyping.of(GROUP), Action.TYPE),
            Line.asks(StopViewing.of(GROUP), Action.TYPE),
            Line.asks(SyncRoom.of(GROUP, new Position(0, 0), "epoch"), Action.READ),
            Line.asks(new UnpinMessage(GROUP, "m1"), Action.EDIT),
            Line.asks(UpdateConversation.title(GROUP, "Mine"), Action.MANAGE),
            Line.asksNothing(
                    new CreateConversation(GROUP, ConversationKind.GROUP, null, List.of(), null),
                    "one's own; another's is a conflict"),
            Line.asksNothing(new LeaveRoom(GROUP), "whoever is in a room may leave"),
            Line.asksNothing(GetConversations.first(), "one's own memberships"),
            Line.asksNothing(GetMentions.first(), "to read each conversation in which the user is mentioned"),
            Line.asksNothing(new GetFile("file"), "to read the conversation of the file"),
            Line.asksNothing(new GetUpload("upload"), "one's own upload"),
            Line.asksNothing(new CancelUpload("upload"), "one's own upload"),
            Line.asksNothing(new FinishUpload("upload"), "one's own upload"),
            Line.asksNothing(new ReportUpload("upload", 1), "one's own upload"),
            Line.asksNothing(new AcceptCall("call"), CALL),
            Line.asksNothing(new DeclineCall("call"), CALL),
            Line.asksNothing(new EndCall("call", true), CALL),
            Line.asksNothing(new GetIceServers("call"), CALL),
            Line.asksNothing(new RejoinCall("call", "key", 0, false), CALL),
            Line.asksNothing(new SignalCall("call", "p", CallSignalKind.CANDIDATES, null), CALL),
            Line.asksNothing(new UpdateCall("call", null, true, null, null), CALL),
            Line.asksNothing(new GetUnread(), "one's own memberships"),
            Line.asksNothing(new GetPresence(List.of("ann")), "shared conversations"),
            Line.asksNothing(new GetUsers(List.of("ann")), "what the host's directory shows to the viewer"),
            Line.asksNothing(new SubscribePresence(List.of("ann")), "shared conversations"),
            Line.asksNothing(new UnsubscribePresence(List.of("ann")), "one's own subscription"),
            Line.asksNothing(new SetPresence(Presence.Status.AWAY), "one's own presence"),
            Line.asksNothing(new RegisterDevice("web", "token", Map.of(), null, null), "one's own device"),
            Line.asksNothing(new UnregisterDevice("token"), "one's own device"),
            Line.asksNothing(new SetPrivacy(null, false, null), "what others receive about oneself"),
            Line.asksNothing(new HandleEvent("order", "{}"), "the host's handler decides"),
            Line.asksNothing(new RefreshToken("token"), "one's own session"));

    private final List<AccessRequest> asked = new CopyOnWriteArrayList<>();
    private final List<ChatFixture> chats = new ArrayList<>();

    static Stream<Line> lines() {
        return LINES.stream();
    }

    static Stream<Arguments> guardedLines() {
        // Several joins have a result for each room, and are never refused as a whole.
        return LINES.stream()
                .filter(line -> line.asks() != null && !(line.sample() instanceof JoinRooms))
                .flatMap(line -> Stream.of(
                        Arguments.of("openRooms", AccessPolicy.openRooms(), line),
                        Arguments.of("membersOnly", AccessPolicy.membersOnly(), line)));
    }

    static Stream<Arguments> policies() {
        return Stream.of(
                Arguments.of("openRooms", AccessPolicy.openRooms()),
                Arguments.of("membersOnly", AccessPolicy.membersOnly()));
    }

    private ChatFixture chat(AccessPolicy policy) {
        ChatFixture chat = ChatFixture.with(builder -> builder.accessPolicy(policy));
        chat.chat().create(NewConversation.group(GROUP, "Group", List.of("ann", "bob", "rick")));
        chats.add(chat);
        return chat;
    }

    private static Stream<Class<?>> commands(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(CommandAccessTest::commands)
                : Stream.of(type);
    }

    @Test
    void every_command_is_listed() {
        Set<Class<?>> listed =
                LINES.stream().map(line -> line.sample().getClass()).collect(Collectors.toSet());
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(commands(Command.class).toList());
    }

    @ParameterizedTest
    @MethodSource("lines")
    void command_asks_the_policy_what_is_listed(Line line) {
        ChatFixture chat = chat((request, membership) -> {
            asked.add(request);
            return false;
        });
        asked.clear();
        chat.run(chat.user("ann"), line.sample());
        chat.settle();
        assertThat(asked.stream().map(AccessRequest::action))
                .isEqualTo(Optional.ofNullable(line.asks()).stream().toList());
        assertThat(asked).allSatisfy(request -> {
            assertThat(request.conversationId()).isEqualTo(GROUP);
            assertThat(request.userId()).isEqualTo("ann");
        });
    }

    @ParameterizedTest
    @MethodSource("guardedLines")
    void stranger_is_refused_in_a_group(String name, AccessPolicy policy, Line line) {
        ChatFixture chat = chat(policy);
        TestSession ann = chat.userIn(GROUP, "ann");
        chat.told().clear();
        assertThat(chat.run(chat.user("eve"), line.sample()).code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(chat.run(chat.anonymous(), named(line.sample())).isRefused()).isTrue();
        assertThat(chat.told().toldTo(ann)).isEmpty();
    }

    /** The same command in a name that an anonymous session makes up. */
    private static Command<?> named(Command<?> command) {
        if (command instanceof SendMessage send) {
            return SendMessage.of(GROUP, "eve", send.type(), send.content(), null, null);
        } else if (command instanceof StartTyping) {
            return new StartTyping(GROUP, "eve");
        }
        return command;
    }

    @ParameterizedTest
    @MethodSource("guardedLines")
    void removed_member_is_refused_and_put_out(String name, AccessPolicy policy, Line line) {
        ChatFixture chat = chat(policy);
        TestSession ann = chat.userIn(GROUP, "ann");
        TestSession rick = chat.userIn(GROUP, "rick");
        chat.run(rick, StartTyping.of(GROUP)).result();
        chat.run(rick, StartViewing.of(GROUP)).result();
        chat.run(ann, new RemoveMember(GROUP, "rick")).result();
        chat.told().clear();
        assertThat(chat.run(rick, line.sample()).code()).isEqualTo(ErrorCode.FORBIDDEN);
        chat.send(ann, GROUP, "he is gone").result();
        chat.run(ann, new MarkRead(GROUP, 1)).result();
        assertThat(chat.told().toldTo(rick)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void removed_member_does_not_come_back_by_resuming(String name, AccessPolicy policy) {
        ChatFixture chat = chat(policy);
        TestSession ann = chat.userIn(GROUP, "ann");
        chat.chat().removeMember(GROUP, "rick");
        TestSession rick = chat.user("rick");
        String epoch = chat.engine().open(TestSession.of("x")).epoch();
        chat.told().clear();
        chat.engine().resume(rick, new Resume(epoch, Map.of(GROUP, Position.START)));
        chat.send(ann, GROUP, "hello").result();
        assertThat(chat.told().toldTo(rick)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void group_without_members_is_open_to_no_one(String name, AccessPolicy policy) {
        ChatFixture chat = chat(policy);
        Stream.of("ann", "bob", "rick").forEach(member -> chat.chat().removeMember(GROUP, member));
        assertThat(chat.run(chat.user("ann"), JoinRoom.of(GROUP)).code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(chat.send(chat.user("eve"), GROUP, "hello").code()).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void direct_conversation_is_its_two_members(String name, AccessPolicy policy) {
        ChatFixture chat = chat(policy);
        NewConversation direct = NewConversation.direct("ann", "bob");
        String id = direct.conversationId();
        assertThat(chat.run(chat.user("eve"), JoinRoom.of(id)).code()).isEqualTo(ErrorCode.FORBIDDEN);
        chat.chat().create(direct);
        assertThat(chat.run(chat.user("eve"), JoinRoom.of(id)).code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(chat.run(chat.user("ann"), JoinRoom.of(id)).isRefused()).isFalse();
    }

    @Test
    void open_conversation_stays_open_where_the_host_names_members() {
        ChatFixture chat = chat(AccessPolicy.openRooms());
        chat.chat().create(NewConversation.open("lobby"));
        chat.chat().addMembers("lobby", Set.of("ann"));
        assertThat(chat.run(chat.user("eve"), JoinRoom.of("lobby")).isRefused()).isFalse();
    }

    @Test
    void id_with_messages_and_no_conversation_of_its_own_is_open() {
        ChatFixture chat = chat(AccessPolicy.openRooms());
        chat.send(chat.user("ann"), "anything", "hello").result();
        assertThat(chat.latest(chat.user("eve"), "anything").result().messages())
                .hasSize(1);
        CreateConversation later = new CreateConversation("anything", ConversationKind.GROUP, null, List.of(), null);
        assertThat(chat.run(chat.user("ann"), later).code()).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void strangers_are_put_out_of_a_room_that_becomes_a_group() {
        ChatFixture chat = chat(AccessPolicy.openRooms());
        TestSession eve = chat.userIn("club", "eve");
        TestSession anonymous = chat.anonymous();
        chat.run(anonymous, JoinRoom.of("club")).result();
        TestSession ann = chat.userIn("club", "ann");
        CreateConversation club = new CreateConversation("club", ConversationKind.GROUP, null, List.of("bob"), null);
        chat.run(ann, club).result();
        chat.told().clear();
        chat.send(ann, "club", "among us").result();
        assertThat(chat.told().messagesTo(ann)).hasSize(1);
        assertThat(chat.told().toldTo(eve)).isEmpty();
        assertThat(chat.told().toldTo(anonymous)).isEmpty();
        assertThat(chat.latest(eve, "club").code()).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void guest_whom_the_hosts_policy_lets_in_stays() {
        ChatFixture chat = chat((request, membership) -> true);
        TestSession eve = chat.userIn(GROUP, "eve");
        chat.send(chat.user("ann"), GROUP, "welcome").result();
        chat.chat().changeRole(GROUP, "bob", Role.ADMIN);
        chat.send(chat.user("ann"), GROUP, "welcome again").result();
        await().untilAsserted(() -> assertThat(chat.told().messagesTo(eve)).hasSize(2));
    }

    @AfterEach
    void close() {
        chats.forEach(ChatFixture::close);
    }
}
