package io.roomcast.chat.socketio.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.event.AnnotationChanged;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.PinChanged;
import io.roomcast.chat.event.ReactionsChanged;
import io.roomcast.chat.fixture.RecordSamples;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.socketio.internal.packet.Packets;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every component of every event reaches the clients, so that a new field is not forgotten on the wire. */
class EveryComponentTest {
    private static final RecordSamples SAMPLES = new RecordSamples(2);

    /** Components that are not sent, with the reason. */
    private static final Map<String, String> NOT_SENT = Map.of(
            "conversation.retention", "concerns the store alone",
            "page.lost", "such a page is not sent, but syncRequired",
            "receipt.kind", "is the name of the event");

    static Stream<Arguments> components() {
        return RecordSamples.types(ChatEvent.class)
                .map(type -> (Record) SAMPLES.of(type))
                .flatMap(event -> paths(event, List.of()).map(path -> Arguments.of(event, path)));
    }

    private static Stream<List<String>> paths(Record record, List<String> before) {
        return Arrays.stream(record.getClass().getRecordComponents()).flatMap(component -> {
            List<String> path = Stream.concat(before.stream(), Stream.of(component.getName()))
                    .toList();
            Object value = value(component, record);
            return value instanceof Record inner && !(value instanceof Message && isSummarized(record))
                    ? paths(inner, path)
                    : Stream.of(path);
        });
    }

    /** Returns whether the event has only the changed part of its message. */
    private static boolean isSummarized(Record record) {
        return record instanceof AnnotationChanged
                || record instanceof MessageDeleted
                || record instanceof PinChanged
                || record instanceof ReactionsChanged;
    }

    @ParameterizedTest
    @MethodSource("components")
    void component_is_sent(Record event, List<String> path) {
        String name = String.join(".", path);
        boolean isSent = !json((ChatEvent) altered(event, path)).equals(json((ChatEvent) event));
        assertThat(isSent)
                .as("%s of %s is sent, or there is a reason here why not", name, event.getClass())
                .isNotEqualTo(NOT_SENT.containsKey(name));
    }

    private static JsonNode json(ChatEvent event) {
        return Encoded.event(Packets.event(event));
    }

    private static Record altered(Record record, List<String> path) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> component.getName().equals(path.get(0))
                        ? altered(value(component, record), path.subList(1, path.size()))
                        : value(component, record))
                .toArray();
        try {
            Constructor<?> canonical = record.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            return (Record) canonical.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object altered(Object value, List<String> path) {
        if (value instanceof Record inner) {
            return path.isEmpty() ? new RecordSamples(3).of(inner.getClass()) : altered(inner, path);
        } else if (value instanceof String text) {
            return text.startsWith("{") ? "{\"other\":2}" : text + "2";
        } else if (value instanceof Long number) {
            return number + 1;
        } else if (value instanceof Integer number) {
            return number + 1;
        } else if (value instanceof Boolean flag) {
            return !flag;
        } else if (value instanceof Instant time) {
            return time.plusSeconds(1);
        } else if (value instanceof Duration time) {
            return time.plusSeconds(1);
        } else if (value instanceof List<?> elements) {
            return elements.subList(0, 1);
        } else if (value instanceof Map<?, ?> entries) {
            return Map.of(
                    "other",
                    entries.isEmpty() ? Map.of() : entries.values().iterator().next());
        } else if (value instanceof Limits) {
            return Limits.builder().contentLength(99).build();
        } else if (value instanceof ChatException refusal) {
            return ChatException.of((ErrorCode) other(refusal.code()));
        }
        return other((Enum<?>) value);
    }

    private static Object other(Enum<?> value) {
        return Stream.of(value.getDeclaringClass().getEnumConstants())
                .filter(constant -> constant != value)
                .findFirst()
                .orElseThrow();
    }

    private static Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
