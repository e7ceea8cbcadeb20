package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.ServiceUnavailableException;
import io.roomcast.chat.spi.Authenticator;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ChatServiceAuthenticationTest {
    private final List<String> asked = new ArrayList<>();

    private Answer<Principal> authenticate(Authenticator authenticator, String token) {
        try (ChatFixture fixture = ChatFixture.with(builder -> builder.authenticator(authenticator))) {
            Answer<Principal> answer = new Answer<>();
            fixture.engine().authenticate(token, answer);
            assertThat(answer.isRefused()).isIn(true, false);
            assertThat(answer.count()).isEqualTo(1);
            return answer;
        }
    }

    @Test
    void owner_of_the_token_is_answered() {
        Principal ann = Principal.of("ann");
        assertThat(authenticate(token -> ann, "t").result()).isEqualTo(ann);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void absent_token_is_not_passed_to_the_authenticator(String token) {
        Answer<Principal> answer = authenticate(
                seen -> {
                    asked.add(seen);
                    return Principal.of("ann");
                },
                token);
        assertThat(answer.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(asked).isEmpty();
    }

    @Test
    void everybody_is_anonymous_without_an_authenticator() {
        try (ChatFixture fixture = ChatFixture.start()) {
            Answer<Principal> answer = new Answer<>();
            fixture.engine().authenticate("whatever", answer);
            assertThat(answer.result()).isEqualTo(Principal.anonymous());
        }
    }

    @Test
    void refusal_of_the_host_is_passed_on() {
        Answer<Principal> answer = authenticate(
                token -> {
                    throw ChatException.of(ErrorCode.TOKEN_EXPIRED);
                },
                "t");
        assertThat(answer.code()).isEqualTo(ErrorCode.TOKEN_EXPIRED);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IllegalStateException("bad token secret"), ErrorCode.UNAUTHENTICATED),
                Arguments.of(new IllegalArgumentException("secret"), ErrorCode.UNAUTHENTICATED),
                Arguments.of(new NullPointerException(), ErrorCode.UNAUTHENTICATED),
                Arguments.of(new SecurityException("secret"), ErrorCode.UNAUTHENTICATED),
                Arguments.of(new GeneralSecurityException("secret"), ErrorCode.UNAUTHENTICATED),
                Arguments.of(new ParseException("secret", 0), ErrorCode.UNAUTHENTICATED),
                Arguments.of(new AssertionError("secret"), ErrorCode.UNAUTHENTICATED),
                Arguments.of(new StackOverflowError("secret"), ErrorCode.UNAUTHENTICATED),
                Arguments.of(ChatException.of(ErrorCode.UNAUTHENTICATED), ErrorCode.UNAUTHENTICATED),
                Arguments.of(ChatException.of(ErrorCode.TOKEN_EXPIRED), ErrorCode.TOKEN_EXPIRED),
                Arguments.of(ChatException.of(ErrorCode.STORAGE_UNAVAILABLE), ErrorCode.STORAGE_UNAVAILABLE),
                Arguments.of(new ServiceUnavailableException("secret"), ErrorCode.UNAVAILABLE),
                Arguments.of(new NoClassDefFoundError("secret"), ErrorCode.INTERNAL_ERROR),
                Arguments.of(new OutOfMemoryError("secret"), ErrorCode.INTERNAL_ERROR));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void exception_is_a_refusal_unless_the_outcome_is_unknown(Throwable failure, ErrorCode expected) {
        Answer<Principal> answer = authenticate(
                token -> {
                    throw sneaky(failure);
                },
                "secret");
        assertThat(answer.code()).isEqualTo(expected);
        assertThat(answer.refusal().text()).doesNotContain("secret");
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> RuntimeException sneaky(Throwable failure) throws X {
        throw (X) failure;
    }

    @Test
    void principal_without_a_user_is_refused() {
        assertThat(authenticate(token -> Principal.anonymous(), "t").code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(authenticate(token -> null, "t").code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void principal_that_ends_when_time_does_has_no_end() {
        Principal eternal = Principal.of("ann").expiringAt(Instant.MAX);
        assertThat(authenticate(token -> eternal, "t").result()).isEqualTo(Principal.of("ann"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "a\nb"})
    void principal_with_an_impossible_user_is_refused(String userId) {
        Principal impossible = new Principal(userId, Map.of(), null);
        assertThat(authenticate(token -> impossible, "t").code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void authenticator_that_takes_too_long_times_out_and_its_answer_is_ignored() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (ChatFixture fixture = ChatFixture.with(builder -> builder.authenticator(token -> {
            begun.countDown();
            Principal late = await(new CountDownLatch(1));
            ended.countDown();
            return late;
        }))) {
            Answer<Principal> answer = new Answer<>();
            fixture.engine().authenticate("t", answer);
            begun.await();
            fixture.time().advance(Duration.ofMillis(4_999));
            assertThat(answer.count()).isZero();
            fixture.time().advance(Duration.ofMillis(1));
            assertThat(answer.code()).isEqualTo(ErrorCode.TIMEOUT);
            assertThat(answer.code().retryable()).isTrue();
            ended.await();
            assertThat(answer.count()).isEqualTo(1);
        }
    }

    private static Principal await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return Principal.of("ann");
    }
}
