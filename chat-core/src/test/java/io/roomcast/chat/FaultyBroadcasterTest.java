package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.ChatListener;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broadcaster that fails on one kind of event. */
class FaultyBroadcasterTest {
    private final Recorder told = new Recorder();
    private final Queue<Message> heard = new ConcurrentLinkedQueue<>();
    private Class<? extends ChatEvent> poison = UserLeft.class;
    private final ChatFixture fixture =
            ChatFixture.with(builder -> builder.broadcaster(faulty()).listener(listener()));
    private final TestSession ann = fixture.user("ann");
    private final TestSession bob = fixture.user("bob");

    private Broadcaster faulty() {
        return (ChatEvent event, List<Session> recipients) -> {
            if (poison.isInstance(event)) {
                throw new IllegalStateException("no room for this");
            }
            told.broadcast(event, recipients);
        };
    }

    private ChatListener listener() {
        return new ChatListener() {
            @Override
            public void onMessageSent(Message message) {
                heard.add(message);
            }
        };
    }

    @BeforeEach
    void meet() {
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        fixture.run(ann, JoinRoom.of("g")).result();
        fixture.run(bob, JoinRoom.of("g")).result();
        fixture.run(bob, StartTyping.of("g")).result();
        told.clear();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void everything_else_is_sent() {
        poison = MemberRemoved.class;
        fixture.run(ann, new RemoveMember("g", "bob")).result();
        assertThat(told.toldTo(ann)).containsExactly(new TypingStopped("g", "bob"));
        assertThat(told.comingsToldTo(ann)).containsExactly(new UserLeft("g", "bob", 1));
        assertThat(told.comingsToldTo(bob)).containsExactly(new UserLeft("g", "bob", 1));
    }

    @Test
    void message_that_is_not_sent_is_answered_and_passed_to_listeners() {
        poison = MessageSent.class;
        Message sent = fixture.send(bob, "g", "hello").result().message();
        await().untilAsserted(() -> assertThat(heard).containsExactly(sent));
        assertThat(told.toldTo(ann)).contains(new TypingStopped("g", "bob"));
    }

    @Test
    void what_the_host_does_succeeds() {
        poison = MemberRemoved.class;
        fixture.chat().removeMember("g", "bob");
        assertThat(told.comingsToldTo(ann)).containsExactly(new UserLeft("g", "bob", 1));
    }
}
