package io.roomcast.chat.socketio.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.socketio.internal.packet.Offset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the record under all orders of the event loop, which sends events, and a worker, which joins a room. Every
 * method holds the monitor, so the orders of whole calls are all orders.
 */
class SentOffsetsInterleavingsTest {
    private static final List<Offset> SENT = List.of(message(5), message(6), change(2), message(7));

    private static Offset message(long seq) {
        return new Offset("room", Offset.Kind.MESSAGE, seq);
    }

    private static Offset change(long version) {
        return new Offset("room", Offset.Kind.CHANGE, version);
    }

    /** Returns all orders of the events and a join at the position of seq 5. */
    private static Stream<List<Consumer<SentOffsets>>> orders() {
        List<List<Consumer<SentOffsets>>> orders = new ArrayList<>();
        for (int join = 0; join <= SENT.size(); join++) {
            List<Consumer<SentOffsets>> order = new ArrayList<>();
            SENT.forEach(offset -> order.add(sent -> sent.add(offset)));
            order.add(join, SentOffsetsInterleavingsTest::join);
            orders.add(order);
        }
        return orders.stream();
    }

    private static void join(SentOffsets sent) {
        sent.recordingRooms(new Ignored())
                .succeeded(new JoinRoom.Joined("room", "epoch", new Position(5, 1), 0, null, 1, false, null, null));
    }

    private static final class Ignored implements Reply<JoinRoom.Joined> {
        @Override
        public void succeeded(JoinRoom.Joined result) {}

        @Override
        public void failed(ChatException refusal) {}
    }

    @ParameterizedTest
    @MethodSource("orders")
    void position_has_what_was_received_and_nothing_that_was_missed(List<Consumer<SentOffsets>> order) {
        SentOffsets sent = new SentOffsets(null, Map.of());
        order.forEach(step -> step.accept(sent));

        for (int received = 0; received <= SENT.size(); received++) {
            String offset = received == 0 ? null : SENT.get(received - 1).text();
            Position position = sent.trail()
                    .orElseThrow()
                    .positionsAfter(offset)
                    .orElseThrow()
                    .get("room");
            assertThat(position).isEqualTo(expected(received));
        }
    }

    private static Position expected(int received) {
        Position position = new Position(5, 1);
        for (Offset offset : SENT.subList(0, received)) {
            position = offset.received(position);
        }
        for (Offset offset : SENT.subList(received, SENT.size())) {
            position = offset.missed(position);
        }
        return position;
    }

    @ParameterizedTest
    @MethodSource("orders")
    void dropped_packets_make_every_position_unknown(List<Consumer<SentOffsets>> order) {
        for (int dropped = 0; dropped <= order.size(); dropped++) {
            List<Consumer<SentOffsets>> steps = new ArrayList<>(order);
            steps.add(dropped, SentOffsets::invalidate);
            SentOffsets sent = new SentOffsets(null, Map.of());
            steps.forEach(step -> step.accept(sent));

            assertThat(sent.trail()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void offset_before_the_recorded_ones_is_unknown(List<Consumer<SentOffsets>> order) {
        SentOffsets sent = new SentOffsets(null, Map.of());
        order.forEach(step -> step.accept(sent));
        for (int seq = 8; seq < 8 + SentOffsets.LENGTH; seq++) {
            sent.add(message(seq));
        }

        assertThat(sent.trail().orElseThrow().positionsAfter(SENT.get(2).text()))
                .isEmpty();
        assertThat(sent.trail().orElseThrow().positionsAfter(SENT.get(3).text()))
                .contains(Map.of("room", new Position(7, 2)));
    }
}
