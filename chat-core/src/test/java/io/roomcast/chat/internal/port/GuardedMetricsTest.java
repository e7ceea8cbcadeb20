package io.roomcast.chat.internal.port;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.roomcast.chat.spi.ChatMetrics;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuardedMetricsTest {
    static Stream<Method> measurements() {
        return Stream.of(ChatMetrics.class.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic());
    }

    @ParameterizedTest
    @MethodSource("measurements")
    void every_measurement_is_forwarded(Method measurement) {
        assertThatCode(() ->
                        GuardedMetrics.class.getDeclaredMethod(measurement.getName(), measurement.getParameterTypes()))
                .doesNotThrowAnyException();
    }
}
