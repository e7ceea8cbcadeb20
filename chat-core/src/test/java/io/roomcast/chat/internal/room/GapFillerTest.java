package io.roomcast.chat.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.AppendResult;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks which events fill or report a gap. */
class GapFillerTest {
    private static final SyncRequired GAP = new SyncRequired("room", SyncRequired.Reason.GAP);

    private final FailingStore store = new FailingStore();
    private final RoomRegistry rooms = new RoomRegistry(10, 200);
    private final GapFiller gapFiller = new GapFiller(rooms, new JoinBuffers(), store);

    @BeforeEach
    void join() {
        TestSession session = TestSession.of("ann");
        rooms.open(session);
        rooms.join("room", session);
        rooms.initializePosition("room", Position.START);
    }

    private List<Message> stored(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(this::storedAs).toList();
    }

    private Message storedAs(long number) {
        String id = "m" + number;
        MessageDraft draft =
                new MessageDraft(id, "room", "ann", id, MessageBody.text("message " + number), Instant.EPOCH);
        return ((AppendResult.Stored) store.append(List.of(draft)).get(0)).message();
    }

    private List<ChatEvent> missing(Message message) {
        return gapFiller.missing(new MessageSent(message), false);
    }

    private static Message at(Message message, long version) {
        return new Message(
                message.id(),
                "room",
                message.seq(),
                version,
                "ann",
                message.clientMessageId(),
                message.body(),
                message.createdAt(),
                message.createdAt(),
                null,
                List.of());
    }

    @Test
    void next_message_is_sent_alone() {
        Message first = stored(1).get(0);
        assertThat(missing(first)).containsExactly(new MessageSent(first));
    }

    @Test
    void missed_messages_are_sent_first() {
        List<Message> messages = stored(3);
        assertThat(missing(messages.get(2)))
                .isEqualTo(messages.stream().map(MessageSent::new).toList());
    }

    @Test
    void too_many_missed_messages_are_a_gap() {
        List<Message> messages = stored(GapFiller.MAX_MISSED + 2);
        Message last = messages.get(messages.size() - 1);
        assertThat(missing(last)).containsExactly(GAP, new MessageSent(last));
    }

    @Test
    void missed_messages_that_cannot_be_read_are_a_gap() {
        List<Message> messages = stored(3);
        store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        assertThat(missing(messages.get(2))).containsExactly(GAP, new MessageSent(messages.get(2)));
    }

    @Test
    void missed_change_is_a_gap() {
        Message message = stored(1).get(0);
        MessageEdited first = new MessageEdited(at(message, 1));
        MessageEdited third = new MessageEdited(at(message, 3));
        assertThat(gapFiller.missing(first)).containsExactly(first);
        assertThat(gapFiller.missing(third)).containsExactly(GAP, third);
    }

    @Test
    void room_is_caught_up_once() {
        List<Message> messages = stored(2);
        assertThat(gapFiller.missingUpTo("room", new Position(2, 1), List.of()))
                .containsExactly(new MessageSent(messages.get(0)), new MessageSent(messages.get(1)), GAP);
        assertThat(gapFiller.missingUpTo("room", new Position(2, 1), List.of())).isEmpty();
        assertThat(missing(storedAs(3))).hasSize(1);
    }

    @Test
    void empty_room_misses_nothing() {
        stored(2);
        assertThat(gapFiller.missingUpTo("elsewhere", new Position(2, 0), List.of()))
                .isEmpty();
    }
}
