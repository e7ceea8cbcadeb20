package io.roomcast.chat.socketio.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The result of comparing values with their types. */
final class Findings {
    private final List<String> complaints = new ArrayList<>();
    private final TreeMap<String, Set<Boolean>> optional = new TreeMap<>();

    void complain(String path, String complaint) {
        complaints.add(path + ": " + complaint);
    }

    void require(boolean holds, String path, String expectation) {
        if (!holds) {
            complain(path, "expected " + expectation);
        }
    }

    /** Records whether an optional field was present. */
    void saw(String path, boolean present) {
        optional.computeIfAbsent(path, unseen -> new HashSet<>()).add(present);
    }

    void addAll(Findings others) {
        complaints.addAll(others.complaints);
        others.optional.forEach((path, seen) -> seen.forEach(present -> saw(path, present)));
    }

    List<String> complaints() {
        return complaints;
    }

    /** Returns the optional fields that were present in all values, or in none. */
    Stream<String> neverOptional() {
        return optional.entrySet().stream()
                .filter(entry -> entry.getValue().size() == 1)
                .map(entry ->
                        entry.getKey() + (entry.getValue().contains(true) ? ": always present" : ": never present"));
    }
}
