package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.HeldStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.ChatStore;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes by the host and by clients at the same time: a member who follows the events knows what is stored. */
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

    /** A change by a client or the host, with the call of the store that is held if it is the first of two. */
    private record Change(String name, String heldCall, Consumer<ConversationEventOrderTest> change) {
        private static Change byHost(String name, String heldCall, Consumer<ChatService> change) {
            return new Change("host " + name, heldCall, test -> change.accept(test.fixture.chat()));
        }

        private static Change byClient(String name, String heldCall, Command<?> command) {
            return new Change("client " + name, heldCall, test -> test.fixture.run(test.ann, command));
        }

        private Stream<Arguments> with(Change other) {
            return Stream.of(Arguments.of(this, other), Arguments.of(other, this));
        }

        private Arguments then(Change other) {
            return Arguments.of(this, other);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> pairs() {
        Change hostTitles = Change.byHost("update", "update", chat -> chat.update("g", "One", null));
        Change clientTitles = Change.byClient("update", "update", UpdateConversation.title("g", "Two"));
        Change hostAdds = Change.byHost("add", "addMembers", chat -> chat.addMembers("g", Set.of("dora")));
        Change clientAdds = Change.byClient("add", "addMembers", new AddMembers("g", List.of("dora")));
        Change hostRemoves = Change.byHost("remove", "removeMember", chat -> chat.removeMember("g", "dora"));
        Change clientRemoves = Change.byClient("remove", "removeMember", new RemoveMember("g", "dora"));
        Change hostRemovesBob = Change.byHost("remove", "removeMember", chat -> chat.removeMember("g", "bob"));
        Change clientRemovesBob = Change.byClient("remove", "removeMember", new RemoveMember("g", "bob"));
        Change hostAddsBob = Change.byHost("add", "addMembers", chat -> chat.addMembers("g", Set.of("bob")));
        Change clientAddsBob = Change.byClient("add", "addMembers", new AddMembers("g", List.of("bob")));
        Change hostPromotes = Change.byHost("promote", "conversation", chat -> chat.changeRole("g", "cid", Role.ADMIN));
        Change hostErasesBob = Change.byHost(
                "erase", "removeMember", chat -> chat.eraseUser("bob").join());
        NewConversation fresh = NewConversation.group("new", "Fresh", List.of("ann", "bob"));
        Change hostCreates = Change.byHost("create", "create", chat -> chat.create(fresh));
        Change clientCreates = Change.byClient(
                "create",
                "create",
                CreateConversation.group("Fresh", List.of("bob")).withId("new"));
        Change hostRenames = Change.byHost("update", "update", chat -> chat.update("new", "One", null));
        Change clientRenames = Change.byClient("update", "update", UpdateConversation.title("new", "Two"));
        return Stream.of(
                        hostTitles.with(clientTitles),
                        Stream.of(hostAdds.then(clientRemoves), clientAdds.then(hostRemoves)),
                        Stream.of(hostRemovesBob.then(clientAddsBob), clientRemovesBob.then(hostAddsBob)),
                        Stream.of(hostPromotes.then(clientRemovesBob), hostPromotes.then(hostErasesBob)),
                        Stream.of(hostCreates.then(clientRenames), clientCreates.then(hostRenames)))
                .flatMap(pairs -> pairs);
    }

    @ParameterizedTest(name = "{0}, then {1}")
    @MethodSource("pairs")
    void follower_of_the_events_knows_what_is_stored(Change first, Change second) throws InterruptedException {
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid")));
        HeldStore.Hold hold = held.next(first.heldCall());
        Thread one = start(chat -> first.change().accept(this));
        hold.awaitReached();
        Thread two = start(chat -> second.change().accept(this));
        await().until(() -> isAtRest(two) && erasures().allMatch(ConversationEventOrderTest::isAtRest));
        hold.release();
        one.join();
        two.join();
        for (String id : List.of("g", "new")) {
            memory.conversation(id).ifPresent(stored -> assertThat(followed(id)).isEqualTo(Known.of(stored)));
        }
    }

    static Stream<Command<?>> endingCommands() {
        return Stream.of(
                UpdateConversation.title("g", "Mine"),
                new AddMembers("g", List.of("dora")),
                new RemoveMember("g", "ann"),
                new RemoveMember("g", "bob"),
                new CreateConversation("g", ConversationKind.GROUP, null, List.of(), null),
                new CreateConversation("g", ConversationKind.OPEN, null, List.of(), null));
    }

    /** Another thread makes the second change, as the first thread could hold a lock twice. */
    @ParameterizedTest
    @MethodSource("endingCommands")
    void change_that_has_ended_delays_no_other(Command<?> command) throws InterruptedException {
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        for (String user : List.of("ann", "bob", "eve")) {
            TestSession session = fixture.user(user);
            Thread ended = start(chat -> fixture.run(session, command));
            ended.join();
            assertThat(fixture.chat().update("g", "After " + user, null).title())
                    .isEqualTo("After " + user);
        }
    }

    private static boolean isAtRest(Thread thread) {
        return AT_REST.contains(thread.getState());
    }

    private static Stream<Thread> erasures() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("roomcast-erasure"));
    }

    private Known followed(String conversationId) {
        Known known = new Known(null, Map.of());
        for (ChatEvent event : fixture.told().toldTo(ann)) {
            known = known.after(event, conversationId);
        }
        return known;
    }

    /** What a member knows of a conversation from its events. */
    private record Known(@Nullable String title, Map<String, Role> members) {
        private static Known of(Conversation conversation) {
            return new Known(
                    conversation.title(),
                    conversation.members().stream().collect(Collectors.toMap(Member::userId, Member::role)));
        }

        private Known after(ChatEvent event, String conversationId) {
            if (event instanceof ConversationUpdated updated && isOf(updated.conversation(), conversationId)) {
                Known now = of(updated.conversation());
                return now.members().isEmpty() ? new Known(now.title(), members) : now;
            } else if (event instanceof MemberAdded added && isOf(added.conversation(), conversationId)) {
                Map<String, Role> more = new HashMap<>(members);
                more.put(added.userId(), Role.MEMBER);
                return new Known(title, Map.copyOf(more));
            } else if (event instanceof MemberRemoved removed
                    && removed.conversationId().equals(conversationId)) {
                Map<String, Role> fewer = new HashMap<>(members);
                fewer.remove(removed.userId());
                return new Known(title, Map.copyOf(fewer));
            }
            return this;
        }

        private static boolean isOf(Conversation conversation, String conversationId) {
            return conversation.conversationId().equals(conversationId);
        }
    }
}
