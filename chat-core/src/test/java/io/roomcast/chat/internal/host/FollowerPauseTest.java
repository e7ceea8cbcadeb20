package io.roomcast.chat.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.internal.host.FollowerFixture.Node;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.spi.ChatFollower;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A pause holds on all servers and after restarts. */
class FollowerPauseTest extends FollowerCase {
    private static final Duration CHECK = FollowerRunner.CHECK_INTERVAL.plusMillis(100);

    /** A server with its follower. */
    private record Following(Node node, FollowerRunner follower) {}

    private Following start(ChatFollower handler) {
        Node node = fixture.node();
        return new Following(node, node.followers.follow("crm", handler));
    }

    /** Gives up at the first failure. */
    private record GivingUp(ChatFollower handler) implements ChatFollower {
        @Override
        public void onEvents(String conversationId, List<ChatEvent> events) throws Exception {
            handler.onEvents(conversationId, events);
        }

        @Override
        public Optional<Duration> retryAfter(Throwable failure, int attempts) {
            return Optional.empty();
        }
    }

    @Test
    void pause_survives_restarts_until_it_is_resumed() {
        Following first = start(crm);
        fixture.advance(MOMENT);
        first.follower.pause();
        first.node.followers.close();

        Following second = start(crm);
        second.node.send("c");
        fixture.advance(MOMENT);
        second.node.send("c");
        fixture.advance(Duration.ofDays(2));
        assertThat(second.follower.isPaused()).isTrue();
        assertThat(crm.handled).isEmpty();
        second.node.followers.close();

        Following third = start(crm);
        third.follower.resume();
        fixture.advance(MOMENT);
        assertThat(third.follower.isPaused()).isFalse();
        assertThat(crm.handled).containsExactly("c:1", "c:2");
        third.node.followers.close();

        Following fourth = start(crm);
        fourth.node.send("c");
        fixture.advance(MOMENT);
        assertThat(crm.handled).containsExactly("c:1", "c:2", "c:3");
    }

    @Test
    void follower_that_gave_up_does_not_begin_again_by_itself() {
        crm.failures = 1;
        Following first = start(new GivingUp(crm));
        fixture.advance(MOMENT);
        first.node.send("c");
        fixture.advance(MOMENT);
        assertThat(first.follower.isPaused()).isTrue();
        fixture.advance(MOMENT);
        first.node.crash();

        Following second = start(new GivingUp(crm));
        fixture.advance(Duration.ofDays(2));
        assertThat(second.follower.isPaused()).isTrue();
        assertThat(crm.handled).isEmpty();
        second.follower.resume();
        fixture.advance(MOMENT);
        assertThat(crm.handled).containsExactly("c:1");
    }

    @Test
    void pause_and_its_end_hold_on_all_servers() {
        Following one = start(crm);
        Following two = start(crm);
        fixture.advance(MOMENT);
        one.follower.pause();
        fixture.advance(CHECK);
        assertThat(two.follower.isPaused()).isTrue();
        two.node.send("c");
        one.node.send("d");
        fixture.advance(Duration.ofHours(1));
        assertThat(crm.handled).isEmpty();

        two.follower.resume();
        fixture.advance(CHECK);
        assertThat(one.follower.isPaused()).isFalse();
        assertThat(crm.handled).containsExactlyInAnyOrder("c:1", "d:1");
        one.node.send("c");
        fixture.advance(Duration.ofSeconds(5));
        assertThat(crm.handled).hasSize(3).endsWith("c:2");
    }

    @Test
    void pause_during_an_outage_is_stored_after_it() {
        FailingStore failing = new FailingStore(fixture.store);
        Node node = fixture.new Node(failing);
        FollowerRunner follower = node.followers.follow("crm", crm);
        fixture.advance(MOMENT);
        failing.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        follower.pause();
        fixture.advance(Duration.ofSeconds(30));
        assertThat(follower.isPaused()).isTrue();
        failing.recover();
        fixture.advance(Duration.ofSeconds(1));
        node.crash();

        Following later = start(crm);
        later.node.send("c");
        fixture.advance(LONG);
        assertThat(later.follower.isPaused()).isTrue();
        assertThat(crm.handled).isEmpty();
    }

    @Test
    void last_of_several_calls_holds() {
        Following one = start(crm);
        one.follower.pause();
        one.follower.resume();
        one.follower.pause();
        fixture.advance(CHECK);
        assertThat(one.follower.isPaused()).isTrue();
        one.follower.resume();
        one.follower.pause();
        one.follower.resume();
        one.node.send("c");
        fixture.advance(MOMENT);
        assertThat(one.follower.isPaused()).isFalse();
        assertThat(crm.handled).containsExactly("c:1");
    }
}
