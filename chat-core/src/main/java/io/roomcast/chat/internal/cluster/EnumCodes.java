package io.roomcast.chat.internal.cluster;

import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The codes of an enum's constants in frames: 1 to 255, never changed. Immutable. */
final class EnumCodes<E extends Enum<E>> {
    private static final int CODES = 256;

    private final ToIntFunction<E> codes;
    private final @Nullable Object[] constants = new Object[CODES];

    /**
     * Creates the codes of an enum.
     *
     * @param codes returns the code of a constant; a switch without a default, so that it does not compile with a
     *     constant missing
     */
    EnumCodes(Class<E> type, ToIntFunction<E> codes) {
        this.codes = codes;
        for (E constant : type.getEnumConstants()) {
            constants[codes.applyAsInt(constant)] = constant;
        }
    }

    int codeOf(E constant) {
        return codes.applyAsInt(constant);
    }

    /** Returns the constant with the given code, or null if there is none. */
    @SuppressWarnings("unchecked")
    @Nullable
    E constantOf(int code) {
        return (E) constants[code];
    }
}
