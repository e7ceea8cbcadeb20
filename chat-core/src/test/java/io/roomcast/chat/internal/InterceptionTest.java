package io.roomcast.chat.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.MessageInterceptor;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterceptionTest {
    private static final int THREADS = 64;
    private static final Duration BUDGET = Duration.ofMillis(500);

    private final VirtualTime time = new VirtualTime();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final ExecutorService senders = Executors.newCachedThreadPool();
    private final MessageDraft draft =
            new MessageDraft("id", "room", "ann", "key", MessageBody.text("hello"), Instant.EPOCH);

    @AfterEach
    void stop() {
        goOn.countDown();
        senders.shutdownNow();
    }

    private Interception interception(MessageInterceptor interceptor) {
        return new Interception(interceptor, new CommandValidator(Limits.defaults()), new Timers(time.scheduler()));
    }

    private static ErrorCode refusal(Interception interception, MessageDraft draft) {
        return catchThrowableOfType(ChatException.class, () -> interception.pass(draft))
                .code();
    }

    /** Blocks whatever is done to it. */
    private MessageDraft hang(MessageDraft seen) {
        boolean over = false;
        while (!over) {
            try {
                goOn.await();
                over = true;
            } catch (InterruptedException ignored) {
                // as a host's code may do
            }
        }
        return seen;
    }

    @Test
    void interceptors_that_hang_do_not_take_more_threads_than_there_are() throws Exception {
        try (Interception interception = interception(this::hang)) {
            List<Future<ErrorCode>> refused = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                refused.add(senders.submit(() -> refusal(interception, draft)));
            }
            await().until(() -> time.timers() == THREADS);
            time.advance(BUDGET);
            for (Future<ErrorCode> one : refused) {
                assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(ErrorCode.TIMEOUT);
            }
            assertThat(refusal(interception, draft)).isEqualTo(ErrorCode.TIMEOUT);
            goOn.countDown();
            await().ignoreExceptions().until(() -> interception.pass(draft).equals(draft));
        }
        assertThat(time.timers()).isZero();
    }

    @Test
    void nobody_is_asked_where_there_is_no_interceptor() {
        try (Interception interception = interception(MessageInterceptor.none())) {
            MessageDraft unchecked = draft.withBody(MessageBody.text(""));
            assertThat(interception.pass(unchecked)).isSameAs(unchecked);
        }
    }
}
