package io.roomcast.chat.socketio.contract;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Rate;
import io.roomcast.chat.socketio.internal.packet.Packets;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Creates records from their declarations, so that the samples include each new component.
 *
 * @param size the number of elements in lists, each larger than the previous one; with 0, every value is the minimum
 */
record Samples(int size) {
    private static final Map<String, Object> TEXTS_WITH_A_FORM =
            Map.of("metadata", "{\"any\":1}", "features", Packets.MESSAGES_BATCH);

    /** Returns the minimum and larger samples. */
    static Stream<Samples> all() {
        return Stream.of(new Samples(0), new Samples(1), new Samples(2), new Samples(3), new Samples(4));
    }

    <T> T of(Class<T> type) {
        return type.cast(record(type));
    }

    private Object record(Class<?> type) {
        if (type == JoinRooms.Result.class) {
            return result();
        } else if (type == Rate.class) {
            return new Rate("rate" + size, size + 1, size + 1);
        }
        return type == Limits.class ? Limits.defaults() : ofComponents(type);
    }

    /** Returns a result with either a page or a refusal; only refusals of invalid entries name a field. */
    private JoinRooms.Result result() {
        return switch (size) {
            case 0 -> new JoinRooms.Result("x", null, ChatException.of(ErrorCode.FORBIDDEN));
            case 3 -> new JoinRooms.Result("x", null, ChatException.invalid("conversationId"));
            default -> new JoinRooms.Result("x", new Samples(size == 1 ? 0 : size).of(JoinRoom.Joined.class), null);
        };
    }

    private Object ofComponents(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Stream.of(components)
                .map(component -> value(component.getName(), component.getAnnotatedType()))
                .toArray();
        try {
            Class<?>[] types =
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            return canonical.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type + " cannot be created", impossible);
        }
    }

    private @Nullable Object value(String name, AnnotatedType type) {
        if (size == 0 && type.isAnnotationPresent(Nullable.class)) {
            return null;
        }
        if (type instanceof AnnotatedParameterizedType list) {
            AnnotatedType element = list.getAnnotatedActualTypeArguments()[0];
            return IntStream.range(0, size)
                    .mapToObj(index -> new Samples(index).value(name, element))
                    .toList();
        }
        return simple(name, (Class<?>) type.getType());
    }

    private Object simple(String name, Class<?> type) {
        if (type == String.class) {
            return TEXTS_WITH_A_FORM.getOrDefault(name, size == 0 ? "x" : name);
        } else if (type == long.class || type == Long.class) {
            return (long) size;
        } else if (type == int.class || type == Integer.class) {
            return size;
        } else if (type == boolean.class) {
            return size > 0;
        } else if (type == Instant.class) {
            return Instant.EPOCH.plusMillis(size);
        } else if (type == Duration.class) {
            return Duration.ofMillis(size);
        }
        return type.isEnum() ? type.getEnumConstants()[size % type.getEnumConstants().length] : record(type);
    }
}
