package io.roomcast.chat.internal.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.internal.push.PushFixture.Node;
import io.roomcast.chat.model.PendingPush;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Servers with different notifiers on one store, as during a deployment. */
class RollingDeploymentTest {
    private final PushFixture fixture = new PushFixture();
    private final Node old = fixture.new Node(fixture.web);
    private final Node current = fixture.new Node(fixture.web, fixture.apns);

    RollingDeploymentTest() {
        fixture.group("bob");
        fixture.register(current, "bob", "p:bob");
        fixture.registerPhone(current, "bob");
    }

    @Test
    void server_without_a_notifier_leaves_a_notification_to_one_that_has_it() {
        fixture.send(old, "hello");
        fixture.advance(Duration.ofSeconds(7));
        assertThat(fixture.web.log).containsExactly("p:bob g:1");
        assertThat(fixture.apns.log).containsExactly("phone:bob g:1");
    }

    @Test
    void server_without_a_notifier_leaves_what_a_killed_one_has_left() {
        fixture.connected.add("bob");
        fixture.send(current, "hello");
        current.kill();
        fixture.advance(Duration.ofMinutes(5));
        assertThat(fixture.web.log).containsExactly("p:bob g:1");
        assertThat(fixture.apns.log).isEmpty();
        assertThat(fixture.stored()).extracting(PendingPush::platform).containsExactly("apns");

        Node next = fixture.new Node(fixture.apns);
        fixture.advance(Duration.ofSeconds(6));
        assertThat(fixture.apns.log).containsExactly("phone:bob g:1");
        next.kill();
    }

    @Test
    void notification_that_no_server_can_send_expires() {
        current.kill();
        fixture.send(old, "hello");
        fixture.advance(Duration.ofHours(23));
        assertThat(fixture.stored()).hasSize(1);
        fixture.advance(Duration.ofHours(2));
        Node next = fixture.new Node(fixture.apns);
        fixture.advance(Duration.ofSeconds(7));
        assertThat(fixture.apns.log).isEmpty();
        assertThat(fixture.stored()).isEmpty();
        next.kill();
    }
}
