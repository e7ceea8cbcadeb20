package io.roomcast.chat.socketio.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.LimitsBuilder;
import io.roomcast.chat.socketio.ChatServerBuilder;
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

/** The list of settings, held against the builders and the README. */
class SettingTest {
    private static final Set<String> NO_SETTINGS = Set.of("build", "set", "mistakes", "fromEnvironment");

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
    void limit_has_the_documented_default_and_range(Setting limit) throws Exception {
        long[] ends = Stream.of(limit.range().replace(",", "").split(" to "))
                .mapToLong(Long::parseLong)
                .toArray();

        assertThat(text(limit, Limits.defaults())).isEqualTo(limit.defaultText().replace(",", ""));
        for (long fits : ends) {
            assertThat(text(limit, read(limit, fits))).isEqualTo(String.valueOf(fits));
        }
        for (long wrong : new long[] {ends[0] - 1, ends[1] + 1}) {
            assertThat(errors(limit, wrong))
                    .containsExactly(limit.variable() + ": " + wrong + " (expected: " + limit.expected() + ")");
        }
    }

    private static Limits read(Setting limit, long value) {
        ServerOptions options = options(limit);
        new EnvironmentSettings().read(variable(limit, value), options);
        return options.limits().build();
    }

    private static List<String> errors(Setting limit, long value) {
        ServerOptions options = options(limit);
        EnvironmentSettings environment = new EnvironmentSettings();
        environment.read(variable(limit, value), options);
        ConfigurationErrors errors = new ConfigurationErrors(environment);
        options.check(null, errors);
        return errors.lines();
    }

    private static Map<String, String> variable(Setting limit, long value) {
        return Map.of(limit.variable(), String.valueOf(value));
    }

    /** Returns options that permit every size of a history page. */
    private static ServerOptions options(Setting limit) {
        Map<String, Limits> fitting = Map.of(
                "historyPage", Limits.builder().historyPageMax(1_000).build(),
                "historyPageMax", Limits.builder().historyPage(1).build());
        ServerOptions options = new ServerOptions();
        options.limits(fitting.getOrDefault(limit.method(), Limits.defaults()));
        return options;
    }

    private static String text(Setting limit, Limits limits) throws Exception {
        Object value = Limits.class.getMethod(limit.method()).invoke(limits);
        if (value instanceof Duration time) {
            return String.valueOf(limit.unit().equals("hours") ? time.toHours() : time.toMillis());
        }
        return String.valueOf(value);
    }

    @Test
    void javadoc_of_a_setter_names_the_variable_and_the_default() throws Exception {
        String source = Files.readString(Path.of("src/main/java/io/roomcast/chat/socketio/ChatServerBuilder.java"));
        for (Setting setting : ServerSettings.ALL) {
            String before = source.substring(0, source.indexOf(" ChatServerBuilder " + setting.method() + "("));
            String javadoc = before.substring(before.lastIndexOf("/**"));
            assertThat(javadoc)
                    .as(setting.method())
                    .contains(setting.variable())
                    .containsIgnoringCase("default");
        }
    }
}
