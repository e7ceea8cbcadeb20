package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.testkit.RecordingListener;
import org.junit.jupiter.api.Test;

class ListenerCallsTest {
    private final RecordingListener listener = new RecordingListener();
    private final ListenerCalls calls = new ListenerCalls(listener);

    @Test
    void channel_with_many_lost_frames_is_reported_once() {
        for (int i = 0; i < 1_000; i++) {
            calls.addLost("c:" + i % 3);
        }
        calls.reportLost();
        calls.reportLost();

        assertThat(listener.unacknowledged()).containsExactlyInAnyOrder("c:0", "c:1", "c:2");
        assertThat(listener.manyUnacknowledged()).isZero();
    }

    @Test
    void more_channels_than_are_remembered_are_reported_together() {
        for (int i = 0; i < 3 * ListenerCalls.MAX_LOST; i++) {
            calls.addLost("c:" + i);
        }
        calls.reportLost();
        calls.addLost("c:1");
        calls.reportLost();

        assertThat(listener.manyUnacknowledged()).isEqualTo(1);
        assertThat(listener.unacknowledged()).containsExactly("c:1");
    }
}
