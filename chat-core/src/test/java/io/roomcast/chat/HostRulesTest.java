package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of the host pass the same rules as commands of clients. */
class HostRulesTest {
    private static final String HIDDEN = "ad\u200bmin";

    private final ChatFixture fixture = ChatFixture.start();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Arguments call(String field, String name, Consumer<ChatService> call) {
        return Arguments.of(field, name, call);
    }

    static Stream<Arguments> invalidCalls() {
        return Stream.of(
                call("conversationId", "create", chat -> chat.create(NewConversation.open(HIDDEN))),
                call("memberIds[0]", "create with", chat -> chat.create(group("g", "Group", HIDDEN))),
                call("title", "create titled", chat -> chat.create(group("g", HIDDEN, "ann"))),
                call("conversationId", "update", chat -> chat.update(HIDDEN, "Title", null)),
                call("title", "update to", chat -> chat.update("g", HIDDEN, null)),
                call("metadata", "update with", chat -> chat.update("g", null, "[]")),
                call("conversationId", "addMembers", chat -> chat.addMembers(HIDDEN, Set.of("ann"))),
                call("memberIds[0]", "addMembers with", chat -> chat.addMembers("g", Set.of(HIDDEN))),
                call("conversationId", "removeMember", chat -> chat.removeMember(HIDDEN, "ann")),
                call("userId", "removeMember of", chat -> chat.removeMember("g", HIDDEN)),
                call("conversationId", "changeRole", chat -> chat.changeRole(HIDDEN, "ann", Role.ADMIN)),
                call("userId", "changeRole of", chat -> chat.changeRole("g", HIDDEN, Role.ADMIN)),
                call("conversationId", "kick", chat -> chat.kick(HIDDEN, "ann").join()),
                call("userId", "kick of", chat -> chat.kick("g", HIDDEN).join()),
                call("userId", "revoke", chat -> chat.revoke(HIDDEN).join()),
                call("userId", "eraseUser", chat -> chat.eraseUser(HIDDEN).join()),
                call(
                        "userIds[0]",
                        "presence",
                        chat -> chat.execute(new GetPresence(List.of(HIDDEN))).join()),
                call(
                        "upToSeq",
                        "receipts",
                        chat -> chat.execute(new MarkDelivered(List.of(new MarkDelivered.Item("g", -1))))
                                .join()),
                call(
                        "conversationId",
                        "create by command",
                        chat -> chat.execute(new CreateConversation(
                                        HIDDEN, ConversationKind.GROUP, null, List.of("ann"), null))
                                .join()));
    }

    private static NewConversation group(String id, String title, String memberId) {
        return NewConversation.group(id, title, List.of(memberId));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("invalidCalls")
    void invalid_call_is_refused_and_names_the_field(String field, String name, Consumer<ChatService> call) {
        ChatException refusal = refusal(() -> call.accept(fixture.chat()));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        assertThat(refusal.field()).contains(field);
    }

    static Stream<Arguments> incompleteCalls() {
        return Stream.of(
                call("conversationId", "removeMember", chat -> chat.removeMember("", "ann")),
                call("userId", "removeMember of", chat -> chat.removeMember("g", "")),
                call("userId", "changeRole of", chat -> chat.changeRole("g", "", Role.ADMIN)),
                call("title", "update", chat -> chat.update("g", null, null)),
                call("memberIds", "addMembers", chat -> chat.addMembers("g", Set.of())));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("incompleteCalls")
    void incomplete_call_is_refused_and_names_the_field(String field, String name, Consumer<ChatService> call) {
        ChatException refusal = refusal(() -> call.accept(fixture.chat()));
        assertThat(refusal.code()).isEqualTo(ErrorCode.MISSING_FIELDS);
        assertThat(refusal.field()).contains(field);
    }

    private static ChatException refusal(Runnable call) {
        RuntimeException failure = catchThrowableOfType(RuntimeException.class, call::run);
        assertThat(failure).isNotNull();
        return failure instanceof CompletionException ? (ChatException) failure.getCause() : (ChatException) failure;
    }
}
