package io.roomcast.chat.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.fixture.RecordSamples;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UserActivityTest {
    private static final String LIMITED = "is sent to a large room once a second";

    private static final Map<Class<?>, String> IN_LARGE_ROOMS = Map.of(
            UserJoined.class,
            LIMITED,
            UserLeft.class,
            LIMITED,
            CustomEventSent.class,
            "comes from staff or the host alone in a large room",
            UserUpdated.class,
            "is sent once for each change by the host",
            RoomStats.class,
            "is sent to a large room every two seconds",
            PresenceChanged.class,
            "goes to subscribers alone if all rooms are large");

    static Stream<ChatEvent> events() {
        return RecordSamples.types(ChatEvent.class).map(type -> (ChatEvent) new RecordSamples(1).of(type));
    }

    @ParameterizedTest
    @MethodSource("events")
    void large_rooms_do_not_receive_what_each_user_does(ChatEvent event) {
        boolean isVolatile = event.delivery() == Delivery.VOLATILE;
        boolean isReceived = IN_LARGE_ROOMS.containsKey(event.getClass());
        assertThat(event instanceof UserActivity)
                .as("%s is a UserActivity, or there is a reason here why not", event.getClass())
                .isEqualTo(isVolatile && !isReceived);
    }
}
