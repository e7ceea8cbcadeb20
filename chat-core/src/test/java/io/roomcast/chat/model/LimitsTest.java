package io.roomcast.chat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class LimitsTest {
    /** A number that has a range. */
    record Range(
            String name,
            int least,
            int most,
            BiFunction<LimitsBuilder, Integer, LimitsBuilder> setter,
            ToIntFunction<Limits> getter) {
        /** The pages have to fit together, so the larger one is out of the way. */
        Limits with(int value) {
            LimitsBuilder builder = Limits.builder();
            if (name.equals("historyPage")) {
                builder.historyPageMax(1_000);
            } else if (name.equals("historyPageMax")) {
                builder.historyPage(1);
            }
            return setter.apply(builder, value).build();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A time that is more than nothing, and ends. */
    record Time(String name, Duration most, BiFunction<LimitsBuilder, Duration, LimitsBuilder> setter) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Range> RANGES = List.of(
            new Range("contentLength", 1, 100_000, LimitsBuilder::contentLength, Limits::contentLength),
            new Range("idLength", 1, 1_024, LimitsBuilder::idLength, Limits::idLength),
            new Range(
                    "clientMessageIdLength",
                    1,
                    255,
                    LimitsBuilder::clientMessageIdLength,
                    Limits::clientMessageIdLength),
            new Range("fileNameLength", 1, 1_024, LimitsBuilder::fileNameLength, Limits::fileNameLength),
            new Range("fileUrlLength", 1, 8_192, LimitsBuilder::fileUrlLength, Limits::fileUrlLength),
            new Range("roomsPerSession", 1, 100_000, LimitsBuilder::roomsPerSession, Limits::roomsPerSession),
            new Range("largeRoom", 1, 1_000_000, LimitsBuilder::largeRoom, Limits::largeRoom),
            new Range("historyPage", 1, 1_000, LimitsBuilder::historyPage, Limits::historyPage),
            new Range("historyPageMax", 1, 1_000, LimitsBuilder::historyPageMax, Limits::historyPageMax),
            new Range("members", 2, 1_000_000, LimitsBuilder::members, Limits::members),
            new Range("frameBytes", 1_024, 16_777_216, LimitsBuilder::frameBytes, Limits::frameBytes),
            new Range("headerBytes", 1_024, 1_048_576, LimitsBuilder::headerBytes, Limits::headerBytes),
            new Range("requestLineBytes", 512, 65_536, LimitsBuilder::requestLineBytes, Limits::requestLineBytes),
            new Range(
                    "queuedPerConversation",
                    1,
                    1_000_000,
                    LimitsBuilder::queuedPerConversation,
                    Limits::queuedPerConversation),
            new Range("queued", 1, 10_000_000, LimitsBuilder::queued, Limits::queued),
            new Range("pendingBytes", 65_536, 1_073_741_824, LimitsBuilder::pendingBytes, Limits::pendingBytes),
            new Range("sessionsPerUser", 1, 100_000, LimitsBuilder::sessionsPerUser, Limits::sessionsPerUser),
            new Range(
                    "connectionsPerAddress",
                    1,
                    1_000_000,
                    LimitsBuilder::connectionsPerAddress,
                    Limits::connectionsPerAddress),
            new Range(
                    "handshakesPerSecond",
                    1,
                    1_000_000,
                    LimitsBuilder::handshakesPerSecond,
                    Limits::handshakesPerSecond),
            new Range("packetsPerSecond", 1, 10_000_000, LimitsBuilder::packetsPerSecond, Limits::packetsPerSecond),
            new Range("syncPage", 1, 1_000, LimitsBuilder::syncPage, Limits::syncPage),
            new Range("fileBytes", 1, 2_000_000_000, LimitsBuilder::fileBytes, Limits::fileBytes),
            new Range("uploadsPerUser", 1, 10_000, LimitsBuilder::uploadsPerUser, Limits::uploadsPerUser),
            new Range(
                    "uploadBytesPerDay", 1, 2_000_000_000, LimitsBuilder::uploadBytesPerDay, Limits::uploadBytesPerDay),
            new Range("fileTransfers", 1, 100_000, LimitsBuilder::fileTransfers, Limits::fileTransfers));

    static final List<Time> TIMES = List.of(
            new Time("commandTimeout", Duration.ofHours(1), LimitsBuilder::commandTimeout),
            new Time("typingTimeout", Duration.ofHours(1), LimitsBuilder::typingTimeout),
            new Time("typingInterval", Duration.ofHours(1), LimitsBuilder::typingInterval),
            new Time("editWindow", Duration.ofDays(36_500), LimitsBuilder::editWindow),
            new Time("deleteWindow", Duration.ofDays(36_500), LimitsBuilder::deleteWindow),
            new Time("uploadExpiry", Duration.ofDays(36_500), LimitsBuilder::uploadExpiry));

    @Test
    void every_limit_is_tested() {
        assertThat(Stream.concat(
                        RANGES.stream().map(Range::name), TIMES.stream().map(Time::name)))
                .containsExactlyInAnyOrder(
                        Stream.of(Limit.values()).map(Limit::settingName).toArray(String[]::new));
    }

    @Test
    void limits_with_the_same_values_are_equal() {
        Limits limits = Limits.builder().members(7).build();
        assertThat(limits)
                .isEqualTo(Limits.builder().members(7).build())
                .hasSameHashCodeAs(limits.toBuilder().build());
        assertThat(limits).isNotEqualTo(Limits.defaults()).isNotEqualTo("limits");
        assertThat(limits.toString()).contains("members=7").contains("commandTimeout=PT10S");
    }

    @Test
    void defaults_are_those_of_the_contract() {
        Limits limits = Limits.defaults();
        assertThat(limits.contentLength()).isEqualTo(5_000);
        assertThat(limits.frameBytes()).isEqualTo(64 * 1024);
        assertThat(limits.idLength()).isEqualTo(128);
        assertThat(limits.clientMessageIdLength()).isEqualTo(64);
        assertThat(limits.fileNameLength()).isEqualTo(255);
        assertThat(limits.fileUrlLength()).isEqualTo(2_048);
        assertThat(limits.roomsPerSession()).isEqualTo(200);
        assertThat(limits.largeRoom()).isEqualTo(200);
        assertThat(limits.historyPage()).isEqualTo(50);
        assertThat(limits.historyPageMax()).isEqualTo(100);
        assertThat(limits.members()).isEqualTo(1_000);
        assertThat(limits.syncPage()).isEqualTo(300);
    }

    @Test
    void default_times_are_those_of_the_contract() {
        Limits limits = Limits.defaults();
        assertThat(limits.commandTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(limits.typingTimeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(limits.typingInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(limits.editWindow()).isEqualTo(Duration.ofHours(24));
        assertThat(limits.deleteWindow()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void default_queues_are_bounded() {
        assertThat(Limits.defaults().queuedPerConversation()).isEqualTo(1_000);
        assertThat(Limits.defaults().queued()).isEqualTo(10_000);
    }

    @Test
    void builder_without_settings_builds_the_defaults() {
        assertThat(Limits.builder().build()).isEqualTo(Limits.defaults());
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("RANGES")
    void number_may_be_at_either_end_of_its_range(Range range) {
        assertThat(range.getter.applyAsInt(range.with(range.least))).isEqualTo(range.least);
        assertThat(range.getter.applyAsInt(range.with(range.most))).isEqualTo(range.most);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("RANGES")
    void number_outside_its_range_is_refused_by_name(Range range) {
        for (int value : new int[] {range.least - 1, range.most + 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> range.with(value))
                    .withMessage("%s: %d (expected: %d to %d)", range.name, value, range.least, range.most);
        }
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("TIMES")
    void time_outside_its_range_is_refused_by_name(Time time) {
        for (Duration value : List.of(Duration.ZERO, Duration.ofMillis(-1), time.most.plusNanos(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> time.setter.apply(Limits.builder(), value).build())
                    .withMessage("%s: %s (expected: PT0.001S to %s)", time.name, value, time.most);
        }
    }

    @Test
    void mistakes_are_reported_together_a_line_each() {
        LimitsBuilder mistaken =
                Limits.builder().members(1).commandTimeout(Duration.ZERO).historyPage(101);
        assertThatIllegalArgumentException().isThrownBy(mistaken::build).withMessage("""
                historyPage: 101 (expected: <= historyPageMax, 100)
                members: 1 (expected: 2 to 1000000)
                commandTimeout: PT0S (expected: PT0.001S to PT1H)""");
    }

    @Test
    void limits_can_be_built_upon() {
        Limits base =
                Limits.builder().members(7).typingTimeout(Duration.ofSeconds(3)).build();
        assertThat(base.toBuilder().build()).isEqualTo(base);
        assertThat(base.toBuilder().members(8).build().typingTimeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void times_are_set_as_given() {
        Limits limits = Limits.builder()
                .commandTimeout(Duration.ofSeconds(1))
                .typingTimeout(Duration.ofSeconds(2))
                .typingInterval(Duration.ofSeconds(3))
                .build();
        assertThat(limits.commandTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(limits.typingTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(limits.typingInterval()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void page_larger_than_the_largest_page_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limits.builder().historyPage(101).build())
                .withMessage("historyPage: 101 (expected: <= historyPageMax, 100)");
    }
}
