package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Resume;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a host may get wrong is one exception at the call, which names the parameter. */
class HostArgumentsTest {
    private static final List<String> HOLE = Arrays.asList("a", null);
    private static final String BROKEN = "{not json";

    private final ChatEngine engine = ChatEngine.builder().build();
    private final ChatService chat = engine.service();

    @AfterEach
    void close() {
        engine.close();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                argumentSet("empty user", "userId", call(() -> Principal.of(""))),
                argumentSet("blank user", "userId", call(() -> Principal.of(" "))),
                argumentSet("list with a hole", "memberIds", call(() -> NewConversation.group("c", "t", HOLE))),
                argumentSet(
                        "mentions with a hole",
                        "mentions",
                        call(() -> new MessageBody(MessageType.TEXT, "hi", List.of(), null, HOLE, null))),
                argumentSet("members with a hole", "memberIds", call(() -> new AddMembers("c", HOLE))),
                argumentSet(
                        "rooms with a hole", "rooms", call(() -> new Resume("e", Collections.singletonMap("c", null)))),
                argumentSet(
                        "attributes with a hole",
                        "attributes",
                        call(() -> new Principal("a", Collections.singletonMap("k", null), null))),
                argumentSet(
                        "negative retention",
                        "retention",
                        call(() -> NewConversation.open("c").withRetention(Duration.ofSeconds(-1)))),
                argumentSet("page of none", "limit", call(() -> new ConversationQuery("a", null, 0))));
    }

    private static ThrowingCallable call(ThrowingCallable mistake) {
        return mistake;
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistake_is_refused_where_it_is_made(String parameter, ThrowingCallable mistake) {
        Throwable refusal = catchThrowable(mistake);
        assertThat(refusal).isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class);
        assertThat(refusal).hasMessageStartingWith(parameter + ":").hasMessageContaining("(expected: ");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void call_that_cannot_be_meant_is_refused_by_the_name_of_its_field(String field, Call call) {
        Throwable refusal = catchThrowable(() -> call.make(chat));
        assertThat(ChatException.from(refusal))
                .satisfies(told -> assertThat(told.code()).isIn(ErrorCode.INVALID_PAYLOAD, ErrorCode.MISSING_FIELDS))
                .satisfies(told -> assertThat(told.field()).hasValue(field));
    }

    static Stream<Arguments> calls() {
        NewConversation open = NewConversation.open("c");
        return Stream.of(
                argumentSet("send to nowhere", "conversationId", (Call)
                        chat -> join(chat.send("", NewMessage.system("hi")))),
                argumentSet("send nothing", "content", (Call) chat -> join(chat.send("c", NewMessage.system("")))),
                argumentSet(
                        "broken metadata, creating", "metadata", (Call) chat -> chat.create(open.withMetadata(BROKEN))),
                argumentSet("array as metadata", "metadata", (Call) chat -> chat.create(open.withMetadata("[1]"))),
                argumentSet("empty metadata", "metadata", (Call) chat -> chat.create(open.withMetadata(""))),
                argumentSet("broken metadata, updating", "metadata", (Call) chat -> chat.update("c", null, BROKEN)),
                argumentSet("update of nothing", "title", (Call) chat -> chat.update("c", null, null)),
                argumentSet("broken metadata, sending", "metadata", (Call) chat -> join(chat.execute(new SendMessage(
                        "c",
                        "a",
                        MessageType.TEXT,
                        "hi",
                        List.of(),
                        null,
                        null,
                        List.of(),
                        BROKEN,
                        null,
                        null,
                        null)))),
                argumentSet("broken metadata, editing", "metadata", (Call)
                        chat -> join(chat.execute(EditMessage.of("c", "m", "hi").withMetadata(BROKEN)))),
                argumentSet("conversation without a name", "conversationId", (Call)
                        chat -> chat.create(NewConversation.open(""))),
                argumentSet("nobody to add", "memberIds", (Call) chat -> chat.addMembers("c", Set.of())));
    }

    private interface Call {
        void make(ChatService chat);
    }

    private static void join(CompletableFuture<?> future) {
        future.join();
    }

    @ParameterizedTest
    @MethodSource("closings")
    void closing_takes_no_negative_time(Duration timeout) {
        assertThat(catchThrowable(() -> engine.close(timeout)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("timeout: ");
    }

    static Stream<Duration> closings() {
        return Stream.of(Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE));
    }

    @org.junit.jupiter.api.Test
    void sets_with_holes_are_refused() {
        Set<String> hole = new HashSet<>(HOLE);
        assertThat(catchThrowable(() -> chat.addMembers("c", hole))).hasMessageStartingWith("userIds: contains null");
        assertThat(Map.of()).isEmpty();
    }
}
