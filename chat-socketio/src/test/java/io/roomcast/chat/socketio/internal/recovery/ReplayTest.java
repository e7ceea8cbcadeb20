package io.roomcast.chat.socketio.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.ReceiptPage;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A restored client receives every kind of change as the whole state of the message. */
class ReplayTest {
    private final Message message = Drafts.full("room", "alice", "bob").at(1);

    @Test
    void change_of_each_kind_is_replayed_with_the_whole_message() {
        Changes.ofEachKind().forEach((kind, steps) -> {
            Message changed = message;
            for (Change step : steps.on(message, "alice")) {
                changed = step.applyTo(changed, changed.version() + 1);
            }
            ChatEvent expected = changed.isDeleted() ? new MessageDeleted(changed) : new MessageEdited(changed);
            assertThat(replayed(changed)).as(kind.getSimpleName()).containsExactly(expected);
        });
    }

    private static List<ChatEvent> replayed(Message changed) {
        Replay replay = new Replay(Map.of("room", new Position(1, 0)), Instant.now());
        Position covered = new Position(1, changed.version());
        return replay.events(new RoomSynced(
                new CatchUp("room", List.of(changed), covered, false, false), ReceiptPage.EMPTY, "epoch"));
    }
}
