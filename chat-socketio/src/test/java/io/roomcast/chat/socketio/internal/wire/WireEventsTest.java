package io.roomcast.chat.socketio.internal.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.event.MessageSent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The index accepts exactly one wire form for every permitted event. */
class WireEventsTest {
    private final List<WireEvent<?>> events = new ArrayList<>(WireEvents.all());

    @Test
    void missing_event_is_named() {
        events.removeIf(event -> event.type() == MessageSent.class);

        assertThatThrownBy(() -> WireEvents.index(events))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("events without a wire form: [MessageSent]");
    }

    @Test
    void event_with_two_wire_forms_is_refused() {
        events.addAll(WireEvents.all());

        assertThatThrownBy(() -> WireEvents.index(events)).isInstanceOf(IllegalStateException.class);
    }
}
