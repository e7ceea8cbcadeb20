package io.roomcast.chat.internal.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.spi.PushResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which devices wait after which answers of a push service, and how long. */
class PushPausesTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final PushResult LATER = PushResult.later();
    private static final String OTHER = "other";

    private final PushPauses pauses = new PushPauses();

    /** An answer for a device, seconds after noon. */
    private record Answer(long second, String deviceId, PushResult result) {
        private Instant at() {
            return NOON.plusSeconds(second);
        }
    }

    private static Answer answer(long second, String deviceId, PushResult result) {
        return new Answer(second, deviceId, result);
    }

    private static PushResult after(Duration stated) {
        return PushResult.later(stated);
    }

    static Stream<Arguments> answers() {
        PushResult minute = after(Duration.ofMinutes(1));
        PushResult hours = after(Duration.ofHours(5));
        PushResult ok = PushResult.delivered();
        return Stream.of(
                Arguments.of("one device, once", List.of(answer(0, "a", minute)), 60, 0),
                Arguments.of("one device, without a time", List.of(answer(0, "a", LATER)), 0, 0),
                Arguments.of("one device, too long", List.of(answer(0, "a", hours)), 3_600, 0),
                Arguments.of(
                        "one device, often",
                        List.of(answer(0, "a", minute), answer(1, "a", minute), answer(2, "a", minute)),
                        60,
                        0),
                Arguments.of("two devices", List.of(answer(0, "b", minute), answer(1, "a", minute)), 60, 0),
                Arguments.of(
                        "three devices",
                        List.of(answer(0, "c", minute), answer(1, "b", minute), answer(2, "a", minute)),
                        60,
                        60),
                Arguments.of(
                        "three devices, without a time",
                        List.of(answer(0, "c", LATER), answer(1, "b", LATER), answer(2, "a", LATER)),
                        1,
                        1),
                Arguments.of(
                        "three devices, too long",
                        List.of(answer(0, "c", hours), answer(1, "b", hours), answer(2, "a", hours)),
                        3_600,
                        900),
                Arguments.of(
                        "three devices, not within a minute",
                        List.of(answer(0, "c", minute), answer(30, "b", minute), answer(61, "a", minute)),
                        60,
                        0),
                Arguments.of(
                        "three devices, with a success between",
                        List.of(
                                answer(0, "c", minute),
                                answer(1, "b", minute),
                                answer(2, OTHER, ok),
                                answer(3, "a", minute)),
                        60,
                        0),
                Arguments.of(
                        "three devices, with a refusal between",
                        List.of(
                                answer(0, "c", LATER),
                                answer(1, "b", LATER),
                                answer(2, OTHER, PushResult.gone()),
                                answer(3, "a", LATER)),
                        0,
                        0),
                Arguments.of("one device, then a success", List.of(answer(0, "a", minute), answer(61, "a", ok)), 0, 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void device_waits_and_so_do_all_if_several_fail(
            String name, List<Answer> answers, long deviceSeconds, long serviceSeconds) {
        answers.forEach(one -> pauses.answered(one.deviceId(), one.result(), one.at()));
        Instant now = answers.get(answers.size() - 1).at();
        assertThat(wait("a", now)).isEqualTo(Duration.ofSeconds(deviceSeconds));
        assertThat(wait(OTHER, now)).isEqualTo(Duration.ofSeconds(serviceSeconds));
        assertThat(pauses.isStopped(now)).isEqualTo(serviceSeconds > 0);
    }

    private Duration wait(String deviceId, Instant now) {
        Duration wait = Duration.between(now, pauses.until(deviceId));
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    @Test
    void pauses_of_a_service_that_stays_unavailable_grow_to_a_quarter_of_an_hour() {
        Instant now = NOON;
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            pauses.answered("device" + i, LATER, now);
            Duration wait = wait(OTHER, now);
            if (!wait.isZero()) {
                waits.add(wait.toSeconds());
            }
            now = now.plus(wait).plusMillis(1);
        }
        assertThat(waits).startsWith(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 900L, 900L);
        assertThat(waits).hasSizeGreaterThan(20);
    }

    @Test
    void answers_of_calls_in_progress_count_once() {
        IntStream.range(0, 8).forEach(i -> pauses.answered("device" + i, LATER, NOON));
        assertThat(wait(OTHER, NOON)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void devices_that_are_known_to_wait_are_limited() {
        PushResult minute = after(Duration.ofMinutes(1));
        IntStream.range(0, 5_000).forEach(i -> {
            pauses.answered("device" + i, minute, NOON);
            pauses.answered(OTHER, PushResult.delivered(), NOON);
        });
        long waiting = IntStream.range(0, 5_000)
                .filter(i -> !wait("device" + i, NOON).isZero())
                .count();
        assertThat(waiting).isEqualTo(PushPauses.MAX_DEVICES);
        assertThat(pauses.isEmpty(NOON)).isFalse();
        Instant later = NOON.plusSeconds(60);
        assertThat(pauses.isEmpty(later)).isTrue();
        pauses.answered("late", minute, later);
        assertThat(wait("late", later)).isEqualTo(Duration.ofMinutes(1));
    }
}
