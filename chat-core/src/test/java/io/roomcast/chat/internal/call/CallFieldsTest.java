package io.roomcast.chat.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.command.SignalCall;
import io.roomcast.chat.model.CallLeaveReason;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.CallSignalKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What nodes send each other about calls. */
class CallFieldsTest {
    static Stream<CallNotice> notices() {
        CallPeer ann = new CallPeer("p1", 1, "ann", true, false, true, false);
        CallPeer bob = ann.away(true);
        return Stream.of(
                new CallNotice(
                        "call", "c", "ann", CallMedia.AUDIO, Instant.EPOCH, 1, null, Set.of(), List.of(), List.of()),
                new CallNotice(
                        "call",
                        "c",
                        "ann",
                        CallMedia.VIDEO,
                        Instant.ofEpochMilli(7),
                        9,
                        Duration.ofSeconds(3),
                        Set.of("bob", "cid"),
                        List.of(ann, bob),
                        List.of(
                                CallFact.started(),
                                CallFact.of(CallFact.Kind.MOVED, bob),
                                CallFact.left(ann, CallLeaveReason.REMOVED),
                                CallFact.declined("bob"),
                                CallFact.silenced("bob", CallOutcome.MISSED),
                                CallFact.ended(CallOutcome.LOST, null))));
    }

    @ParameterizedTest
    @MethodSource("notices")
    void notice_is_read_as_it_was_written_also_with_later_fields(CallNotice notice) {
        List<String> fields = new ArrayList<>(CallFields.write(notice));
        assertThat(CallFields.readNotice(fields)).isEqualTo(notice);
        fields.add("of a later release");
        assertThat(CallFields.readNotice(fields)).isEqualTo(notice);
    }

    @ParameterizedTest
    @MethodSource("notices")
    void incomplete_notice_is_refused(CallNotice notice) {
        List<String> fields = CallFields.write(notice);
        for (int length = 0; length < fields.size(); length++) {
            List<String> part = fields.subList(0, length);
            assertThatThrownBy(() -> CallFields.readNotice(part)).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void signal_is_read_as_it_was_written() {
        for (String data : new String[] {"{}", null}) {
            SignalCall signal = new SignalCall("call", "to", CallSignalKind.CANDIDATES, data);
            assertThat(CallFields.readSignal(CallFields.write(signal, "from")))
                    .isEqualTo(new CallFields.Signal(signal, "from"));
        }
    }
}
