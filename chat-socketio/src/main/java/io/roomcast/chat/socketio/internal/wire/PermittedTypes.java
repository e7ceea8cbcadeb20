package io.roomcast.chat.socketio.internal.wire;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the records that a sealed interface permits. */
final class PermittedTypes {
    private PermittedTypes() {}

    /**
     * Returns wire forms by the types that they describe.
     *
     * @param what names the types in errors
     * @param without permitted records that have no single form
     * @throws IllegalStateException if there is not exactly one for each permitted record
     */
    static <W> Map<Class<?>, W> index(
            String what, Class<?> sealed, Set<Class<?>> without, List<W> forms, Function<W, Class<?>> typeOf) {
        Map<Class<?>, W> byType = forms.stream().collect(toUnmodifiableMap(typeOf, Function.identity()));
        Set<String> missing = of(sealed)
                .filter(type -> !byType.containsKey(type) && !without.contains(type))
                .map(Class::getSimpleName)
                .collect(Collectors.toSet());
        if (!missing.isEmpty()) {
            throw new IllegalStateException(what + " without a wire form: " + missing);
        }
        return byType;
    }

    private static Stream<Class<?>> of(Class<?> type) {
        return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(PermittedTypes::of) : Stream.of(type);
    }
}
