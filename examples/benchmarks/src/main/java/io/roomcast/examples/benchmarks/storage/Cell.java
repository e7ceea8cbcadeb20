package io.roomcast.examples.benchmarks.storage;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One combination of the matrix.
 *
 * @param roundTripMillis the added round-trip time to the database
 * @param outstanding the messages in flight
 * @param rooms the rooms that receive them in turn
 */
record Cell(int roundTripMillis, int outstanding, int rooms) {
    List<String> roomIds() {
        return IntStream.range(0, rooms).mapToObj(number -> "room-" + number).toList();
    }
}
