package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.command.RegisterDevice;
import io.roomcast.chat.command.UnregisterDevice;
import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.PushRecorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How users register and remove the devices on which they are notified. */
class DevicesTest {
    private static final Map<String, String> KEYS = Map.of("p256dh", "key", "auth", "secret");

    private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private final FailingStore store = new FailingStore(ChatStore.inMemory(Clock.fixed(start, ZoneOffset.UTC)));
    private final ChatFixture fixture =
            ChatFixture.with(builder -> builder.store(store).push(new PushRecorder()));
    private final TestSession ann = fixture.user("ann");
    private final TestSession bob = fixture.user("bob");

    @AfterEach
    void close() {
        fixture.close();
    }

    private static RegisterDevice register(String token) {
        return new RegisterDevice("web", token, KEYS, null, "de-AT");
    }

    private List<String> tokensOf(String userId) {
        return store.devices().of(List.of(userId)).getOrDefault(userId, List.of()).stream()
                .map(PushDevice::token)
                .toList();
    }

    @Test
    void session_has_what_clients_need() {
        SessionStarted started = fixture.engine().open(TestSession.of("cid"));
        assertThat(started.supports()).containsExactly("push");
        assertThat(started.push()).isEqualTo(Map.of("web", Map.of("applicationServerKey", "key")));
    }

    @Test
    void token_belongs_to_the_user_who_registered_it_last() {
        String first = fixture.run(ann, register("a")).result().deviceId();
        assertThat(fixture.run(ann, register("a")).result().deviceId()).isEqualTo(first);
        assertThat(tokensOf("ann")).containsExactly("a");

        assertThat(fixture.run(bob, register("a")).result().deviceId()).isEqualTo(first);
        assertThat(tokensOf("ann")).isEmpty();
        assertThat(tokensOf("bob")).containsExactly("a");

        fixture.run(ann, new UnregisterDevice("a")).result();
        assertThat(tokensOf("bob")).containsExactly("a");
        fixture.run(bob, new UnregisterDevice("a")).result();
        fixture.run(bob, new UnregisterDevice("a")).result();
        assertThat(tokensOf("bob")).isEmpty();
    }

    @Test
    void eleventh_device_replaces_the_oldest() {
        for (int i = 0; i < 11; i++) {
            fixture.run(ann, register("device" + i)).result();
            fixture.time().advance(Duration.ofSeconds(1));
        }
        assertThat(tokensOf("ann")).hasSize(10).startsWith("device10").doesNotContain("device0");
    }

    @Test
    void devices_of_a_user_who_is_revoked_or_erased_are_removed() {
        fixture.run(ann, register("a")).result();
        fixture.run(bob, register("b")).result();
        fixture.chat().revoke("ann").join();
        assertThat(tokensOf("ann")).isEmpty();
        fixture.chat().eraseUser("bob").join();
        assertThat(tokensOf("bob")).isEmpty();
    }

    @Test
    void revocation_fails_if_the_devices_cannot_be_removed() {
        fixture.run(ann, register("a")).result();
        store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        assertThatThrownBy(() -> fixture.chat().revoke("ann").join()).hasCauseInstanceOf(ChatException.class);
        store.recover();
        fixture.chat().revoke("ann").join();
        assertThat(tokensOf("ann")).isEmpty();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(new RegisterDevice("", "a", KEYS, null, null), ErrorCode.MISSING_FIELDS, "platform"),
                Arguments.of(new RegisterDevice("web", "", KEYS, null, null), ErrorCode.MISSING_FIELDS, "token"),
                Arguments.of(new RegisterDevice("Web", "a", KEYS, null, null), ErrorCode.INVALID_PAYLOAD, "platform"),
                Arguments.of(new RegisterDevice("apns", "a", KEYS, null, null), ErrorCode.INVALID_PAYLOAD, "platform"),
                Arguments.of(register("a b"), ErrorCode.INVALID_PAYLOAD, "token"),
                Arguments.of(register("a".repeat(2_049)), ErrorCode.INVALID_PAYLOAD, "token"),
                Arguments.of(register("forged"), ErrorCode.INVALID_PAYLOAD, "token"),
                Arguments.of(register("broken"), ErrorCode.INTERNAL_ERROR, null),
                Arguments.of(
                        new RegisterDevice("web", "a", Map.of("$x", "key"), null, null),
                        ErrorCode.INVALID_PAYLOAD,
                        "keys"),
                Arguments.of(
                        new RegisterDevice("web", "a", Map.of("auth", "a".repeat(257)), null, null),
                        ErrorCode.INVALID_PAYLOAD,
                        "keys.auth"),
                Arguments.of(new RegisterDevice("web", "a", KEYS, null, "de_AT"), ErrorCode.INVALID_PAYLOAD, "locale"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void invalid_device_is_refused(RegisterDevice command, ErrorCode code, String field) {
        ChatException refusal = fixture.run(ann, command).refusal();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.field().orElse(null)).isEqualTo(field);
        assertThat(tokensOf("ann")).isEmpty();
    }

    @Test
    void client_without_a_user_has_no_devices() {
        assertThat(fixture.run(fixture.anonymous(), register("a")).code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void chat_without_notifiers_supports_no_devices() {
        try (ChatFixture plain = ChatFixture.with(builder -> builder.store(ChatStore.inMemory()))) {
            TestSession cid = plain.user("cid");
            assertThat(plain.run(cid, register("a")).code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
            assertThat(plain.run(cid, new UnregisterDevice("a")).code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
            assertThat(plain.engine().open(TestSession.of("dan")).push()).isEmpty();
        }
    }

    @Test
    void platform_has_one_notifier() {
        ChatEngineBuilder builder = ChatEngine.builder();
        assertThatThrownBy(() -> builder.push(new PushRecorder(), new PushRecorder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("web");
        assertThatThrownBy(() -> builder.pushDelay(Duration.ofSeconds(-1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whenOffline");
        assertThatThrownBy(() -> builder.pushDelay(Duration.ZERO, Duration.ofHours(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whenConnected");
    }
}
