package io.roomcast.chat.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lists the components of a record, so that a test fails for a component that was added and that it does not know. */
public final class Components {
    private Components() {}

    /**
     * Returns the values by the names of the components. A record in the record counts as its components, whose names
     * then follow a dot.
     */
    public static Map<String, @Nullable Object> of(Record record) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        addTo(values, "", record);
        return values;
    }

    private static void addTo(Map<String, @Nullable Object> values, String prefix, Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(component, record);
            if (value instanceof Record inner) {
                addTo(values, prefix + component.getName() + ".", inner);
            } else {
                values.put(prefix + component.getName(), value);
            }
        }
    }

    private static @Nullable Object value(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the names of the components that are null, empty or zero. */
    public static List<String> unset(Record record) {
        return of(record).entrySet().stream()
                .filter(component -> isUnset(component.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isUnset(@Nullable Object value) {
        return value == null
                || value.equals("")
                || value.equals(false)
                || (value instanceof Number number && number.longValue() == 0)
                || (value instanceof Collection<?> elements && elements.isEmpty());
    }

    /** Returns the names of the components whose values are the same in both records. */
    public static Set<String> same(Record one, Record other) {
        Map<String, @Nullable Object> others = of(other);
        Set<String> same = new TreeSet<>();
        of(one).forEach((name, value) -> {
            if (others.containsKey(name) && Objects.equals(value, others.get(name))) {
                same.add(name);
            }
        });
        return same;
    }
}
