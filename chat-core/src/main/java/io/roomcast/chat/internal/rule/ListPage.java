package io.roomcast.chat.internal.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param entries the entries of the page
 * @param next the last of them, from which the next page continues; null on the last page
 * @param <T> the type of an entry
 */
public record ListPage<T>(List<T> entries, @Nullable T next) {
    /**
     * Returns the first page of what was found.
     *
     * @param limit the maximum number of entries
     */
    public static <T> ListPage<T> of(List<T> found, int limit) {
        return found.size() <= limit
                ? new ListPage<>(found, null)
                : new ListPage<>(found.subList(0, limit), found.get(limit - 1));
    }

    /**
     * Returns the maximum number of entries of a page.
     *
     * @param requested the number that the client requested, or null if it requested none
     */
    public static int limit(@Nullable Integer requested, int byDefault, int maximum) {
        return requested == null ? byDefault : Math.min(requested, maximum);
    }
}
