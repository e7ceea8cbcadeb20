package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Copies the collections that callers pass and rejects null in them. Safe for use by any thread. */
public final class Checks {
    private static final String HOLE = ": contains null (expected: no nulls)";

    private Checks() {}

    /**
     * Returns an immutable copy of a collection, in its order.
     *
     * @param name the parameter's name
     * @throws NullPointerException if the collection is null or contains null; the message names the parameter
     */
    public static <T> List<T> list(Collection<? extends T> values, String name) {
        requireNonNull(values, name);
        try {
            return List.copyOf(values);
        } catch (NullPointerException hole) {
            throw new NullPointerException(name + HOLE);
        }
    }

    /**
     * Returns an immutable copy of a collection without repeats.
     *
     * @param name the parameter's name
     * @throws NullPointerException if the collection is null or contains null; the message names the parameter
     */
    public static <T> Set<T> set(Collection<? extends T> values, String name) {
        requireNonNull(values, name);
        try {
            return Set.copyOf(values);
        } catch (NullPointerException hole) {
            throw new NullPointerException(name + HOLE);
        }
    }

    /**
     * Returns an immutable copy of a map.
     *
     * @param name the parameter's name
     * @throws NullPointerException if the map is null or contains a null key or value; the message names the parameter
     */
    public static <K, V> Map<K, V> map(Map<? extends K, ? extends V> values, String name) {
        requireNonNull(values, name);
        try {
            return Map.copyOf(values);
        } catch (NullPointerException hole) {
            throw new NullPointerException(name + HOLE);
        }
    }
}
