package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.RefreshToken;
import io.roomcast.chat.event.SessionRevoked;
import io.roomcast.chat.event.SessionRevoked.Reason;
import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.event.TokenExpiring;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The lifetime of a session, and what ends it. */
class ChatServiceTokenTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final SessionRevoked EXPIRED = new SessionRevoked(Reason.TOKEN_EXPIRED);

    private final ChatStore store = ChatStore.inMemory();
    private final ChatFixture fixture =
            ChatFixture.with(builder -> builder.store(store).authenticator(this::ownerOf));
    private final Instant start = fixture.time().clock().instant();
    private final int timers = fixture.time().timers();

    private Principal ownerOf(String token) {
        return switch (token) {
            case "ann-for-ever" -> Principal.of("ann");
            case "ann-until-three" -> Principal.of("ann").expiringAt(start.plus(HOUR.multipliedBy(3)));
            case "ann-until-now" -> Principal.of("ann").expiringAt(start);
            case "bob" -> Principal.of("bob");
            case "broken" -> throw new IllegalStateException("broken by " + token);
            default -> throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        };
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private TestSession annFor(Duration time) {
        return fixture.session(Principal.of("ann").expiringAt(start.plus(time)));
    }

    private Answer<RefreshToken.Refreshed> refresh(TestSession session, String token) {
        return fixture.run(session, new RefreshToken(token));
    }

    @Test
    void session_receives_its_user_and_limits() {
        Instant end = start.plus(HOUR);
        TestSession ann = TestSession.of(Principal.of("ann").expiringAt(end));
        assertThat(fixture.engine().open(ann))
                .isEqualTo(new SessionStarted(
                        "ann",
                        "ann",
                        store.epoch(),
                        start,
                        end,
                        false,
                        Limits.defaults(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of()));
        assertThat(fixture.engine().open(TestSession.anonymous()).userId()).isNull();
    }

    @Test
    void expired_token_is_refused() {
        Answer<Principal> answer = new Answer<>();
        fixture.engine().authenticate("ann-until-now", answer);
        assertThat(answer.code()).isEqualTo(ErrorCode.TOKEN_EXPIRED);
    }

    @Test
    void end_of_a_token_is_announced() {
        TestSession ann = annFor(HOUR);
        fixture.time().advance(HOUR.minusSeconds(60).minusMillis(1));
        assertThat(fixture.told().toldTo(ann)).isEmpty();
        fixture.time().advance(Duration.ofMillis(1));
        assertThat(fixture.told().toldTo(ann))
                .containsExactly(new TokenExpiring(start.plus(HOUR), Duration.ofSeconds(60)));
    }

    @Test
    void token_that_ends_soon_is_announced_immediately() {
        TestSession ann = annFor(Duration.ofSeconds(7));
        fixture.time().advance(Duration.ZERO);
        assertThat(fixture.told().toldTo(ann))
                .containsExactly(new TokenExpiring(start.plusSeconds(7), Duration.ofSeconds(7)));
    }

    @Test
    void session_continues_for_a_while_and_then_ends() {
        TestSession ann = annFor(HOUR);
        fixture.time().advance(HOUR.plusSeconds(25).minusMillis(1));
        assertThat(fixture.send(ann, "room", "hello").result().duplicate()).isFalse();
        assertThat(ann.hasEnded()).isFalse();
        fixture.time().advance(Duration.ofMillis(1));
        assertThat(ann.hasEnded()).isTrue();
        assertThat(fixture.told().toldTo(ann)).hasSize(2).last().isEqualTo(EXPIRED);
    }

    @Test
    void ended_session_receives_nothing_more() {
        TestSession ann = annFor(HOUR);
        fixture.run(ann, JoinRoom.of("room")).result();
        fixture.time().advance(HOUR.plusSeconds(25));
        fixture.chat().send("room", NewMessage.system("hello")).join();
        assertThat(fixture.told().messagesTo(ann)).isEmpty();
        fixture.time().advance(HOUR);
        await().until(() -> fixture.time().timers() == timers);
    }

    @Test
    void clock_that_is_set_back_lets_a_session_go_on() {
        TestSession ann = annFor(HOUR.multipliedBy(2));
        fixture.time().adjustClock(HOUR.negated());
        fixture.time().advance(HOUR.multipliedBy(2));
        assertThat(fixture.told().toldTo(ann)).isEmpty();
        fixture.time().advance(HOUR.plusSeconds(25));
        assertThat(ann.hasEnded()).isTrue();
    }

    @Test
    void end_at_the_maximum_time_is_none() {
        TestSession ann = fixture.session(Principal.of("ann").expiringAt(Instant.MAX));
        fixture.time().advance(HOUR);
        assertThat(fixture.told().toldTo(ann)).isEmpty();
    }

    @Test
    void new_token_moves_the_end() {
        TestSession ann = annFor(HOUR);
        fixture.time().advance(HOUR);
        fixture.told().clear();
        Instant three = start.plus(HOUR.multipliedBy(3));
        assertThat(refresh(ann, "ann-until-three").result().expiresAt()).isEqualTo(three);
        fixture.time().advance(HOUR);
        assertThat(fixture.told().toldTo(ann)).isEmpty();
        fixture.time().advance(HOUR.plusSeconds(25));
        assertThat(fixture.told().toldTo(ann))
                .containsExactly(new TokenExpiring(three, Duration.ofSeconds(60)), EXPIRED);
    }

    @Test
    void new_token_may_have_no_end() {
        TestSession ann = annFor(HOUR);
        assertThat(refresh(ann, "ann-for-ever").result().expiresAt()).isNull();
        await().until(() -> fixture.time().timers() == timers);
    }

    @Test
    void token_of_another_user_changes_nothing() {
        TestSession ann = annFor(HOUR);
        assertThat(refresh(ann, "bob").code()).isEqualTo(ErrorCode.USER_MISMATCH);
        assertThat(refresh(ann, "wrong").code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(refresh(ann, "ann-until-now").code()).isEqualTo(ErrorCode.TOKEN_EXPIRED);
        assertThat(refresh(ann, "").code()).isEqualTo(ErrorCode.MISSING_FIELDS);
        fixture.time().advance(HOUR.plusSeconds(25));
        assertThat(ann.hasEnded()).isTrue();
    }

    @Test
    void authenticator_that_throws_shows_nothing_of_the_token() {
        ChatException refusal = refresh(annFor(HOUR), "broken").refusal();
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(refusal.getCause()).isNull();
        assertThat(new RefreshToken("secret").toString()).doesNotContain("secret");
    }

    @Test
    void token_is_of_no_use_to_an_anonymous_session() {
        assertThat(refresh(fixture.anonymous(), "ann-for-ever").code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void session_that_ended_by_itself_leaves_no_timer() {
        TestSession ann = annFor(HOUR);
        fixture.engine().close(ann);
        fixture.engine().close(ann);
        refresh(ann, "ann-until-three").result();
        fixture.time().advance(Duration.ofSeconds(10));
        await().until(() -> fixture.time().timers() == timers);
    }

    @Test
    void revoking_ends_all_sessions_of_a_user() {
        TestSession phone = fixture.userIn("room", "ann");
        TestSession desk = fixture.userIn("room", "ann");
        TestSession bob = fixture.userIn("room", "bob");
        fixture.chat().revoke("ann").join();
        fixture.chat().revoke("nobody").join();
        SessionRevoked revoked = new SessionRevoked(Reason.REVOKED);
        assertThat(fixture.told().toldTo(phone)).containsExactly(revoked);
        assertThat(fixture.told().toldTo(desk)).containsExactly(revoked);
        assertThat(fixture.told().toldTo(bob)).isEmpty();
        assertThat(List.of(phone.hasEnded(), desk.hasEnded(), bob.hasEnded())).containsExactly(true, true, false);
        fixture.chat().send("room", NewMessage.system("hello")).join();
        assertThat(fixture.told().messagesTo(phone)).isEmpty();
    }
}
