package io.roomcast.chat.internal.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.spi.CallStore;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.DeviceStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TimedStoreTest {
    /** Methods that do not reach the database. */
    private static final Set<String> UNMEASURED =
            Set.of("inMemory", "epoch", "clusterKey", "noteHead", "devices", "calls", "close");

    private final FailingStore store = new FailingStore();
    private final List<String> calls = new ArrayList<>();
    private long nanos;
    private final ChatStore timed = new TimedStore(store, new Written(), () -> nanos += 5);

    private final class Written implements ChatMetrics {
        @Override
        public void onStoreCall(String operation, Duration took, @Nullable ErrorCode failure) {
            calls.add(operation + " " + took.toNanos() + " " + failure);
        }
    }

    static Stream<Method> operations() {
        return Stream.of(ChatStore.class.getMethods()).filter(method -> !UNMEASURED.contains(method.getName()));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_operation_is_measured_under_its_name(Method operation) {
        store.failWith(() -> new IllegalStateException("broken"));

        assertThatThrownBy(() -> operation.invoke(timed, absentArguments(operation)))
                .isInstanceOf(InvocationTargetException.class)
                .hasRootCauseMessage("broken");

        assertThat(calls).containsExactly(operation.getName() + " 5 INTERNAL_ERROR");
    }

    static Stream<Arguments> operationsOfParts() {
        return Stream.of(Map.entry("devices", DeviceStore.class), Map.entry("calls", CallStore.class))
                .flatMap(part ->
                        Stream.of(part.getValue().getMethods()).map(operation -> arguments(part.getKey(), operation)));
    }

    @ParameterizedTest
    @MethodSource("operationsOfParts")
    void every_operation_of_a_part_is_measured_under_its_name(String part, Method operation) throws Exception {
        store.failWith(() -> new IllegalStateException("broken"));
        Object stored = ChatStore.class.getMethod(part).invoke(timed);

        assertThatThrownBy(() -> operation.invoke(stored, absentArguments(operation)))
                .isInstanceOf(InvocationTargetException.class)
                .hasRootCauseMessage("broken");

        assertThat(calls).containsExactly(part + "." + operation.getName() + " 5 INTERNAL_ERROR");
    }

    /** The arguments do not matter, as the store fails first. */
    private static Object[] absentArguments(Method operation) {
        return Stream.of(operation.getParameterTypes())
                .map(type -> type == long.class ? (Object) 0L : type == int.class ? (Object) 0 : null)
                .toArray();
    }

    @Test
    void successful_call_is_measured() {
        timed.ping();

        assertThat(calls).containsExactly("ping 5 null");
    }

    @Test
    void other_calls_are_forwarded() {
        timed.close();
        timed.noteHead("c", 7);

        assertThat(store.closes()).isEqualTo(1);
        assertThat(store.notedHeads()).containsExactly("c 7");
        assertThat(timed.epoch()).isEqualTo(store.epoch());
        assertThat(timed.clusterKey().orElseThrow())
                .isEqualTo(store.clusterKey().orElseThrow());
        assertThat(calls).isEmpty();
    }
}
