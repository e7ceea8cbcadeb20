package io.roomcast.chat.socketio.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.fixture.NamedSession;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.Limit;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Rate;
import io.roomcast.chat.socketio.internal.packet.Packets;
import io.roomcast.chat.spi.RateLimiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients receive all limits and rates, the README lists them, and none refuses what another allows. */
class LimitsContractTest {
    private static final Limits DEFAULTS = Limits.defaults();
    private static final List<Rate> RATES = RateLimiter.tokenBuckets().rates();

    private static JsonNode sent() {
        SessionStarted started = new SessionStarted(
                "s", null, "epoch", Instant.EPOCH, null, false, DEFAULTS, RATES, List.of(), List.of(), Map.of());
        return Encoded.event(Packets.event(started)).path(1).path("limits");
    }

    static final List<Limit> LIMITS = List.of(Limit.values());

    @ParameterizedTest
    @FieldSource("LIMITS")
    void limit_is_sent_to_clients(Limit limit) throws ReflectiveOperationException {
        String name = limit.settingName();
        Object value = Limits.class.getMethod(name).invoke(DEFAULTS);
        JsonNode sent = sent();
        if (value instanceof Duration duration) {
            assertThat(sent.path(name + "Ms").asLong(-1)).isEqualTo(duration.toMillis());
        } else {
            assertThat(sent.path(name).asLong(-1)).isEqualTo(((Integer) value).longValue());
        }
    }

    /** Fixed limits that concern no request of a client's, or transports alone. */
    private static final Set<String> NOT_OF_REQUESTS = Set.of(
            "POSTED_BYTES",
            "POSTED_BYTES_TOGETHER",
            "EVENT_RECIPIENTS",
            "USER_NAME_LENGTH",
            "AVATAR_URL_LENGTH",
            "ANNOTATIONS",
            "ANNOTATION_KEY_LENGTH",
            "ANNOTATIONS_LENGTH",
            "DEVICES",
            "DEVICE_TOKEN_LENGTH");

    @Test
    void fixed_limits_of_requests_are_sent_to_clients() {
        List<String> names = Stream.of(FixedLimits.class.getFields())
                .map(java.lang.reflect.Field::getName)
                .filter(name -> !NOT_OF_REQUESTS.contains(name))
                .toList();
        assertThat(FixedLimits.ofRequests()).hasSameSizeAs(names);
        FixedLimits.ofRequests()
                .forEach((name, value) -> assertThat(sent().path(name).asInt()).isEqualTo(value));
    }

    @ParameterizedTest
    @FieldSource("RATES")
    void rate_is_sent_to_clients_and_stands_in_the_readme(Rate rate) throws IOException {
        JsonNode sent = sent().path("rates").path(rate.name());
        assertThat(sent.path("perSecond").asInt()).isEqualTo(rate.perSecond());
        assertThat(sent.path("burst").asInt()).isEqualTo(rate.burst());
        assertThat(Files.readString(Path.of("README.md")))
                .containsPattern(String.format(
                        Locale.ROOT,
                        "\\| `%s` \\|[^|]+\\| %,d \\| %,d \\|",
                        rate.name(),
                        rate.perSecond(),
                        rate.burst()));
    }

    private static Map<String, Rate> rates(Limits limits) {
        return RateLimiter.tokenBuckets().within(limits).rates().stream()
                .collect(Collectors.toMap(Rate::name, Function.identity()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 200, 1_000, 100_000})
    void rates_allow_a_command_for_every_room_in_one_burst(int rooms) {
        Map<String, Rate> rates = rates(Limits.builder().roomsPerSession(rooms).build());
        assertThat(Stream.of("joins", "leaves", "reads").map(rates::get)).allMatch(rate -> rate.burst() >= rooms);
    }

    @Test
    void defaults_do_not_contradict_each_other() {
        int longestRoom = DEFAULTS.idLength() + 100;
        int burst = 4 * DEFAULTS.packetsPerSecond();
        assertThat(DEFAULTS.roomsPerSession() * longestRoom).isLessThanOrEqualTo(DEFAULTS.frameBytes());
        assertThat(MarkDelivered.MAX_ITEMS * longestRoom).isLessThanOrEqualTo(DEFAULTS.frameBytes());
        assertThat(DEFAULTS.contentLength() * 4).isLessThanOrEqualTo(DEFAULTS.frameBytes());
        assertThat(DEFAULTS.frameBytes()).isLessThanOrEqualTo(DEFAULTS.pendingBytes());
        assertThat(DEFAULTS.historyPage()).isLessThanOrEqualTo(DEFAULTS.historyPageMax());
        assertThat(DEFAULTS.sessionsPerUser()).isLessThanOrEqualTo(DEFAULTS.connectionsPerAddress());
        assertThat(DEFAULTS.queuedPerConversation()).isLessThanOrEqualTo(DEFAULTS.queued());
        assertThat(DEFAULTS.typingInterval()).isLessThan(DEFAULTS.typingTimeout());
        assertThat(RATES.stream().mapToInt(Rate::burst).sum()).isLessThanOrEqualTo(burst);
        assertThat(RATES.stream().mapToInt(Rate::perSecond).sum()).isLessThanOrEqualTo(DEFAULTS.packetsPerSecond());
        assertThat(RATES).allMatch(rate -> rate.burst() <= DEFAULTS.queuedPerConversation());
    }

    @Test
    void limiter_of_a_chat_fits_its_limits() {
        Limits limits = Limits.builder().roomsPerSession(500).build();
        try (ChatEngine chat = ChatEngine.builder()
                .limits(limits)
                .rateLimiter(RateLimiter.tokenBuckets())
                .build()) {
            SessionStarted started = chat.open(new NamedSession("s", "ann"));
            assertThat(started.rates())
                    .isEqualTo(List.copyOf(
                            RateLimiter.tokenBuckets().within(limits).rates()));
        }
    }
}
