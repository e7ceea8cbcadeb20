package io.roomcast.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.MessageInterceptor;
import io.roomcast.chat.time.VirtualTime;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

/** A host's test of its own interceptor in virtual time, as the documents show it. */
class QuietHoursTest {
    /** Rejects messages before 8 o'clock. */
    private record QuietHours(Clock clock) implements MessageInterceptor {
        @Override
        public MessageDraft beforeCommit(MessageDraft draft) {
            if (LocalTime.now(clock).getHour() < 8) {
                throw ChatException.rejected("Messages are accepted from 8 o'clock on");
            }
            return draft;
        }
    }

    @Test
    void messages_are_accepted_from_8_o_clock_on() {
        VirtualTime time = new VirtualTime();
        try (ChatFixture chat = ChatFixture.with(builder -> builder.interceptor(new QuietHours(time.clock())))) {
            TestSession alice = chat.userIn("conversation-1", "alice");
            assertThat(chat.send(alice, "conversation-1", "Hello?").code()).isEqualTo(ErrorCode.REJECTED);

            time.advance(Duration.ofHours(8));
            assertThat(chat.send(alice, "conversation-1", "Hello")
                            .result()
                            .message()
                            .content())
                    .isEqualTo("Hello");
        }
    }
}
