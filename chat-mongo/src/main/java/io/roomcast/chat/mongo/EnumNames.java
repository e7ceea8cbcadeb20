package io.roomcast.chat.mongo;

import java.util.Arrays;
import java.util.function.Function;
import org.bson.BsonInvalidOperationException;
import org.jspecify.annotations.Nullable;

/** Reads the constants that are stored by their names on the wire. */
final class EnumNames {
    private EnumNames() {}

    static <E extends Enum<E>> E constant(E[] constants, Function<E, String> wireName, @Nullable String stored) {
        return Arrays.stream(constants)
                .filter(constant -> wireName.apply(constant).equals(stored))
                .findFirst()
                .orElseThrow(() -> new BsonInvalidOperationException("an unknown value"));
    }
}
