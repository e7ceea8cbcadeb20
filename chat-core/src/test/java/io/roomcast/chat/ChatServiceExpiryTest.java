package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.GetMessage;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.Position;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that expire, and messages that are stored only as the next one. */
class ChatServiceExpiryTest {
    private static final Duration LIFE = Duration.ofSeconds(5);

    private final ChatFixture fixture = ChatFixture.start();
    private final TestSession ann = fixture.userIn("room", "ann");
    private final TestSession bob = fixture.userIn("room", "bob");

    @AfterEach
    void close() {
        fixture.close();
    }

    private static SendMessage message(String content, @Nullable Duration expiresIn, @Nullable Long ifLatestSeq) {
        return new SendMessage(
                "room",
                null,
                MessageType.TEXT,
                content,
                List.of(),
                "key-" + content,
                null,
                List.of(),
                null,
                expiresIn,
                ifLatestSeq,
                null);
    }

    @Test
    void expiring_message_is_sent_to_the_room_with_its_time() {
        Message sent = fixture.run(ann, message("x", LIFE, null)).result().message();

        assertThat(sent.expiresAt()).isEqualTo(sent.createdAt().plus(LIFE));
        assertThat(fixture.told().toldTo(bob)).contains(new MessageSent(sent));
    }

    @Test
    void expired_message_is_in_no_answer() {
        String epoch = fixture.engine().open(TestSession.of("x")).epoch();
        fixture.send(ann, "room", "first").result();
        Message expired = fixture.run(ann, message("x", LIFE, null)).result().message();
        fixture.send(ann, "room", "third").result();
        fixture.time().advance(LIFE);

        assertThat(fixture.latest(bob, "room").result().messages())
                .extracting(Message::seq)
                .containsExactly(1L, 3L);
        assertThat(fixture.run(bob, new GetMessage("room", expired.id())).code())
                .isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        assertThat(fixture.run(ann, EditMessage.of("room", expired.id(), "y")).code())
                .isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        SyncRoom.Synced synced =
                fixture.run(bob, SyncRoom.of("room", Position.START, epoch)).result();
        assertThat(synced.page().messages()).extracting(Message::seq).containsExactly(1L, 3L);
        assertThat(synced.page().covered()).isEqualTo(new Position(3, 0));
        assertThat(fixture.send(ann, "room", "next").result().message().seq()).isEqualTo(4);
    }

    @Test
    void message_that_is_not_the_next_one_is_refused_and_not_sent() {
        fixture.send(ann, "room", "first").result();
        fixture.told().clear();
        ChatException refusal = refusal(message("x", null, 0L));

        assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal.latestSeq()).contains(1L);
        assertThat(fixture.told().messagesTo(bob)).isEmpty();
        Message sent = fixture.run(ann, message("x", null, 1L)).result().message();
        assertThat(sent.seq()).isEqualTo(2);
        assertThat(fixture.told().messagesTo(bob)).containsExactly(sent);
    }

    private ChatException refusal(SendMessage command) {
        CompletionException failure = catchThrowableOfType(
                CompletionException.class, () -> fixture.run(ann, command).result());
        return ChatException.from(failure);
    }

    @Test
    void repetition_returns_the_message_although_others_followed() {
        Message sent = fixture.run(ann, message("x", null, 0L)).result().message();
        fixture.send(bob, "room", "second").result();

        assertThat(fixture.run(ann, message("x", null, 0L)).result()).isEqualTo(new SendMessage.Sent(sent, true));
    }
}
