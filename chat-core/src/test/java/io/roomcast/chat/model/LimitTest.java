package io.roomcast.chat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The register of limits, held against the builder, the accessors and their Javadoc. */
class LimitTest {
    private static final Set<String> NO_LIMITS = Set.of(
            "build", "set", "builder", "toBuilder", "defaults", "number", "time", "equals", "hashCode", "toString");
    private static final String BUILDER = source("LimitsBuilder");
    private static final String LIMITS = source("Limits");
    private static final String REGISTER = source("Limit");

    private static String source(String type) {
        try {
            return Files.readString(Path.of("src/main/java/io/roomcast/chat/model/" + type + ".java"))
                    .replaceAll("\\s+(\\* )?", " ");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Set<String> names(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .filter(name -> !NO_LIMITS.contains(name))
                .collect(Collectors.toSet());
    }

    @Test
    void every_limit_has_a_setter_and_an_accessor() {
        Set<String> limits = Stream.of(Limit.values()).map(Limit::settingName).collect(Collectors.toSet());
        assertThat(names(LimitsBuilder.class)).isEqualTo(limits);
        assertThat(names(Limits.class)).isEqualTo(limits);
    }

    @ParameterizedTest
    @EnumSource
    void setter_and_accessor_mean_the_limit(Limit limit) throws ReflectiveOperationException {
        Class<?> type = limit.isTime() ? Duration.class : int.class;
        Object value = limit.isTime() ? Duration.ofMillis(1_234) : (int) limit.min();
        LimitsBuilder builder = Limits.builder().historyPage(1);
        LimitsBuilder.class.getMethod(limit.settingName(), type).invoke(builder, value);
        Limits limits = builder.build();

        assertThat(limit.isTime() ? limits.time(limit) : limits.number(limit)).isEqualTo(value);
        assertThat(Limits.class.getMethod(limit.settingName()).invoke(limits)).isEqualTo(value);
    }

    @ParameterizedTest
    @EnumSource
    void default_and_amounts_count_in_the_unit(Limit limit) {
        LimitsBuilder builder =
                Limits.builder().historyPageMax(1_000).historyPage(1).set(limit, limit.max());
        Limits limits = builder.build();
        if (limit.isTime()) {
            assertThat(Limits.defaults().time(limit)).isEqualTo(limit.time(limit.defaultAmount()));
            assertThat(limits.time(limit)).isEqualTo(limit.time(limit.max()));
        } else {
            assertThat(Limits.defaults().number(limit)).isEqualTo((int) limit.defaultAmount());
            assertThat(limits.number(limit)).isEqualTo((int) limit.max());
        }
    }

    @ParameterizedTest
    @EnumSource
    void amount_out_of_the_range_is_refused_by_name(Limit limit) {
        for (long wrong : new long[] {limit.min() - 1, limit.max() + 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Limits.builder().set(limit, wrong))
                    .withMessage(
                            "%s: %d (expected: %d to %d %s)",
                            limit.settingName(), wrong, limit.min(), limit.max(), limit.unit());
        }
    }

    @Test
    void numbers_are_no_times() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limits.defaults().number(Limit.EDIT_WINDOW))
                .withMessageStartingWith("limit: EDIT_WINDOW");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limits.defaults().time(Limit.MEMBERS))
                .withMessageStartingWith("limit: MEMBERS");
    }

    /** Where this fails, the Javadoc and the register differ in the meaning, the range, the unit or the default. */
    @ParameterizedTest
    @EnumSource
    void javadoc_agrees_with_the_register(Limit limit) {
        String name = limit.settingName();
        String meaning = limit.meaning();
        String amounts = limit.isTime()
                ? meaning + ": 1 ms to " + text(limit.max()) + " " + limit.unit()
                : meaning + ", in " + limit.unit() + ": " + text(limit.min()) + " to " + text(limit.max());

        assertThat(javadoc(REGISTER, limit.name() + "("))
                .isEqualTo(meaning.substring(0, 1).toUpperCase(Locale.ROOT) + meaning.substring(1) + ".");
        assertThat(javadoc(LIMITS, "public " + (limit.isTime() ? "Duration " : "int ") + name + "("))
                .isEqualTo("Returns " + meaning + (limit.isTime() ? "." : ", in " + limit.unit() + "."));
        assertThat(javadoc(BUILDER, "public LimitsBuilder " + name + "("))
                .startsWith("Sets " + amounts + ", default DEFAULT_" + limit.name());
    }

    private static String text(long amount) {
        return String.format(Locale.ROOT, "%,d", amount);
    }

    /** Returns the text of the comment before a declaration, with links as the names that they lead to. */
    private static String javadoc(String source, String declaration) {
        String before = source.substring(0, source.indexOf(" */ " + declaration));
        return before.substring(before.lastIndexOf("/** ") + "/** ".length())
                .replaceAll("\\{@\\w+ (?:\\w*#)?([^}]*)}", "$1");
    }
}
