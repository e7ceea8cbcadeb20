package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessagePreview;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks what users receive of what they have not read. */
class UnreadCountsTest extends ReceiptCase {
    @Test
    void all_sessions_of_the_reader_receive_the_unread_count() {
        TestSession other = fixture.user("ann");
        say(5);
        read(ann, 2);
        UnreadChanged left = new UnreadChanged("g", 3, 2, 5, 0, null);
        assertThat(fixture.told().unreadTo(ann)).containsExactly(left);
        assertThat(fixture.told().unreadTo(other)).containsExactly(left);
        assertThat(fixture.told().unreadTo(bob)).isEmpty();
    }

    @Test
    void connected_members_receive_their_unread_counts() {
        fixture.send(ann, "g", "hello").result();
        assertThat(fixture.told().unreadTo(bob)).containsExactly(new UnreadChanged("g", 1, 0, 1, 0, null));
        assertThat(fixture.told().unreadTo(ann)).isEmpty();
    }

    @Test
    void new_message_is_shown_to_members_who_are_in_no_room() {
        TestSession inbox = fixture.user("bob");
        Message message = fixture.send(ann, "g", "x".repeat(100)).result().message();
        MessagePreview preview = MessagePreview.of(message);
        assertThat(preview.content()).hasSize(MessagePreview.MAX_LENGTH);
        assertThat(told(inbox, UnreadChanged.class)).containsExactly(new UnreadChanged("g", 1, 0, 1, 0, preview));
    }

    @Test
    void own_message_is_shown_to_the_senders_other_devices_outside_the_room() {
        TestSession inbox = TestSession.of("ann", "inbox");
        fixture.engine().open(inbox);
        TestSession inRoom = TestSession.of("ann", "inRoom");
        fixture.engine().open(inRoom);
        fixture.run(inRoom, JoinRoom.of("g")).result();
        Message message = fixture.send(ann, "g", "hello").result().message();
        fixture.time().advance(Duration.ofSeconds(2));

        assertThat(told(inbox, UnreadChanged.class))
                .containsExactly(new UnreadChanged("g", 0, 1, 1, 0, MessagePreview.of(message)));
        assertThat(told(inRoom, UnreadChanged.class)).isEmpty();
        assertThat(told(ann, UnreadChanged.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void changed_newest_message_is_shown_again_outside_the_room(boolean isDeletion) {
        TestSession inbox = fixture.user("bob");
        TestSession reader = fixture.user("cid");
        fixture.chat().addMembers("g", Set.of("cid"));
        Message first = fixture.send(ann, "g", "one").result().message();
        Message last = fixture.send(ann, "g", "two").result().message();
        read(reader, 2);
        fixture.run(bob, JoinRoom.of("g")).result();
        fixture.time().advance(Duration.ofSeconds(2));
        fixture.told().clear();

        change(first, false);
        fixture.time().advance(Duration.ofSeconds(2));
        assertThat(fixture.told().events()).noneMatch(UnreadChanged.class::isInstance);

        MessagePreview shown = MessagePreview.of(change(last, isDeletion));
        fixture.time().advance(Duration.ofSeconds(2));
        assertThat(told(inbox, UnreadChanged.class)).containsExactly(new UnreadChanged("g", 2, 0, 2, 0, shown));
        assertThat(told(reader, UnreadChanged.class)).containsExactly(new UnreadChanged("g", 0, 2, 2, 0, shown));
        assertThat(shown.content()).isEqualTo(isDeletion ? "" : "changed");
    }

    private Message change(Message message, boolean isDeletion) {
        return isDeletion
                ? fixture.run(ann, new DeleteMessage("g", message.id()))
                        .result()
                        .message()
                : fixture.run(ann, EditMessage.of("g", message.id(), "changed"))
                        .result()
                        .message();
    }

    @Test
    void reading_repeats_no_message_whose_text_may_have_changed() {
        TestSession inbox = fixture.user("bob");
        fixture.send(ann, "g", "one").result();
        fixture.time().advance(Duration.ofSeconds(2));
        Message last = fixture.send(ann, "g", "two").result().message();
        read(bob, 1);
        assertThat(told(inbox, UnreadChanged.class))
                .element(1)
                .isEqualTo(new UnreadChanged("g", 2, 0, 2, 0, MessagePreview.of(last)));
        assertThat(told(inbox, UnreadChanged.class)).last().isEqualTo(new UnreadChanged("g", 1, 1, 2, 0, null));
    }

    @Test
    void many_messages_change_what_is_left_once_a_second() {
        IntStream.range(0, 50).forEach(i -> fixture.send(ann, "g", "hello").result());
        fixture.time().advance(Duration.ofSeconds(2));
        assertThat(fixture.told().unreadTo(bob))
                .containsExactly(new UnreadChanged("g", 1, 0, 1, 0, null), new UnreadChanged("g", 50, 0, 50, 0, null));
    }

    @Test
    void what_was_read_meanwhile_is_not_left() {
        fixture.send(ann, "g", "one").result();
        fixture.send(ann, "g", "two").result();
        read(bob, 1);
        fixture.told().clear();
        fixture.time().advance(Duration.ofSeconds(2));
        assertThat(fixture.told().unreadTo(bob)).containsExactly(new UnreadChanged("g", 1, 1, 2, 0, null));
    }

    @Test
    void new_and_former_members_are_known_at_once() {
        TestSession cid = fixture.user("cid");
        fixture.send(ann, "g", "hello").result();
        fixture.time().advance(Duration.ofSeconds(2));
        fixture.chat().addMembers("g", Set.of("cid"));
        fixture.chat().removeMember("g", "bob");
        fixture.told().clear();
        fixture.send(ann, "g", "hello").result();
        assertThat(fixture.told().unreadTo(cid)).containsExactly(new UnreadChanged("g", 1, 1, 2, 0, null));
        assertThat(fixture.told().unreadTo(bob)).isEmpty();
    }

    @Test
    void open_conversations_change_nothing_for_other_users() {
        fixture.run(bob, JoinRoom.of("open")).result();
        fixture.send(ann, "open", "hello").result();
        fixture.time().advance(Duration.ofSeconds(2));
        assertThat(fixture.told().events()).hasSize(1).allMatch(MessageSent.class::isInstance);
    }

    @Test
    void guest_of_an_open_conversation_has_read_earlier_messages() {
        fixture.send(ann, "open", "hello").result();
        assertThat(fixture.run(bob, JoinRoom.of("open")).result().unread()).isZero();
        assertThat(fixture.run(fixture.anonymous(), JoinRoom.of("open"))
                        .result()
                        .unread())
                .isZero();
    }

    @Test
    void member_has_read_none_of_the_messages_since() {
        say(3);
        assertThat(fixture.run(bob, JoinRoom.of("g")).result().unread()).isEqualTo(3);
    }
}
