package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.LimitsBuilder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the list of settings with the builders and the README. */
class SettingTest {
    private static final Set<String> NO_SETTINGS = Set.of("build", "mistakes", "fromEnvironment");

    static List<Setting> limits() {
        return LimitSettings.ALL;
    }

    private static Set<String> options(Class<?> builder) {
        return Stream.of(builder.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .filter(name -> !NO_SETTINGS.contains(name))
                .collect(Collectors.toSet());
    }

    private static Set<String> methods(List<Setting> settings) {
        return settings.stream().map(Setting::method).collect(Collectors.toSet());
    }

    @Test
    void every_option_of_a_builder_is_a_setting_and_no_other() {
        assertThat(methods(ServerSettings.ALL)).isEqualTo(options(ChatServerBuilder.class));
        assertThat(methods(LimitSettings.ALL)).isEqualTo(options(LimitsBuilder.class));
    }

    @Test
    void every_variable_is_one_setting() {
        assertThat(Setting.all().stream().map(Setting::variable).filter(name -> !name.isEmpty()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("limits")
    void limit_has_the_default_and_the_range_that_it_says(Setting limit) throws Exception {
        long[] ends = Stream.of(limit.range().replace(",", "").split(" to "))
                .mapToLong(Long::parseLong)
                .toArray();

        assertThat(text(limit, Limits.defaults())).isEqualTo(limit.fallback().replace(",", ""));
        for (long fits : ends) {
            assertThat(text(limit, read(limit, fits))).isEqualTo(String.valueOf(fits));
        }
        for (long wrong : new long[] {ends[0] - 1, ends[1] + 1}) {
            assertThat(builder(limit, wrong).mistakes())
                    .containsExactly(limit.variable() + ": " + wrong + " (expected: " + limit.expected() + ")");
        }
    }

    private static Limits read(Setting limit, long value) {
        return builder(limit, value).limits().build();
    }

    /** The pages have to fit together, so the other one is out of the way. */
    private static ChatServerBuilder builder(Setting limit, long value) {
        Map<String, Limits> fitting = Map.of(
                "historyPage", Limits.builder().historyPageMax(1_000).build(),
                "historyPageMax", Limits.builder().historyPage(1).build());
        return ChatServer.builder()
                .limits(fitting.getOrDefault(limit.method(), Limits.defaults()))
                .fromEnvironment(Map.of(limit.variable(), String.valueOf(value)));
    }

    private static String text(Setting limit, Limits limits) throws Exception {
        Object value = Limits.class.getMethod(limit.method()).invoke(limits);
        if (value instanceof Duration time) {
            return String.valueOf(limit.unit().equals("hours") ? time.toHours() : time.toMillis());
        }
        return String.valueOf(value);
    }

    /** If this fails, copy the expected table into the README. */
    @Test
    void readme_has_the_table() throws Exception {
        String rows = Setting.all().stream().map(SettingTest::row).collect(Collectors.joining("\n"));

        assertThat(Files.readString(Path.of("README.md")))
                .contains("| variable | builder | default | unit | range | meaning |\n|---|---|---|---|---|---|\n"
                        + rows + "\n\n");
    }

    private static String row(Setting setting) {
        return "| " + code(setting.variable()) + " | " + code(setting.method()) + " | " + setting.fallback() + " | "
                + setting.unit() + " | " + setting.range() + " | " + setting.meaning() + " |";
    }

    private static String code(String name) {
        return name.isEmpty() ? "" : "`" + name + "`";
    }
}
