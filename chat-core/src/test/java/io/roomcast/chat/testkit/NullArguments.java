package io.roomcast.chat.testkit;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.MentionQuery;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls all that hosts can call with a null in each place that does not permit one.
 *
 * @param samples what to pass elsewhere, by type
 */
public record NullArguments(PublicApi api, Map<Class<?>, Supplier<?>> samples) {
    /** One null in one place. */
    public record Call(Executable executable, int index) {
        private Parameter parameter() {
            return executable.getParameters()[index];
        }

        @Override
        public String toString() {
            return executable.getDeclaringClass().getSimpleName() + "." + name() + " with "
                    + parameter().getName() + " = null";
        }

        private String name() {
            return executable instanceof Constructor ? "new" : executable.getName();
        }
    }

    /** Every place that must not be null. */
    public Stream<Call> calls() {
        return api.executables().filter(NullArguments::isCalledByHosts).flatMap(NullArguments::calls);
    }

    /**
     * Returns whether hosts call the executable. Excludes ports, which the library calls, and the methods that every
     * object has.
     */
    private static boolean isCalledByHosts(Executable executable) {
        Class<?> type = executable.getDeclaringClass();
        boolean isPort = type.isInterface() && !Modifier.isStatic(executable.getModifiers());
        return !isPort
                && type != Checks.class
                && !Set.of("equals", "compareTo", "accept", "valueOf").contains(executable.getName());
    }

    private static Stream<Call> calls(Executable executable) {
        return Stream.iterate(0, i -> i < executable.getParameterCount(), i -> i + 1)
                .map(i -> new Call(executable, i))
                .filter(call -> !call.parameter().getType().isPrimitive() && !mayBeNull(call.parameter()));
    }

    private static boolean mayBeNull(Parameter parameter) {
        AnnotatedType type = parameter.getAnnotatedType();
        // The JDK does not report the annotation of a nested type here.
        return type.isAnnotationPresent(Nullable.class)
                || Set.of(ConversationQuery.Cursor.class, MentionQuery.Cursor.class, JoinRoom.Joined.class)
                        .contains(parameter.getType());
    }

    /** How the call ends: with an exception whose text names the parameter, or a complaint of ours; empty if rightly. */
    public Optional<String> complaint(Call call) {
        try {
            invoke(call);
            return Optional.of("accepted");
        } catch (InvocationTargetException refused) {
            Throwable cause = refused.getCause();
            boolean isTold = cause instanceof NullPointerException || cause instanceof IllegalArgumentException;
            boolean isNamed = String.valueOf(cause.getMessage())
                    .startsWith(call.parameter().getName());
            return isTold && isNamed ? Optional.empty() : Optional.of(cause.toString());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void invoke(Call call) throws ReflectiveOperationException {
        Object[] arguments = Arrays.stream(call.executable().getParameterTypes())
                .map(this::sample)
                .toArray();
        arguments[call.index()] = null;
        if (call.executable() instanceof Constructor<?> constructor) {
            constructor.newInstance(arguments);
            return;
        }
        Method method = (Method) call.executable();
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        method.invoke(isStatic ? null : sample(method.getDeclaringClass()), arguments);
    }

    private Object sample(Class<?> type) {
        Supplier<?> sample = samples.get(type);
        if (sample != null) {
            return sample.get();
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (!type.isRecord()) {
            throw new IllegalStateException("no sample of " + type);
        }
        return record(type);
    }

    /** A record made of samples. */
    private Object record(Class<?> type) {
        Class<?>[] parts = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(parts)
                    .newInstance(Arrays.stream(parts).map(this::sample).toArray());
        } catch (ReflectiveOperationException unfit) {
            throw new IllegalStateException("no sample of " + type, unfit);
        }
    }
}
