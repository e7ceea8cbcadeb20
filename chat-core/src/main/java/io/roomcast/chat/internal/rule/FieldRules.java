package io.roomcast.chat.internal.rule;

import io.roomcast.chat.model.ChatException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks numbers and lists that occur in many commands. */
public final class FieldRules {
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private FieldRules() {}

    /** Refuses the field with {@link io.roomcast.chat.model.ErrorCode#INVALID_PAYLOAD} unless the condition holds. */
    static void require(boolean condition, String field) {
        if (!condition) {
            throw ChatException.invalid(field);
        }
    }

    /** Returns whether the number is not negative and JavaScript represents it exactly. */
    static boolean isCount(long number) {
        return number >= 0 && number <= MAX_SAFE_INTEGER;
    }

    /** Checks the size of a page; null stands for the default. Sizes above the maximum are reduced later. */
    public static void pageSize(@Nullable Integer limit) {
        require(limit == null || limit >= 1, "limit");
    }

    /** Checks each entry of a list. A refusal names the index of the entry. */
    static <T> void each(List<T> entries, String list, Consumer<T> check) {
        for (int i = 0; i < entries.size(); i++) {
            try {
                check.accept(entries.get(i));
            } catch (ChatException refusal) {
                throw refusal.inEntry(list, i);
            }
        }
    }
}
