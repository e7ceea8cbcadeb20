package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.CallCommand;
import io.roomcast.chat.command.ChangeRole;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.DeleteConversation;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.UserCommand;
import io.roomcast.chat.event.ConversationDeleted;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.SampleCommands;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.IceServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The deletion of a conversation: who may, who is notified, and what remains. */
class DeleteConversationTest {
    private static final AccessPolicy OPEN = AccessPolicy.openRooms();
    private static final AccessPolicy MEMBERS = AccessPolicy.membersOnly();
    private static final AccessPolicy ALL = (request, membership) -> true;

    private final ChatStore store = ChatStore.inMemory();
    private @Nullable ChatFixture fixture;

    @AfterEach
    void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    private ChatFixture start(AccessPolicy policy) {
        ChatFixture started = ChatFixture.with(
                builder -> builder.store(store).accessPolicy(policy).calls(CallOptions.of(IceServers.none())));
        fixture = started;
        started.chat().create(NewConversation.group("group", "Group", List.of("ann", "bob", "cid")));
        started.chat().create(NewConversation.open("open"));
        started.chat().addMembers("open", Set.of("ann"));
        started.chat().changeRole("open", "ann", Role.OWNER);
        return started;
    }

    @Test
    void members_and_the_sessions_in_the_room_are_notified_once() {
        ChatFixture chat = start(ALL);
        TestSession ann = chat.userIn("group", "ann");
        TestSession bob = chat.userIn("group", "bob");
        TestSession bobsOther = chat.user("bob");
        TestSession cid = chat.user("cid");
        TestSession guest = chat.userIn("group", "guest");
        TestSession eve = chat.user("eve");
        chat.run(bob, StartTyping.of("group")).result();
        chat.run(bob, StartViewing.of("group")).result();
        chat.settle();
        chat.told().clear();

        chat.run(ann, new DeleteConversation("group")).result();
        chat.settle();

        ConversationDeleted deleted = new ConversationDeleted("group", "ann");
        for (TestSession notified : List.of(ann, bob, bobsOther, cid, guest)) {
            assertThat(chat.told().toldTo(notified)).containsExactly(deleted);
        }
        assertThat(chat.told().toldTo(eve)).isEmpty();
        assertThat(chat.chat().stats().rooms()).isZero();
    }

    @Test
    void closing_a_full_room_costs_one_event_for_each_session() {
        ChatFixture chat = start(OPEN);
        IntStream.range(0, 150).forEach(i -> chat.userIn("open", "user" + i));
        chat.told().clear();
        chat.chat().deleteConversation("open").join();
        chat.time().advance(Duration.ofSeconds(10));
        assertThat(chat.told().deliveries().stream()
                        .mapToInt(delivery -> delivery.recipients().size())
                        .sum())
                .isEqualTo(150);
    }

    @Test
    void host_deletes_groups_and_open_conversations() {
        ChatFixture chat = start(MEMBERS);
        TestSession ann = chat.user("ann");
        for (String id : List.of("group", "open")) {
            chat.chat().deleteConversation(id).join();
            assertThat(chat.told().toldTo(ann)).contains(new ConversationDeleted(id, null));
            assertThat(chat.chat().conversation(id)).isEmpty();
        }
        assertThat(failureOf(() -> chat.chat().deleteConversation("group").join()))
                .isEqualTo(ErrorCode.CONVERSATION_NOT_FOUND);
        assertThat(failureOf(() -> chat.chat().deleteConversation("never").join()))
                .isEqualTo(ErrorCode.CONVERSATION_NOT_FOUND);
    }

    private static ErrorCode failureOf(Runnable attempt) {
        CompletionException failure = catchThrowableOfType(CompletionException.class, attempt::run);
        return ((ChatException) failure.getCause()).code();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("group", "bob", ErrorCode.FORBIDDEN),
                Arguments.of("group", "eve", ErrorCode.FORBIDDEN),
                Arguments.of("group", null, ErrorCode.UNAUTHENTICATED),
                Arguments.of("open", "eve", ErrorCode.FORBIDDEN),
                Arguments.of("never", "ann", ErrorCode.FORBIDDEN));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void other_users_delete_nothing(String id, @Nullable String userId, ErrorCode code) {
        ChatFixture chat = start(ALL);
        chat.chat().changeRole("group", "bob", Role.ADMIN);
        TestSession session = userId == null ? chat.anonymous() : chat.user(userId);
        chat.told().clear();
        assertThat(chat.run(session, new DeleteConversation(id)).code()).isEqualTo(code);
        assertThat(chat.told().events()).isEmpty();
    }

    @Test
    void direct_conversation_is_deleted_by_no_one() {
        ChatFixture chat = start(ALL);
        String direct = chat.chat().create(NewConversation.direct("ann", "bob")).conversationId();
        assertThat(chat.run(chat.user("ann"), new DeleteConversation(direct)).code())
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(failureOf(() -> chat.chat().deleteConversation(direct).join()))
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    static Stream<Arguments> laterCommands() {
        return Stream.of(OPEN, MEMBERS, ALL)
                .flatMap(policy -> Stream.of("group", "open")
                        .flatMap(id -> commands(id).map(command -> Arguments.of(policy, id, command))));
    }

    /** Every command about one conversation, except leaving its room. */
    private static Stream<Command<?>> commands(String id) {
        return SampleCommands.types()
                .filter(type -> !UserCommand.class.isAssignableFrom(type)
                        && !CallCommand.class.isAssignableFrom(type)
                        && type != LeaveRoom.class)
                .map(type -> SampleCommands.with(type, "conversationId", id));
    }

    @ParameterizedTest(name = "{index}: {1} {2}")
    @MethodSource("laterCommands")
    void later_command_finds_no_conversation(AccessPolicy policy, String id, Command<?> command) {
        ChatFixture chat = start(policy);
        chat.chat().addMembers(id, Set.of("ann-1"));
        TestSession member = chat.userIn(id, "ann-1");
        chat.chat().deleteConversation(id).join();
        assertThat(chat.run(member, command).code()).isEqualTo(ErrorCode.CONVERSATION_NOT_FOUND);
        assertThat(failureOf(() -> chat.chat().execute(command).join())).isEqualTo(ErrorCode.CONVERSATION_NOT_FOUND);
    }

    @ParameterizedTest(name = "{index}: {1} {2}")
    @MethodSource("laterCommands")
    void user_who_was_never_there_learns_the_same(AccessPolicy policy, String id, Command<?> command) {
        ChatFixture chat = start(policy);
        chat.chat().deleteConversation(id).join();
        assertThat(chat.run(chat.user("ann-1"), command).code()).isEqualTo(ErrorCode.CONVERSATION_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"group", "open"})
    void rooms_of_several_joins_and_receipts_are_refused_alone(String id) {
        ChatFixture chat = start(OPEN);
        TestSession ann = chat.user("ann");
        chat.chat().deleteConversation(id).join();
        JoinRooms.Joined joined = chat.run(ann, new JoinRooms(List.of(JoinRoom.of(id), JoinRoom.of("lobby"))))
                .result();
        assertThat(joined.results().get(0).refusal().code()).isEqualTo(ErrorCode.CONVERSATION_NOT_FOUND);
        assertThat(joined.results().get(1).joined()).isNotNull();
        List<MarkDelivered.Item> items = List.of(new MarkDelivered.Item("lobby", 1), new MarkDelivered.Item(id, 1));
        ChatException refusal = chat.run(ann, new MarkDelivered(items)).refusal();
        assertThat(refusal.code()).isEqualTo(ErrorCode.CONVERSATION_NOT_FOUND);
        assertThat(refusal.field())
                .hasValueSatisfying(field -> assertThat(field).startsWith("items[1]"));
    }

    @Test
    void id_cannot_be_used_again() {
        ChatFixture chat = start(OPEN);
        chat.chat().deleteConversation("group").join();
        CreateConversation again =
                CreateConversation.group("Again", List.of("bob")).withId("group");
        assertThat(chat.run(chat.user("ann"), again).code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(catchThrowableOfType(
                                ChatException.class,
                                () -> chat.chat().create(NewConversation.group("group", "Again", List.of("ann"))))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(failureOf(() -> chat.chat()
                        .send("group", NewMessage.system("still here"))
                        .join()))
                .isEqualTo(ErrorCode.CONVERSATION_NOT_FOUND);
    }

    @Test
    void session_does_not_resume_its_room() {
        ChatFixture chat = start(OPEN);
        chat.send(chat.user("ann"), "open", "hello").result();
        chat.chat().deleteConversation("open").join();
        TestSession ann = chat.user("ann");
        chat.engine().resume(ann, new Resume(store.epoch(), Map.of("open", new Position(1, 0))));
        assertThat(chat.chat().stats().rooms()).isZero();
    }

    @Test
    void lists_no_longer_have_it() {
        ChatFixture chat = start(MEMBERS);
        TestSession ann = chat.user("ann");
        assertThat(chat.run(ann, GetConversations.first()).result().entries()).hasSize(2);
        chat.run(ann, new DeleteConversation("group")).result();
        assertThat(chat.run(ann, GetConversations.first()).result().entries())
                .extracting(entry -> entry.conversation().conversationId())
                .containsExactly("open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"group", "open"})
    void server_without_a_bus_closes_the_room_once_it_knows(String id) {
        ChatFixture here = start(OPEN);
        TestSession ann = here.userIn(id, "ann");
        here.send(ann, id, "hello").result();
        try (ChatFixture there = ChatFixture.with(builder -> builder.store(store))) {
            there.chat().deleteConversation(id).join();
        }
        here.time().advance(Duration.ofSeconds(30));
        here.told().clear();
        assertThat(here.send(here.user("bob"), id, "anyone?").code()).isEqualTo(ErrorCode.CONVERSATION_NOT_FOUND);
        assertThat(here.told().toldTo(ann)).containsExactly(new ConversationDeleted(id, null));
        assertThat(here.chat().stats().rooms()).isZero();
    }

    @Test
    void store_refuses_what_the_caches_still_permit() {
        ChatFixture here = start(OPEN);
        TestSession ann = here.user("ann");
        String id = here.send(ann, "open", "hello").result().message().id();
        store.delete("open");
        List<Command<?>> commands = List.of(
                ChatFixture.text("open", "late"),
                new AddReaction("open", id, "+"),
                new AddMembers("group", List.of("dora")),
                new ChangeRole("group", "bob", Role.ADMIN));
        store.delete("group");
        for (Command<?> command : commands) {
            Answer<?> answer = here.run(ann, command);
            assertThat(answer.isRefused()).as(command.toString()).isTrue();
        }
        assertThat(store.conversation("open")).isEmpty();
        assertThat(store.conversation("group")).isEmpty();
    }

    @Test
    void kind_of_a_deleted_conversation_is_not_open() {
        ChatFixture chat = start(ALL);
        chat.chat().deleteConversation("open").join();
        assertThat(store.kinds(List.of("open", "group")).existing())
                .containsExactly(Map.entry("group", ConversationKind.GROUP));
    }
}
