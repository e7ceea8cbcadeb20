package io.roomcast.chat.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Finds constants by the names that clients and stores see. */
final class WireNames {
    private WireNames() {}

    static <E> Optional<E> find(E[] values, Function<E, String> nameOf, String wanted) {
        return Arrays.stream(values)
                .filter(value -> nameOf.apply(value).equals(wanted))
                .findFirst();
    }
}
