package io.roomcast.chat.internal.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.internal.push.PushFixture.Node;
import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.spi.DeviceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a server holds in memory while a push service does not answer. */
class BoundedPushTest {
    private static final int MANY = 10_000;

    private final PushFixture fixture = new PushFixture();

    private void registerMany() {
        Set<String> users = IntStream.range(0, MANY).mapToObj(i -> "user" + i).collect(Collectors.toSet());
        fixture.store.addMembers(PushFixture.GROUP, users);
        DeviceStore devices = fixture.store.devices();
        Instant now = fixture.time.clock().instant();
        users.forEach(userId -> {
            String token = "slow:" + userId;
            devices.register(
                    new PushDevice(PushDevice.idOf("web", token), userId, "web", token, Map.of(), null, null, now, 0),
                    10);
        });
    }

    @Test
    void ten_thousand_notifications_wait_in_the_store_and_all_are_sent() {
        fixture.group();
        registerMany();
        StepThreads hanging = new StepThreads();
        Node node = fixture.new Node(hanging);
        fixture.send(node, "hello");
        for (int i = 0; i < 60; i++) {
            fixture.advance(Duration.ofSeconds(1));
            assertThat(node.push.held()).isLessThanOrEqualTo(PushQueue.MAX_HELD);
            assertThat(hanging.waiting()).isLessThanOrEqualTo(PushService.MAX_CALLS);
        }
        assertThat(fixture.web.log).isEmpty();
        assertThat(fixture.stored()).hasSize(MANY);

        hanging.release();
        for (int i = 0; i < 600 && fixture.web.log.size() < MANY; i++) {
            fixture.advance(Duration.ofSeconds(1));
        }
        List<PendingPush> left = fixture.stored();
        assertThat(left).isEmpty();
        assertThat(fixture.web.log).hasSize(MANY).doesNotHaveDuplicates();
    }
}
