package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.SetPrivacy;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessagesDelivered;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Presence.Status;
import io.roomcast.chat.model.Privacy;
import io.roomcast.chat.model.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other users receive about a user who hides receipts, typing or presence. */
class PrivacyTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final FailingStore store = new FailingStore();
    private final ChatFixture fixture = ChatFixture.with(builder -> builder.store(store));
    private final TestSession ann = fixture.user("ann");
    private final TestSession bob = fixture.user("bob");
    private final Presence concealed = new Presence("ann", Status.OFFLINE, null);

    @BeforeEach
    void join() {
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        fixture.run(ann, JoinRoom.of("g")).result();
        fixture.run(bob, JoinRoom.of("g")).result();
        for (int i = 0; i < 3; i++) {
            fixture.chat().send("g", NewMessage.system("hello")).join();
        }
        fixture.time().advance(LONG);
        fixture.told().clear();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Privacy set(@Nullable Boolean readReceipts, @Nullable Boolean typing, @Nullable Boolean presence) {
        return fixture.run(ann, new SetPrivacy(readReceipts, typing, presence))
                .result()
                .privacy();
    }

    private List<ChatEvent> received(TestSession session, Class<?>... types) {
        return fixture.told().toldTo(session).stream()
                .filter(event -> Stream.of(types).anyMatch(type -> type.isInstance(event)))
                .toList();
    }

    @Test
    void fields_that_are_absent_stay_and_no_field_only_reads() {
        assertThat(set(null, null, null)).isEqualTo(Privacy.OPEN);
        assertThat(store.settings(List.of("ann"))).isEmpty();
        assertThat(set(false, null, null)).isEqualTo(new Privacy(false, true, true));
        assertThat(set(null, false, null)).isEqualTo(new Privacy(false, false, true));
        assertThat(set(true, null, false)).isEqualTo(new Privacy(true, false, false));
        assertThat(set(null, null, null)).isEqualTo(new Privacy(true, false, false));
    }

    @Test
    void hidden_typing_is_sent_to_no_user() {
        set(null, false, null);
        fixture.run(ann, StartTyping.of("g")).result();
        fixture.run(ann, StopTyping.of("g")).result();
        fixture.run(ann, StartTyping.of("g")).result();
        fixture.send(ann, "g", "hello").result();
        fixture.time().advance(LONG);
        assertThat(received(bob, TypingStarted.class, TypingStopped.class)).isEmpty();

        fixture.run(bob, StartTyping.of("g")).result();
        assertThat(received(ann, TypingStarted.class)).hasSize(1);
        set(null, true, null);
        fixture.run(ann, StartTyping.of("g")).result();
        assertThat(received(bob, TypingStarted.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void typing_that_was_shown_ends(boolean isStopped) {
        fixture.run(ann, StartTyping.of("g")).result();
        set(null, false, null);
        if (isStopped) {
            fixture.run(ann, StopTyping.of("g")).result();
        } else {
            fixture.time().advance(LONG);
        }
        assertThat(received(bob, TypingStarted.class, TypingStopped.class))
                .hasSize(2)
                .last()
                .isInstanceOf(TypingStopped.class);
    }

    @Test
    void hidden_receipts_are_in_no_event_and_no_answer_but_count() {
        set(false, null, null);
        TestSession phone = fixture.user("ann");
        fixture.run(ann, new MarkDelivered(List.of(new MarkDelivered.Item("g", 1))))
                .result();
        assertThat(fixture.run(ann, new MarkRead("g", 2)).result()).isEqualTo(new MarkRead.Read(2, 1));
        fixture.time().advance(LONG);

        assertThat(received(bob, MessagesRead.class, MessagesDelivered.class)).isEmpty();
        assertThat(receipts(bob)).isEmpty();
        assertThat(received(phone, UnreadChanged.class)).contains(new UnreadChanged("g", 1, 2, 3, 0, null));

        set(true, null, null);
        assertThat(receipts(bob)).hasSize(2);
        fixture.run(ann, new MarkRead("g", 3)).result();
        assertThat(received(bob, MessagesRead.class)).hasSize(1);
    }

    /** Returns ann's receipts in both answers that have some. */
    private List<Receipt> receipts(TestSession viewer) {
        String epoch = fixture.engine().open(TestSession.of("x")).epoch();
        List<Receipt> listed =
                fixture.run(viewer, new GetReceipts("g")).result().page().receipts();
        assertThat(fixture.run(viewer, SyncRoom.of("g", Position.START, epoch))
                        .result()
                        .receipts()
                        .receipts())
                .containsExactlyInAnyOrderElementsOf(listed);
        return listed.stream().filter(receipt -> receipt.userId().equals("ann")).toList();
    }

    @Test
    void receipt_that_waits_to_be_sent_is_not_sent_once_receipts_are_hidden() {
        fixture.run(ann, new MarkRead("g", 1)).result();
        fixture.run(ann, new MarkRead("g", 2)).result();
        fixture.told().clear();
        set(false, null, null);
        fixture.time().advance(LONG);
        assertThat(received(bob, MessagesRead.class)).isEmpty();
    }

    private List<Presence> presences(TestSession viewer) {
        return fixture.told().comingsToldTo(viewer).stream()
                .filter(PresenceChanged.class::isInstance)
                .map(event -> ((PresenceChanged) event).presence())
                .toList();
    }

    @Test
    void hidden_presence_is_offline_for_others_whatever_the_user_does() {
        fixture.told().clear();
        set(null, null, false);
        assertThat(presences(bob)).containsExactly(concealed);
        assertThat(seenBy(bob)).isEqualTo(concealed);
        assertThat(seenBy(ann).status()).isEqualTo(Status.ONLINE);
        assertThat(presences(ann)).isEmpty();
        fixture.told().clear();

        fixture.run(bob, new SubscribePresence(List.of("ann"))).result();
        fixture.run(ann, new SetPresence(Status.AWAY)).result();
        fixture.time().advance(LONG);
        set(null, false, null);
        fixture.engine().close(ann);
        fixture.time().advance(LONG);
        TestSession again = fixture.userIn("g", "ann");
        fixture.time().advance(LONG);
        assertThat(presences(bob)).isEmpty();
        assertThat(seenBy(bob)).isEqualTo(concealed);

        fixture.run(again, new SetPrivacy(null, null, true)).result();
        assertThat(presences(bob)).containsExactly(new Presence("ann", Status.ONLINE, null));
        assertThat(seenBy(bob).status()).isEqualTo(Status.ONLINE);
    }

    private Presence seenBy(TestSession viewer) {
        return fixture.run(viewer, new GetPresence(List.of("ann")))
                .result()
                .presence()
                .get(0);
    }
}
