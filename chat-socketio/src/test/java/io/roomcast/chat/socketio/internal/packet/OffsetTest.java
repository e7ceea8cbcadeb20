package io.roomcast.chat.socketio.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.Delivery;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.fixture.RecordSamples;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OffsetTest {
    private static final Map<Class<?>, String> WITHOUT_OFFSET = Map.of(
            RoomSynced.class, "is replayed as the events in it",
            SyncRequired.class, "stores nothing");

    static Stream<ChatEvent> events() {
        return RecordSamples.types(ChatEvent.class).map(type -> (ChatEvent) new RecordSamples(1).of(type));
    }

    @ParameterizedTest
    @MethodSource("events")
    void event_that_can_be_fetched_again_has_an_offset(ChatEvent event) {
        boolean isFetched = event.delivery() == Delivery.RECOVERABLE;
        boolean isException = WITHOUT_OFFSET.containsKey(event.getClass());
        assertThat(Offset.of(event) != null)
                .as("%s has an offset, or there is a reason here why not", event.getClass())
                .isEqualTo(isFetched && !isException);
    }
}
