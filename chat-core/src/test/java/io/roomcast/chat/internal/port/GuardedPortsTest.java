package io.roomcast.chat.internal.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every guard forwards all methods of its port, including default methods. */
class GuardedPortsTest {
    static Stream<Arguments> methods() {
        return Stream.of(
                        methods(RateLimiter.class, GuardedLimiter.class),
                        methods(ChatMetrics.class, GuardedMetrics.class),
                        methods(ChatStore.class, TimedStore.class))
                .flatMap(each -> each);
    }

    private static Stream<Arguments> methods(Class<?> port, Class<?> guard) {
        return Arrays.stream(port.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(method -> Arguments.of(guard, method));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void guard_forwards_every_call(Class<?> guard, Method method) {
        assertThatCode(() -> assertThat(guard.getDeclaredMethod(method.getName(), method.getParameterTypes()))
                        .isNotNull())
                .doesNotThrowAnyException();
    }
}
