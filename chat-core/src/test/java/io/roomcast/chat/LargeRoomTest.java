package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.event.ViewingStarted;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.Broadcaster;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deliveries in a room that is too large for every session to receive every activity. */
class LargeRoomTest {
    private static final class Counter implements Broadcaster {
        private long deliveries;

        @Override
        public void broadcast(ChatEvent event, List<Session> recipients) {
            deliveries += recipients.size();
        }
    }

    private final Counter counter = new Counter();
    private ChatFixture fixture = ChatFixture.with(builder ->
            builder.broadcaster(counter).limits(Limits.builder().members(10_000).build()));

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({"1000, GROUP", "1000, OPEN", "5000, GROUP", "5000, OPEN"})
    void message_with_all_its_receipts_and_typing_costs_two_deliveries_a_member(int members, ConversationKind kind) {
        List<String> users = IntStream.range(0, members).mapToObj(i -> "u" + i).toList();
        fixture.chat()
                .create(
                        kind == ConversationKind.GROUP
                                ? NewConversation.group("g", "Group", users)
                                : NewConversation.open("g"));
        List<TestSession> sessions =
                users.stream().map(user -> fixture.userIn("g", user)).toList();
        fixture.time().advance(Duration.ofSeconds(5));
        counter.deliveries = 0;
        sessions.stream()
                .limit(100)
                .forEach(session -> fixture.run(session, StartTyping.of("g")).result());
        fixture.send(sessions.get(0), "g", "hello").result();
        for (TestSession session : sessions) {
            fixture.run(session, new MarkDelivered(List.of(new MarkDelivered.Item("g", 1))))
                    .result();
            fixture.run(session, new MarkRead("g", 1)).result();
            fixture.run(session, StartViewing.of("g")).result();
            fixture.run(session, new SetPresence(Presence.Status.AWAY)).result();
        }
        fixture.time().advance(Duration.ofSeconds(20));
        assertThat(counter.deliveries).isBetween((long) members, 2L * members);
    }

    @Test
    void member_who_is_elsewhere_still_hears_what_is_unread() {
        fixture.close();
        fixture = ChatFixture.with(
                builder -> builder.limits(Limits.builder().largeRoom(1).build()));
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid")));
        TestSession ann = fixture.userIn("g", "ann");
        TestSession bob = fixture.userIn("g", "bob");
        TestSession cid = fixture.user("cid");
        fixture.send(ann, "g", "hello").result();
        assertThat(fixture.told().toldTo(cid)).containsExactly(new UnreadChanged("g", 1, 0, 1, 0));
        assertThat(fixture.told().toldTo(bob)).singleElement().isInstanceOf(MessageSent.class);
    }

    @Test
    void room_is_large_once_it_has_more_sessions_than_the_limit() {
        fixture.close();
        fixture = ChatFixture.with(
                builder -> builder.limits(Limits.builder().largeRoom(2).build()));
        TestSession ann = fixture.userIn("room", "ann");
        TestSession bob = fixture.userIn("room", "bob");
        fixture.run(ann, StartTyping.of("room")).result();
        fixture.run(ann, StartViewing.of("room")).result();
        assertThat(fixture.told().toldTo(bob))
                .containsExactly(
                        new TypingStarted("room", "ann", Limits.defaults().typingTimeout()),
                        new ViewingStarted("room", "ann"));
        TestSession cid = fixture.user("cid");
        fixture.run(cid, JoinRoom.of("room")).result();
        fixture.told().clear();
        fixture.send(bob, "room", "hello").result();
        fixture.run(ann, new MarkRead("room", 1)).result();
        fixture.run(cid, StartTyping.of("room")).result();
        fixture.time().advance(Duration.ofSeconds(20));
        assertThat(fixture.told().events())
                .noneMatch(event -> event instanceof MessagesRead
                        || event instanceof TypingStarted
                        || event instanceof TypingStopped);
        assertThat(fixture.told().messagesTo(cid)).hasSize(1);
    }
}
