package io.roomcast.chat;

import static io.roomcast.chat.fixture.ChatFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatServiceSendingTest {
    private final FailingStore store = new FailingStore();
    private final List<String> order = new ArrayList<>();
    private final ChatFixture fixture = ChatFixture.with(builder -> builder.store(store));
    private final TestSession ann = fixture.userIn("room", "ann");
    private final TestSession bob = fixture.userIn("room", "bob");

    @AfterEach
    void close() {
        fixture.close();
    }

    private static SendMessage keyed(String content, String key) {
        return SendMessage.of("room", null, MessageType.TEXT, content, null, key);
    }

    @Test
    void message_is_stored_and_sent_to_the_whole_room() {
        Message sent = fixture.send(ann, "room", "hello").result().message();
        assertThat(fixture.told().messagesTo(ann)).containsExactly(sent);
        assertThat(fixture.told().messagesTo(bob)).containsExactly(sent);
        assertThat(fixture.latest(bob, "room").result().messages()).containsExactly(sent);
    }

    @Test
    void message_has_its_content_time_and_sender() {
        Message sent = fixture.send(ann, "room", "hello").result().message();
        assertThat(sent.senderId()).isEqualTo("ann");
        assertThat(sent.content()).isEqualTo("hello");
        assertThat(sent.seq()).isEqualTo(1);
        assertThat(sent.version()).isZero();
        assertThat(sent.createdAt()).isEqualTo(fixture.time().clock().instant());
        assertThat(sent.clientMessageId()).isEqualTo(sent.id());
    }

    @Test
    void message_keeps_its_attachment_and_key() {
        Attachment picture = new Attachment("/files/1", "a.png", 17L, "image/png");
        SendMessage command = SendMessage.of("room", null, MessageType.IMAGE, null, picture, "key-1");
        Message sent = fixture.run(ann, command).result().message();
        assertThat(sent.attachment()).isEqualTo(picture);
        assertThat(sent.clientMessageId()).isEqualTo("key-1");
        assertThat(sent.content()).isEmpty();
    }

    @Test
    void message_is_stored_without_controls() {
        assertThat(fixture.send(ann, "room", "a\0b\nc").result().message().content())
                .isEqualTo("ab\nc");
    }

    @Test
    void sender_has_the_answer_before_others_have_the_event() {
        ChatFixture ordered = ChatFixture.with(
                builder -> builder.broadcaster((event, recipients) -> order.add("told " + recipients)));
        TestSession sender = ordered.userIn("room", "ann");
        ordered.engine().execute(sender, text("room", "hello"), new Answer<>(() -> order.add("answered")));
        assertThat(order).containsExactly("answered", "told [ann]");
        ordered.close();
    }

    @Test
    void sender_outside_the_room_sends_and_receives_nothing() {
        TestSession visitor = fixture.user("visitor");
        fixture.send(visitor, "room", "hello").result();
        assertThat(fixture.told().messagesTo(visitor)).isEmpty();
        assertThat(fixture.told().messagesTo(bob)).hasSize(1);
    }

    @Test
    void detached_session_sends_and_receives_nothing() {
        Session request = Session.detached(Principal.of("ann"));
        assertThat(fixture.send(request, "room", "hello").result().message().senderId())
                .isEqualTo("ann");
        assertThat(fixture.told().toldTo(request)).isEmpty();
    }

    @Test
    void other_rooms_receive_nothing() {
        TestSession carl = fixture.userIn("elsewhere", "carl");
        fixture.send(ann, "room", "hello").result();
        assertThat(fixture.told().toldTo(carl)).isEmpty();
    }

    @Test
    void message_that_the_store_refused_is_not_sent() {
        store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        assertThat(fixture.send(ann, "room", "hello").code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
        assertThat(fixture.told().events()).isEmpty();
    }

    @Test
    void store_that_throws_is_an_internal_error_without_its_text() {
        store.failWith(() -> new IllegalStateException("password=secret"));
        ChatException refusal = fixture.send(ann, "room", "hello").refusal();
        assertThat(refusal.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
        assertThat(refusal.text()).isEqualTo("Internal error");
        assertThat(fixture.told().events()).isEmpty();
    }

    @Test
    void store_that_fails_with_an_error_is_answered_and_the_conversation_continues() {
        store.failWith(() -> new NoSuchMethodError("wrong driver"));
        assertThat(fixture.send(ann, "room", "hello").code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
        store.recover();
        assertThat(fixture.send(ann, "room", "again").result().message().seq()).isEqualTo(1);
    }

    @Test
    void store_that_recovers_takes_the_retry() {
        store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        fixture.run(ann, keyed("hello", "key-1")).refusal();
        store.recover();
        assertThat(fixture.run(ann, keyed("hello", "key-1")).result().duplicate())
                .isFalse();
        assertThat(fixture.told().messagesTo(bob)).hasSize(1);
    }

    @Test
    void repeat_answers_the_stored_message_and_sends_no_event() {
        Message first = fixture.run(ann, keyed("hello", "key-1")).result().message();
        fixture.told().clear();
        SendMessage.Sent repeat =
                fixture.run(ann, keyed("other words", "key-1")).result();
        assertThat(repeat.duplicate()).isTrue();
        assertThat(repeat.message()).isEqualTo(first);
        assertThat(fixture.told().events()).isEmpty();
    }

    @Test
    void same_key_of_another_sender_is_another_message() {
        fixture.run(ann, keyed("hello", "key-1")).result();
        assertThat(fixture.run(bob, keyed("hello", "key-1")).result().duplicate())
                .isFalse();
    }

    @Test
    void messages_without_key_are_never_repeats() {
        fixture.send(ann, "room", "hello").result();
        assertThat(fixture.send(ann, "room", "hello").result().message().seq()).isEqualTo(2);
    }

    @Test
    void malformed_message_is_refused_and_not_sent() {
        assertThat(fixture.send(ann, "room", "").code()).isEqualTo(ErrorCode.MISSING_FIELDS);
        assertThat(fixture.send(ann, "room", "x".repeat(5_001)).code()).isEqualTo(ErrorCode.MESSAGE_TOO_LONG);
        assertThat(fixture.send(ann, "no room ", "hello").code()).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        assertThat(fixture.told().events()).isEmpty();
    }

    @Test
    void reply_that_throws_does_not_prevent_the_event_to_the_room() {
        Answer<SendMessage.Sent> broken = new Answer<>(() -> {
            throw new IllegalStateException("connection gone");
        });
        fixture.engine().execute(ann, text("room", "hello"), broken);
        assertThat(broken.count()).isEqualTo(1);
        assertThat(fixture.told().messagesTo(bob)).hasSize(1);
    }

    @Test
    void broadcaster_that_throws_costs_the_sender_nothing() {
        ChatFixture broken = ChatFixture.with(builder -> builder.broadcaster((event, recipients) -> {
            throw new IllegalStateException("no network");
        }));
        TestSession sender = broken.userIn("room", "ann");
        Answer<SendMessage.Sent> first = broken.send(sender, "room", "hello");
        assertThat(first.result().message().seq()).isEqualTo(1);
        assertThat(first.count()).isEqualTo(1);
        assertThat(broken.send(sender, "room", "again").result().message().seq())
                .isEqualTo(2);
        broken.close();
    }

    @Test
    void host_sends_in_anybodys_name() {
        Message welcome =
                fixture.chat().send("room", NewMessage.system("Welcome")).join();
        Message words =
                fixture.chat().send("room", NewMessage.text("dora", "hi")).join();
        assertThat(welcome.senderId()).isEqualTo("system");
        assertThat(welcome.type()).isEqualTo(MessageType.SYSTEM);
        assertThat(words.senderId()).isEqualTo("dora");
        assertThat(fixture.told().events()).containsExactly(new MessageSent(welcome), new MessageSent(words));
    }

    @Test
    void host_that_repeats_a_key_sends_once() {
        NewMessage keyed = NewMessage.system("Welcome").withClientMessageId("welcome");
        Message first = fixture.chat().send("room", keyed).join();
        assertThat(fixture.chat().send("room", keyed).join()).isEqualTo(first);
        assertThat(fixture.told().events()).hasSize(1);
    }

    @Test
    void host_that_sends_malformed_data_receives_an_error() {
        assertThat(fixture.chat().send("room", NewMessage.text("ann", ""))).failsWithin(Duration.ofSeconds(5));
        assertThat(fixture.chat().send("no room ", NewMessage.system("hi"))).failsWithin(Duration.ofSeconds(5));
    }

    @Test
    void ids_of_messages_are_unique() {
        assertThat(IntStream.range(0, 500)
                        .mapToObj(i -> fixture.send(ann, "room", "hello")
                                .result()
                                .message()
                                .id())
                        .distinct())
                .hasSize(500);
    }
}
