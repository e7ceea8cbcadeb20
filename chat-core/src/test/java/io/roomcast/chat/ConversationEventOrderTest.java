package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.HeldStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.ChatStore;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes by the host at the same time: the last event that a member receives has what is stored. */
@Timeout(60)
class ConversationEventOrderTest {
    private static final Set<Thread.State> AT_REST =
            EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

    private final HeldStore held = new HeldStore();
    private final ChatStore memory = ChatStore.inMemory();
    private final ChatFixture fixture = ChatFixture.with(builder -> builder.store(held.around(memory)));
    private final TestSession ann = fixture.user("ann");

    @AfterEach
    void close() {
        fixture.close();
    }

    static Stream<Arguments> changes() {
        Function<Conversation, Object> title = conversation -> String.valueOf(conversation.title());
        Function<Conversation, Object> members = Conversation::members;
        return Stream.of(
                row("update", chat -> chat.update("g", "One", null), chat -> chat.update("g", "Two", null), title),
                row(
                        "conversation",
                        chat -> chat.changeRole("g", "bob", Role.ADMIN),
                        chat -> chat.changeRole("g", "bob", Role.MEMBER),
                        members),
                row(
                        "conversation",
                        chat -> chat.changeRole("g", "bob", Role.ADMIN),
                        chat -> chat.changeRole("g", "cid", Role.ADMIN),
                        members));
    }

    private static Arguments row(
            String heldCall,
            Consumer<ChatService> first,
            Consumer<ChatService> second,
            Function<Conversation, Object> part) {
        return Arguments.of(heldCall, first, second, part);
    }

    @ParameterizedTest(name = "{0} held, {index}")
    @MethodSource("changes")
    void last_event_has_what_is_stored(
            String heldCall,
            Consumer<ChatService> first,
            Consumer<ChatService> second,
            Function<Conversation, Object> part)
            throws InterruptedException {
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid")));
        HeldStore.Hold hold = held.next(heldCall);
        Thread one = start(first);
        hold.awaitReached();
        Thread two = start(second);
        await().until(() -> AT_REST.contains(two.getState()));
        hold.release();
        one.join();
        two.join();
        Conversation stored = memory.conversation("g").orElseThrow();
        assertThat(fixture.told().toldTo(ann))
                .last()
                .isInstanceOfSatisfying(
                        ConversationUpdated.class,
                        event -> assertThat(part.apply(event.conversation())).isEqualTo(part.apply(stored)));
    }

    private Thread start(Consumer<ChatService> change) {
        Thread thread = new Thread(() -> change.accept(fixture.chat()));
        thread.start();
        return thread;
    }
}
