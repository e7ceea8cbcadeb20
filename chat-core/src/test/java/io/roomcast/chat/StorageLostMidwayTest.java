package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.Drafts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests whose store becomes unavailable after some of its calls. */
class StorageLostMidwayTest {
    private static final int MAX_CALLS = 40;

    /** A chat with one group of three, whose store answers a limited number of calls. */
    private static final class Chat implements AutoCloseable {
        private final AtomicInteger callsLeft = new AtomicInteger(Integer.MAX_VALUE);
        private final ChatStore store = ChatStore.inMemory();
        private final ChatFixture fixture = ChatFixture.with(builder -> builder.store(limited()));
        private final TestSession ann = fixture.user("ann");
        private final String messageId;

        private Chat() {
            store.create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid")));
            MessageDraft draft = Drafts.text("g", "ann", "hello");
            store.append(List.of(draft));
            messageId = draft.id();
        }

        private ChatStore limited() {
            return (ChatStore) Proxy.newProxyInstance(
                    Chat.class.getClassLoader(), new Class<?>[] {ChatStore.class}, (proxy, method, arguments) -> {
                        if (!method.getName().equals("epoch") && callsLeft.getAndDecrement() <= 0) {
                            throw ChatException.of(ErrorCode.STORAGE_UNAVAILABLE);
                        }
                        try {
                            return method.invoke(store, arguments);
                        } catch (InvocationTargetException failure) {
                            throw failure.getCause();
                        }
                    });
        }

        private <R> Answer<R> run(Command<R> command) {
            return fixture.run(ann, command);
        }

        private List<Object> stored() {
            return List.of(
                    store.conversation("g"),
                    store.conversation("new"),
                    store.history(new HistoryQuery("g", HistoryQuery.Anchor.LATEST, 0, 10)));
        }

        @Override
        public void close() {
            callsLeft.set(Integer.MAX_VALUE);
            fixture.close();
        }
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                command("send", chat -> ChatFixture.text("g", "hello")),
                command("edit", chat -> EditMessage.of("g", chat.messageId, "other words")),
                command("delete", chat -> new DeleteMessage("g", chat.messageId)),
                command("react", chat -> new AddReaction("g", chat.messageId, "+")),
                command("mark read", chat -> new MarkRead("g", 1)),
                command(
                        "create",
                        chat -> new CreateConversation("new", ConversationKind.GROUP, "New", List.of("bob"), null)),
                command("update", chat -> new UpdateConversation("g", "Other", null)),
                command("add members", chat -> new AddMembers("g", List.of("dan", "eve"))),
                command("remove member", chat -> new RemoveMember("g", "bob")),
                command("owner leaves", chat -> new RemoveMember("g", "ann")),
                row("host changes role", chat -> host(() -> chat.fixture.chat().changeRole("g", "bob", Role.ADMIN))),
                row("host removes owner", chat -> host(() -> chat.fixture.chat().removeMember("g", "ann"))),
                row("host adds members", chat -> host(() -> chat.fixture.chat().addMembers("g", Set.of("dan")))),
                row("host updates", chat -> host(() -> chat.fixture.chat().update("g", "Other", null))),
                row("host trims", chat -> Answer.of(chat.fixture.chat().trim("g", 1))),
                row("host erases", chat -> {
                    CompletableFuture<Void> erased = chat.fixture.chat().eraseUser("ann");
                    await().until(erased::isDone);
                    return Answer.of(erased);
                }));
    }

    private static Arguments command(String name, Function<Chat, Command<?>> command) {
        return row(name, chat -> chat.run(command.apply(chat)));
    }

    private static Arguments row(String name, Function<Chat, Answer<?>> request) {
        return Arguments.of(name, request);
    }

    private static Answer<Boolean> host(Runnable call) {
        return Answer.of(CompletableFuture.runAsync(call, Runnable::run).thenApply(done -> true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void refusal_means_that_nothing_was_stored_only_if_nothing_was(String name, Function<Chat, Answer<?>> request) {
        List<ErrorCode> codes = new ArrayList<>();
        boolean isRefused = true;
        for (int calls = 0; isRefused && calls < MAX_CALLS; calls++) {
            try (Chat chat = new Chat()) {
                List<Object> before = chat.stored();
                chat.callsLeft.set(calls);
                Answer<?> answer = request.apply(chat);
                isRefused = answer.isRefused();
                if (isRefused) {
                    codes.add(answer.code());
                    if (answer.code() == ErrorCode.STORAGE_UNAVAILABLE) {
                        assertThat(chat.stored())
                                .as("after " + calls + " calls")
                                .isEqualTo(before);
                    }
                }
            }
        }
        assertThat(isRefused).isFalse();
        assertThat(codes)
                .startsWith(ErrorCode.STORAGE_UNAVAILABLE)
                .isSubsetOf(ErrorCode.STORAGE_UNAVAILABLE, ErrorCode.TIMEOUT);
    }
}
