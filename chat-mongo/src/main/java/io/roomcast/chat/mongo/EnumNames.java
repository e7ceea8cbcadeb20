package io.roomcast.chat.mongo;

import java.util.Arrays;
import java.util.function.Function;
import org.bson.BsonInvalidOperationException;
import org.jspecify.annotations.Nullable;

/** Reads enum constants, which are stored under their names of the wire protocol. */
final class EnumNames {
    private EnumNames() {}

    /**
     * Returns the constant with the stored name.
     *
     * @throws BsonInvalidOperationException if there is none
     */
    static <E extends Enum<E>> E constant(E[] constants, Function<E, String> wireName, @Nullable String stored) {
        return Arrays.stream(constants)
                .filter(constant -> wireName.apply(constant).equals(stored))
                .findFirst()
                .orElseThrow(() -> new BsonInvalidOperationException("an unknown value"));
    }
}
