package io.roomcast.chat.socketio.contract;

import io.roomcast.chat.fixture.RecordSamples;
import io.roomcast.chat.socketio.internal.packet.Packets;
import java.util.Map;
import java.util.stream.Stream;

/** Samples of records whose texts the contract accepts. */
final class Samples {
    private Samples() {}

    static Stream<RecordSamples> all() {
        return RecordSamples.all(Map.of("features", Packets.MESSAGES_BATCH, "supports", "users"));
    }
}
