package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.DeleteConversation;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.ConversationDeleted;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.event.MemberUpdated;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.event.ReactionsChanged;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The host's listener is called once for each event about something that is stored. */
@Timeout(60)
class StoredEventsListenerTest {
    private static final class Recording implements ChatListener {
        private final List<ChatEvent> events = new CopyOnWriteArrayList<>();
        private final List<Message> messages = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(ChatEvent event) {
            events.add(event);
        }

        @Override
        public void onMessageSent(Message message) {
            messages.add(message);
        }

        private void assertReceived(Class<?>... types) {
            await().untilAsserted(() -> assertThat(events).hasSizeGreaterThanOrEqualTo(types.length));
            assertThat(events).extracting(ChatEvent::getClass).isEqualTo(List.of(types));
        }
    }

    private final Recording listener = new Recording();
    private final ChatFixture fixture = ChatFixture.with(builder -> builder.listener(listener));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void messages_changes_and_receipts_are_reported_in_order() {
        TestSession ann = fixture.userIn("room", "ann");
        TestSession bob = fixture.userIn("room", "bob");
        Message sent = fixture.send(ann, "room", "hello").result().message();
        fixture.run(ann, StartTyping.of("room")).result();
        fixture.run(ann, EditMessage.of("room", sent.id(), "hi")).result();
        fixture.run(bob, new AddReaction("room", sent.id(), "+1")).result();
        fixture.run(bob, new MarkRead("room", 1)).result();
        fixture.run(ann, new DeleteMessage("room", sent.id())).result();
        listener.assertReceived(
                MessageSent.class,
                MessageEdited.class,
                ReactionsChanged.class,
                MessagesRead.class,
                MessageDeleted.class);
        assertThat(listener.events.get(0)).isEqualTo(new MessageSent(sent));
        assertThat(listener.messages).containsExactly(sent);
    }

    @Test
    void repeated_message_and_change_without_effect_are_not_reported_again() {
        TestSession ann = fixture.user("ann");
        SendMessage once = ChatFixture.text("room", "hello").withClientMessageId("k");
        Message sent = fixture.run(ann, once).result().message();
        fixture.run(ann, once).result();
        fixture.run(ann, EditMessage.of("room", sent.id(), "hello")).result();
        fixture.run(ann, EditMessage.of("room", sent.id(), "hi")).result();
        listener.assertReceived(MessageSent.class, MessageEdited.class);
    }

    @Test
    void conversations_and_members_are_reported_once_each() {
        TestSession ann = fixture.user("ann");
        fixture.run(ann, new CreateConversation("g", ConversationKind.GROUP, "Group", List.of("bob"), null))
                .result();
        fixture.run(ann, UpdateConversation.title("g", "Our group")).result();
        fixture.run(ann, new AddMembers("g", List.of("cid", "dan"))).result();
        fixture.chat().changeRole("g", "bob", Role.ADMIN);
        fixture.chat().removeMember("g", "dan");
        fixture.run(ann, new DeleteConversation("g")).result();
        listener.assertReceived(
                ConversationUpdated.class,
                ConversationUpdated.class,
                MemberAdded.class,
                MemberAdded.class,
                MemberUpdated.class,
                ConversationUpdated.class,
                MemberRemoved.class,
                ConversationDeleted.class);
        assertThat(listener.events.stream()
                        .filter(MemberAdded.class::isInstance)
                        .map(event -> ((MemberAdded) event).userId()))
                .containsExactly("cid", "dan");
    }

    @Test
    void many_members_are_reported_each() {
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann")));
        Set<String> many =
                Set.copyOf(IntStream.range(0, 20).mapToObj(i -> "u" + i).toList());
        fixture.chat().addMembers("g", many);
        await().untilAsserted(() -> assertThat(listener.events.stream().filter(MemberAdded.class::isInstance))
                .hasSize(20));
    }

    @Test
    void refused_commands_are_not_reported() {
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann")));
        assertThat(fixture.send(fixture.user("eve"), "g", "let me in").isRefused())
                .isTrue();
        fixture.send(fixture.user("ann"), "g", "hello").result();
        listener.assertReceived(ConversationUpdated.class, MessageSent.class);
    }

    @Test
    void node_of_origin_alone_is_notified_and_each_message_precedes_its_changes() {
        ChatStore store = ChatStore.inMemory();
        Recording one = new Recording();
        Recording two = new Recording();
        try (BusNetwork network = new BusNetwork();
                ChatEngine first = node(store, network, one);
                ChatEngine second = node(store, network, two)) {
            TestSession ann = joined(first, "ann");
            TestSession bob = joined(second, "bob");
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String id = run(first, ann, ChatFixture.text("room", "text " + i))
                        .message()
                        .id();
                ids.add(id);
                run(second, bob, new AddReaction("room", id, "+1"));
                run(first, ann, EditMessage.of("room", id, "text " + i + "!"));
            }
            await().untilAsserted(() -> assertThat(one.events).hasSize(100));
            await().untilAsserted(() -> assertThat(two.events).hasSize(50));
            assertThat(two.events).allMatch(ReactionsChanged.class::isInstance);
            List<String> reported =
                    one.events.stream().map(StoredEventsListenerTest::idOf).toList();
            assertThat(reported)
                    .isEqualTo(
                            ids.stream().flatMap(id -> List.of(id, id).stream()).toList());
        }
    }

    private static String idOf(ChatEvent event) {
        return event instanceof MessageSent sent
                ? sent.message().id()
                : ((MessageChanged) event).message().id();
    }

    private static ChatEngine node(ChatStore store, BusNetwork network, ChatListener listener) {
        return ChatEngine.builder()
                .store(store)
                .cluster(network.newBus())
                .listener(listener)
                .build();
    }

    private static TestSession joined(ChatEngine chat, String userId) {
        TestSession session = TestSession.of(userId);
        chat.open(session);
        run(chat, session, JoinRoom.of("room"));
        return session;
    }

    private static <R> R run(ChatEngine chat, TestSession session, Command<R> command) {
        Answer<R> answer = new Answer<>();
        chat.execute(session, command, answer);
        return answer.result();
    }
}
