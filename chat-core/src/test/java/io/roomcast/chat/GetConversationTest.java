package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.GetConversation;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.ChatStore;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may read a conversation, and what the readers see of it. */
class GetConversationTest {
    private static final AccessPolicy OPEN = AccessPolicy.openRooms();
    private static final AccessPolicy MEMBERS = AccessPolicy.membersOnly();
    private static final AccessPolicy HOSTS = (request, membership) -> true;
    private static final Function<ChatFixture, TestSession> ANONYMOUS = ChatFixture::anonymous;
    private static final String DIRECT = NewConversation.direct("ann", "bob").conversationId();
    private static final String UNKNOWN_DIRECT =
            NewConversation.direct("ann", "cid").conversationId();
    private static final List<String> ALL = List.of("ann", "bob", "cid");
    private static final List<String> PAIR = List.of("ann", "bob");
    private static final List<String> NONE = List.of();

    private final ChatStore store = ChatStore.inMemory();
    private @Nullable ChatFixture fixture;

    @AfterEach
    void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    private ChatFixture start(AccessPolicy policy) {
        fixture = ChatFixture.with(builder -> builder.store(store).accessPolicy(policy));
        ChatService chat = fixture.chat();
        chat.create(NewConversation.group("group", "Group", List.of("ann", "bob", "cid")));
        chat.changeRole("group", "ann", Role.OWNER);
        chat.changeRole("group", "bob", Role.ADMIN);
        chat.create(NewConversation.direct("ann", "bob"));
        chat.create(NewConversation.open("lobby"));
        chat.create(NewConversation.open("hall"));
        chat.addMembers("hall", Set.of("ann", "bob"));
        return fixture;
    }

    private static Function<ChatFixture, TestSession> user(String id) {
        return fixture -> fixture.user(id);
    }

    static Stream<Arguments> readers() {
        return Stream.of(
                Arguments.of(OPEN, "group", user("ann"), ALL, Role.OWNER),
                Arguments.of(OPEN, "group", user("bob"), ALL, Role.ADMIN),
                Arguments.of(MEMBERS, "group", user("cid"), ALL, Role.MEMBER),
                Arguments.of(HOSTS, "group", user("cid"), ALL, Role.MEMBER),
                Arguments.of(HOSTS, "group", user("eve"), NONE, null),
                Arguments.of(HOSTS, "group", ANONYMOUS, NONE, null),
                Arguments.of(OPEN, DIRECT, user("bob"), PAIR, Role.MEMBER),
                Arguments.of(MEMBERS, DIRECT, user("ann"), PAIR, Role.MEMBER),
                Arguments.of(HOSTS, DIRECT, user("eve"), PAIR, null),
                Arguments.of(OPEN, "lobby", user("ann"), NONE, null),
                Arguments.of(OPEN, "lobby", ANONYMOUS, NONE, null),
                Arguments.of(OPEN, "hall", user("ann"), PAIR, Role.MEMBER),
                Arguments.of(OPEN, "hall", user("eve"), NONE, null),
                Arguments.of(MEMBERS, "hall", user("bob"), PAIR, Role.MEMBER));
    }

    @ParameterizedTest(name = "{index}: {1}")
    @MethodSource("readers")
    void reader_sees_the_conversation(
            AccessPolicy policy,
            String id,
            Function<ChatFixture, TestSession> reader,
            List<String> members,
            @Nullable Role role) {
        ChatFixture chat = start(policy);
        GetConversation.Found found =
                chat.run(reader.apply(chat), new GetConversation(id)).result();
        assertThat(ids(found.conversation())).containsExactlyInAnyOrderElementsOf(members);
        assertThat(found.role()).isEqualTo(role);
        assertThat(found.conversation().conversationId()).isEqualTo(id);
    }

    private static List<String> ids(Conversation conversation) {
        return conversation.members().stream().map(Member::userId).toList();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(OPEN, "group", user("eve"), ErrorCode.FORBIDDEN),
                Arguments.of(OPEN, "group", ANONYMOUS, ErrorCode.FORBIDDEN),
                Arguments.of(OPEN, DIRECT, user("cid"), ErrorCode.FORBIDDEN),
                Arguments.of(OPEN, DIRECT, ANONYMOUS, ErrorCode.FORBIDDEN),
                Arguments.of(OPEN, UNKNOWN_DIRECT, user("ann"), ErrorCode.FORBIDDEN),
                Arguments.of(OPEN, "unknown", user("ann"), ErrorCode.CONVERSATION_NOT_FOUND),
                Arguments.of(OPEN, "unknown", ANONYMOUS, ErrorCode.CONVERSATION_NOT_FOUND),
                Arguments.of(HOSTS, UNKNOWN_DIRECT, user("ann"), ErrorCode.CONVERSATION_NOT_FOUND),
                Arguments.of(MEMBERS, "group", user("eve"), ErrorCode.FORBIDDEN),
                Arguments.of(MEMBERS, "lobby", user("ann"), ErrorCode.FORBIDDEN),
                Arguments.of(MEMBERS, "hall", user("eve"), ErrorCode.FORBIDDEN),
                Arguments.of(MEMBERS, "unknown", user("ann"), ErrorCode.FORBIDDEN),
                Arguments.of(HOSTS, "a\u200bb", user("ann"), ErrorCode.INVALID_PAYLOAD),
                Arguments.of(HOSTS, "", user("ann"), ErrorCode.MISSING_FIELDS));
    }

    @ParameterizedTest(name = "{index}: {1} {3}")
    @MethodSource("refusals")
    void other_users_are_refused(
            AccessPolicy policy, String id, Function<ChatFixture, TestSession> reader, ErrorCode code) {
        ChatFixture chat = start(policy);
        assertThat(chat.run(reader.apply(chat), new GetConversation(id)).code()).isEqualTo(code);
    }

    @Test
    void host_reads_every_conversation() {
        ChatService chat = start(MEMBERS).chat();
        for (String id : List.of("group", DIRECT, "lobby", "hall")) {
            GetConversation.Found found = chat.execute(new GetConversation(id)).join();
            assertThat(found.conversation()).isEqualTo(chat.conversation(id).orElseThrow());
            assertThat(found.role()).isNull();
        }
    }

    @Test
    void conversation_is_read_in_its_latest_state() {
        ChatFixture chat = start(OPEN);
        TestSession ann = chat.user("ann");
        chat.run(ann, UpdateConversation.title("group", "Party")).result();
        chat.send(ann, "group", "hello").result();
        Conversation found =
                chat.run(ann, new GetConversation("group")).result().conversation();
        assertThat(found).isEqualTo(chat.chat().conversation("group").orElseThrow());
        assertThat(found.title()).isEqualTo("Party");
        assertThat(found.position().seq()).isEqualTo(1);
    }

    @Test
    void members_are_hidden_from_a_member_whom_another_server_removed() {
        ChatFixture chat = start(OPEN);
        TestSession cid = chat.userIn("group", "cid");
        store.removeMember("group", "cid");
        GetConversation.Found found =
                chat.run(cid, new GetConversation("group")).result();
        assertThat(found.role()).isNull();
        assertThat(ids(found.conversation())).isEmpty();
    }
}
