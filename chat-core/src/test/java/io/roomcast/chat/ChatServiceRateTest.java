package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.SessionRevoked;
import io.roomcast.chat.event.SessionRevoked.Reason;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.spi.RateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatServiceRateTest {
    private static final Duration WAIT = Duration.ofMillis(700);

    private final List<String> callers = new ArrayList<>();
    private final RateLimiter nothingGoes = (caller, command) -> {
        callers.add(caller);
        return WAIT;
    };
    private final ChatFixture fixture = ChatFixture.with(builder -> builder.rateLimiter(nothingGoes));
    private final TestSession ann = fixture.user("ann");

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void caller_beyond_the_rate_receives_the_time_to_retry() {
        ChatException refusal = fixture.send(ann, "room", "hello").refusal();
        assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refusal.retryAfter()).contains(WAIT);
        assertThat(fixture.told().events()).isEmpty();
    }

    @Test
    void rate_belongs_to_the_user_or_to_the_anonymous_session() {
        fixture.latest(ann, "room").refusal();
        fixture.latest(fixture.anonymous(), "room").refusal();
        assertThat(callers).containsExactly("ann", "anonymous");
    }

    @Test
    void unauthenticated_name_has_no_rate_of_its_own() {
        TestSession nobody = fixture.anonymous();
        fixture.run(nobody, new StartTyping("room", "ann")).refusal();
        fixture.run(nobody, new StartTyping("room", "bob")).refusal();
        assertThat(callers).containsExactly("anonymous", "anonymous");
    }

    @Test
    void user_cannot_name_thousands_of_others_in_a_few_seconds() {
        try (ChatFixture chat = ChatFixture.with(builder -> builder.rateLimiter(RateLimiter.tokenBuckets()))) {
            chat.user("u999");
            TestSession eve = chat.user("eve");
            List<String> members =
                    IntStream.range(1, 1_000).mapToObj(i -> "u" + i).toList();
            for (int i = 0; i < 155; i++) {
                chat.run(eve, new CreateConversation(null, ConversationKind.GROUP, null, members, null))
                        .isRefused();
            }
            assertThat(chat.told().events().stream().filter(ConversationUpdated.class::isInstance))
                    .hasSize(1);
        }
    }

    private void refuse(TestSession session, int times) {
        for (int i = 0; i < times; i++) {
            fixture.latest(session, "room").refusal();
        }
    }

    @Test
    void session_that_does_not_listen_is_ended() {
        refuse(ann, 99);
        assertThat(ann.hasEnded()).isFalse();
        refuse(ann, 1);
        assertThat(ann.hasEnded()).isTrue();
        refuse(ann, 200);
        assertThat(fixture.told().toldTo(ann)).containsExactly(new SessionRevoked(Reason.ABUSE));
    }

    @Test
    void session_that_listens_after_a_while_continues() {
        refuse(ann, 50);
        fixture.time().advance(Duration.ofSeconds(5));
        refuse(ann, 49);
        fixture.time().advance(Duration.ofSeconds(5));
        refuse(ann, 50);
        assertThat(ann.hasEnded()).isFalse();
        refuse(ann, 1);
        assertThat(ann.hasEnded()).isTrue();
    }

    @Test
    void malformed_command_costs_no_permit() {
        fixture.send(ann, "room", "").refusal();
        assertThat(callers).isEmpty();
    }

    @Test
    void host_has_no_rate() {
        fixture.chat().send("room", NewMessage.system("hello")).join();
        fixture.chat().execute(GetMessages.latest("room")).join();
        assertThat(callers).isEmpty();
    }

    @Test
    void limiter_that_throws_refuses_and_shows_nothing_of_it() {
        try (ChatFixture broken = ChatFixture.with(builder -> builder.rateLimiter((caller, command) -> {
            throw new IllegalStateException("password=secret");
        }))) {
            ChatException refusal =
                    broken.send(broken.user("ann"), "room", "hello").refusal();
            assertThat(refusal.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
            assertThat(refusal.text()).isEqualTo("Internal error");
        }
    }
}
