package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.spi.Authenticator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ChatServiceAuthenticationTest {
    private final List<String> asked = new ArrayList<>();

    private Answer<Principal> authenticate(Authenticator authenticator, String token) {
        try (ChatFixture fixture = ChatFixture.with(builder -> builder.authenticator(authenticator))) {
            Answer<Principal> answer = new Answer<>();
            fixture.chat().authenticate(token, answer);
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
    void nobody_is_asked_about_no_token(String token) {
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
            fixture.chat().authenticate("whatever", answer);
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

    @Test
    void authenticator_that_throws_is_an_internal_error_without_its_text() {
        Answer<Principal> answer = authenticate(
                token -> {
                    throw new IllegalStateException("bad token " + token);
                },
                "secret");
        assertThat(answer.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
        assertThat(answer.refusal().text()).isEqualTo("Internal error");
    }

    @Test
    void authenticator_that_fails_with_an_error_is_answered_at_once() {
        Answer<Principal> answer = authenticate(
                token -> {
                    throw new NoClassDefFoundError("a library of the host's");
                },
                "t");
        assertThat(answer.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
    }

    @Test
    void principal_without_a_user_is_an_internal_error() {
        assertThat(authenticate(token -> Principal.anonymous(), "t").code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
        assertThat(authenticate(token -> null, "t").code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a\nb"})
    void principal_with_an_impossible_user_is_refused(String userId) {
        Principal impossible = new Principal(userId, Map.of(), null);
        assertThat(authenticate(token -> impossible, "t").code()).isEqualTo(ErrorCode.INVALID_PAYLOAD);
    }

    @Test
    void authenticator_that_takes_too_long_times_out_and_its_answer_is_ignored() throws Exception {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        CountDownLatch goOn = new CountDownLatch(1);
        Limits limits = Limits.defaults();
        try (ChatFixture fixture =
                ChatFixture.with(builder -> builder.executor(worker).authenticator(token -> await(goOn)))) {
            Answer<Principal> answer = new Answer<>();
            fixture.chat().authenticate("t", answer);
            fixture.time().advance(limits.commandTimeout().minusMillis(1));
            assertThat(answer.count()).isZero();
            fixture.time().advance(Duration.ofMillis(1_001));
            assertThat(answer.code()).isEqualTo(ErrorCode.TIMEOUT);
            goOn.countDown();
            worker.submit(() -> {}).get();
            assertThat(answer.count()).isEqualTo(1);
        } finally {
            worker.shutdownNow();
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
