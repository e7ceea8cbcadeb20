package io.roomcast.examples.benchmarks.storage;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One combination of parameters. Immutable.
 *
 * @param roundTripMillis the additional round trip time to the database in milliseconds
 * @param outstanding the number of messages in flight
 * @param rooms the number of rooms, which receive messages in turn
 */
record Cell(int roundTripMillis, int outstanding, int rooms) {
    /** Returns the ids of the rooms. */
    List<String> roomIds() {
        return IntStream.range(0, rooms).mapToObj(number -> "room-" + number).toList();
    }
}
