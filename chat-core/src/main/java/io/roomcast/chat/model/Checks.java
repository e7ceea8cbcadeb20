package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the collections that callers pass, and copies them. */
public final class Checks {
    private static final String HOLE = ": contains null (expected: no nulls)";

    private Checks() {}

    /**
     * Copies a list.
     *
     * @param name the parameter's name
     * @throws NullPointerException if it is null or contains null; the text names the parameter
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
     * Copies a set.
     *
     * @param name the parameter's name
     * @throws NullPointerException if it is null or contains null; the text names the parameter
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
     * Copies a map.
     *
     * @param name the parameter's name
     * @throws NullPointerException if it is null or contains null; the text names the parameter
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
