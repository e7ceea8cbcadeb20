package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.SessionRevoked;
import io.roomcast.chat.event.SessionRevoked.Reason;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Resume;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users who are revoked, or removed from a room, while they are being authenticated. */
@Timeout(30)
class RevocationRaceTest {
    private static final Principal ANN = Principal.of("ann");

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final ChatFixture fixture = ChatFixture.with(parts -> parts.authenticator(this::ownerOf));

    private Principal ownerOf(String token) {
        asked.countDown();
        if (token.equals("slow")) {
            awaitGoOn();
        }
        return ANN;
    }

    private void awaitGoOn() {
        try {
            goOn.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        goOn.countDown();
        fixture.close();
    }

    private Answer<Principal> authenticate(String token) {
        Answer<Principal> answer = new Answer<>();
        fixture.engine().authenticate(token, answer);
        return answer;
    }

    @Test
    void user_who_is_revoked_while_the_authenticator_is_asked_is_refused() throws Exception {
        Answer<Principal> answer = authenticate("slow");
        asked.await();
        fixture.chat().revoke("ann").join();
        goOn.countDown();
        assertThat(answer.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(authenticate("fast").result()).isEqualTo(ANN);
    }

    @Test
    void user_who_is_revoked_before_the_session_is_open_is_notified_and_disconnected() {
        TestSession session = TestSession.of(authenticate("fast").result());
        fixture.chat().revoke("ann").join();
        fixture.time().advance(Duration.ofSeconds(30));
        fixture.engine().open(session);
        assertThat(fixture.told().toldTo(session)).containsExactly(new SessionRevoked(Reason.REVOKED));
        assertThat(session.hasEnded()).isTrue();
        fixture.run(session, JoinRoom.of("room")).isRefused();
        fixture.chat().send("room", NewMessage.system("hello")).join();
        assertThat(fixture.told().messagesTo(session)).isEmpty();
    }

    @Test
    void user_who_returns_after_a_revocation_remains() {
        fixture.chat().revoke("ann").join();
        TestSession session = TestSession.of(authenticate("fast").result());
        fixture.engine().open(session);
        assertThat(session.hasEnded()).isFalse();
        TestSession another = TestSession.of(authenticate("fast").result());
        fixture.chat().revoke("bob").join();
        fixture.engine().open(another);
        assertThat(another.hasEnded()).isFalse();
    }

    @Test
    void user_who_is_put_out_of_a_room_while_being_let_in_does_not_resume_it() {
        fixture.chat().send("room", NewMessage.system("hello")).join();
        fixture.chat().send("other", NewMessage.system("hello")).join();
        TestSession session = TestSession.of(authenticate("fast").result());
        fixture.chat().kick("room", "ann").join();
        String epoch = fixture.engine().open(session).epoch();
        Position start = new Position(0, 0);
        fixture.engine().resume(session, new Resume(epoch, Map.of("room", start, "other", start)));
        assertThat(fixture.told().toldTo(session))
                .filteredOn(RoomSynced.class::isInstance)
                .singleElement()
                .satisfies(event ->
                        assertThat(((RoomSynced) event).page().conversationId()).isEqualTo("other"));
    }

    @Test
    void user_who_joins_a_room_again_after_being_put_out_is_in_it() {
        TestSession session = TestSession.of(authenticate("fast").result());
        fixture.engine().open(session);
        fixture.chat().kick("room", "ann").join();
        fixture.run(session, JoinRoom.of("room")).result();
        fixture.chat().send("room", NewMessage.system("hello")).join();
        assertThat(fixture.told().messagesTo(session)).hasSize(1);
    }
}
