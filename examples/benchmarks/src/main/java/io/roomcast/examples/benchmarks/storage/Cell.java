package io.roomcast.examples.benchmarks.storage;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One point of the matrix.
 *
 * @param roundTripMillis what the way to the database and back takes longer
 * @param outstanding how many messages are on their way at any time
 * @param rooms how many rooms they are for, in turn
 */
record Cell(int roundTripMillis, int outstanding, int rooms) {
    List<String> roomIds() {
        return IntStream.range(0, rooms).mapToObj(number -> "room-" + number).toList();
    }
}
