package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.spi.DeviceStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The devices of users, and the push notifications that are to be sent to them. */
abstract class DeviceContract extends StoreCase {
    private final Instant now = Drafts.now();
    private final PushDevice phone = Devices.of("alice", "phone", now);
    private final PushDevice laptop = Devices.plain("alice", "laptop", now.plusMillis(1));
    private DeviceStore devices;

    DeviceContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @BeforeEach
    void openDevices() {
        devices = store.devices();
    }

    private List<PushDevice> of(String userId) {
        return devices.of(List.of(userId)).getOrDefault(userId, List.of());
    }

    @Test
    void devices_are_stored_as_they_are_the_last_one_first() {
        devices.register(phone, 10);
        devices.register(laptop, 10);
        devices.register(Devices.plain("bob", "tablet", now), 10);

        assertThat(of("alice")).containsExactly(laptop, phone);
        assertThat(devices.of(List.of("alice", "bob", "carol"))).containsOnlyKeys("alice", "bob");
        assertThat(devices.of(List.of("carol"))).isEmpty();
    }

    @Test
    void device_that_is_registered_again_is_replaced() {
        devices.register(phone, 10);
        devices.register(laptop, 10);
        PushDevice again = Devices.plain("alice", "phone", now.plusSeconds(1));
        devices.register(again, 10);

        assertThat(of("alice")).containsExactly(again, laptop);
    }

    @Test
    void device_of_another_user_moves() {
        devices.register(phone, 10);
        devices.register(Devices.of("bob", "phone", now.plusSeconds(1)), 10);

        assertThat(of("alice")).isEmpty();
        assertThat(of("bob")).extracting(PushDevice::id).containsExactly("phone");
    }

    @Test
    void oldest_devices_of_the_user_give_way() {
        for (int i = 0; i < 5; i++) {
            devices.register(Devices.plain("alice", "device" + i, now.plusMillis(i)), 3);
            devices.register(Devices.plain("bob", "other" + i, now.plusMillis(i)), 9);
        }
        assertThat(of("alice")).extracting(PushDevice::id).containsExactly("device4", "device3", "device2");
        assertThat(of("bob")).hasSize(5);
    }

    @Test
    void user_removes_own_devices_alone() {
        devices.register(phone, 10);
        devices.register(laptop, 10);

        assertThat(devices.remove("bob", List.of("phone"))).isFalse();
        assertThat(devices.remove("alice", List.of("phone", "unknown"))).isTrue();
        assertThat(devices.remove("alice", List.of("phone"))).isFalse();
        assertThat(of("alice")).containsExactly(laptop);
    }

    @Test
    void all_devices_and_notifications_of_a_user_are_removed() {
        devices.register(phone, 10);
        devices.register(laptop, 10);
        devices.register(Devices.plain("bob", "tablet", now), 10);
        devices.savePushes(List.of(Devices.push("phone", "c", 1, now), Devices.push("phone", "d", 1, now)));
        PendingPush other = new PendingPush("tablet", "apns", "bob", "c", 1, now, 0, now);
        devices.savePushes(List.of(other));

        devices.removeAll("alice");

        assertThat(of("alice")).isEmpty();
        assertThat(of("bob")).hasSize(1);
        assertThat(devices.duePushes(now, Devices.PLATFORMS, ALL)).containsExactly(other);
    }

    @Test
    void erasing_a_user_removes_devices_and_notifications() {
        devices.register(phone, 10);
        devices.register(Devices.plain("bob", "tablet", now), 10);
        devices.savePushes(List.of(Devices.push("phone", "c", 1, now)));

        store.eraseUser("alice");

        assertThat(of("alice")).isEmpty();
        assertThat(of("bob")).hasSize(1);
        assertThat(devices.duePushes(now, Devices.PLATFORMS, ALL)).isEmpty();
    }

    @Test
    void device_that_was_registered_again_is_neither_removed_nor_refused() {
        devices.register(phone, 10);
        PushDevice again = Devices.of("alice", "phone", now.plusSeconds(1));
        devices.register(again, 10);

        devices.remove(phone);
        devices.updateRefusals(phone.withRefusals(2));
        assertThat(of("alice")).containsExactly(again);

        devices.updateRefusals(again.withRefusals(2));
        assertThat(of("alice")).containsExactly(again.withRefusals(2));
        devices.remove(again);
        assertThat(of("alice")).isEmpty();
        devices.updateRefusals(again.withRefusals(1));
        assertThat(of("alice")).isEmpty();
    }

    @Test
    void due_notifications_are_those_until_a_time_in_its_order() {
        PendingPush first = Devices.push("phone", "c", 1, now);
        PendingPush last = Devices.push("phone", "d", 1, now).due(now.plusSeconds(2));
        PendingPush next = Devices.push("laptop", "c", 1, now).failed().due(now.plusSeconds(1));
        PendingPush later = Devices.push("laptop", "d", 1, now).due(now.plusMillis(2_001));
        devices.savePushes(List.of(last, first, later, next));

        assertThat(devices.duePushes(now.plusSeconds(2), Devices.PLATFORMS, 10)).containsExactly(first, next, last);
        assertThat(devices.duePushes(now.plusSeconds(2), Devices.PLATFORMS, 2)).containsExactly(first, next);
        assertThat(devices.duePushes(now.minusMillis(1), Devices.PLATFORMS, 10)).isEmpty();
    }

    @Test
    void due_notifications_are_those_of_the_platforms() {
        PendingPush web = Devices.push("phone", "c", 1, now);
        PendingPush apns = new PendingPush("tablet", "apns", "bob", "c", 1, now, 0, now);
        devices.savePushes(List.of(apns, web));

        assertThat(devices.duePushes(now, List.of("web"), 1)).containsExactly(web);
        assertThat(devices.duePushes(now, List.of("apns", "fcm"), 1)).containsExactly(apns);
        assertThat(devices.duePushes(now, List.of("fcm"), 9)).isEmpty();
    }

    @Test
    void notifications_of_devices_in_a_conversation_are_found_also_if_they_are_not_due() {
        PendingPush first = Devices.push("phone", "c", 1, now).shown();
        PendingPush second = Devices.push("laptop", "c", 2, now);
        devices.savePushes(List.of(first, second, Devices.push("tablet", "c", 3, now)));
        devices.savePushes(List.of(Devices.push("phone", "d", 4, now)));

        assertThat(devices.pushes(List.of("phone", "laptop", "unknown"), "c")).containsExactlyInAnyOrder(first, second);
        assertThat(devices.pushes(List.of("phone"), "e")).isEmpty();
        assertThat(devices.pushes(List.of(), "c")).isEmpty();
    }

    @Test
    void newest_notification_of_a_device_and_conversation_stays() {
        PendingPush second = Devices.push("phone", "c", 2, now);
        devices.savePushes(List.of(second, Devices.push("phone", "d", 1, now)));
        devices.savePushes(List.of(Devices.push("phone", "c", 1, now), Devices.push("phone", "d", 2, now)));
        assertThat(devices.duePushes(now, Devices.PLATFORMS, 10))
                .containsExactlyInAnyOrder(second, Devices.push("phone", "d", 2, now));

        PendingPush delayed = second.failed().due(now.plusSeconds(1));
        devices.savePushes(List.of(delayed));
        assertThat(devices.duePushes(now, Devices.PLATFORMS, 10)).containsExactly(Devices.push("phone", "d", 2, now));

        devices.removePushes(List.of(Devices.push("phone", "c", 1, now), Devices.push("phone", "d", 3, now)));
        assertThat(devices.duePushes(now.plusSeconds(1), Devices.PLATFORMS, 10)).containsExactly(delayed);
        devices.removePushes(List.of(second));
        assertThat(devices.duePushes(now.plusSeconds(1), Devices.PLATFORMS, 10)).isEmpty();
        devices.removePushes(List.of());
        devices.savePushes(List.of());
    }

    @Test
    void what_a_device_shows_is_stored_apart_from_what_is_to_be_sent() {
        PendingPush shown = Devices.push("phone", "c", 1, now).shown();
        PendingPush planned = Devices.push("phone", "c", 2, now.plusSeconds(1)).due(shown.dueAt());
        devices.savePushes(List.of(shown));
        devices.savePushes(List.of(planned));
        assertThat(devices.pushes(List.of("phone"), "c")).containsExactlyInAnyOrder(shown, planned);
        assertThat(devices.duePushes(shown.dueAt(), Devices.PLATFORMS, 9)).containsExactlyInAnyOrder(shown, planned);

        PendingPush leased = planned.due(now.plusSeconds(20));
        assertThat(devices.replacePush(planned, leased)).isTrue();
        devices.savePushes(List.of(shown.upTo(3), leased.upTo(2)));
        devices.savePushes(List.of(shown.upTo(2), leased.upTo(1)));
        assertThat(devices.pushes(List.of("phone"), "c")).containsExactlyInAnyOrder(shown.upTo(3), leased);

        devices.removePushes(List.of(shown.upTo(2), leased.upTo(1)));
        assertThat(devices.pushes(List.of("phone"), "c")).containsExactlyInAnyOrder(shown.upTo(3), leased);
        devices.removePushes(List.of(leased.upTo(9)));
        assertThat(devices.pushes(List.of("phone"), "c")).containsExactly(shown.upTo(3));
        devices.savePushes(List.of(leased));
        devices.removePushes(List.of(shown.upTo(9)));
        assertThat(devices.pushes(List.of("phone"), "c")).containsExactly(leased);
    }

    @Test
    void what_a_device_shows_is_removed_with_the_user_and_with_the_conversation() {
        fill("c", 1);
        PendingPush shown = Devices.push("phone", "c", 1, now).shown();
        devices.savePushes(List.of(shown, Devices.push("phone", "d", 1, now).shown()));
        store.delete("c");
        eventually(() -> assertThat(devices.pushes(List.of("phone"), "c")).isEmpty());
        assertThat(devices.pushes(List.of("phone"), "d")).hasSize(1);
        devices.removeAll("alice");
        assertThat(devices.pushes(List.of("phone"), "d")).isEmpty();
    }

    @Test
    void notification_is_replaced_only_if_it_is_as_expected() {
        PendingPush push = Devices.push("phone", "c", 2, now);
        PendingPush leased = push.upTo(3).failed().due(now.plusSeconds(20));
        assertThat(devices.replacePush(push, leased)).isFalse();
        devices.savePushes(List.of(push));
        for (PendingPush other : List.of(push.upTo(3), push.due(now.plusMillis(1)), push.failed())) {
            assertThat(devices.replacePush(other, leased)).isFalse();
        }

        assertThat(devices.replacePush(push, leased)).isTrue();
        assertThat(devices.replacePush(push, leased)).isFalse();
        assertThat(devices.duePushes(now.plusSeconds(20), Devices.PLATFORMS, 10))
                .containsExactly(leased);
    }

    @Test
    void one_of_several_servers_replaces_a_notification() {
        PendingPush push = Devices.push("phone", "c", 2, now);
        devices.savePushes(List.of(push));
        List<CompletableFuture<Boolean>> attempts = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> devices.replacePush(push, push.due(now.plusSeconds(20 + i)))))
                .toList();
        assertThat(attempts.stream().filter(CompletableFuture::join)).hasSize(1);
    }

    @Test
    void notifications_that_are_saved_at_the_same_time_leave_the_newest() {
        List<CompletableFuture<Void>> saves = IntStream.rangeClosed(1, 8)
                .mapToObj(seq -> CompletableFuture.runAsync(
                        () -> devices.savePushes(List.of(Devices.push("phone", "c", seq, now)))))
                .toList();
        saves.forEach(CompletableFuture::join);
        assertThat(devices.duePushes(now, Devices.PLATFORMS, 10)).containsExactly(Devices.push("phone", "c", 8, now));
    }

    @Test
    void notifications_of_a_deleted_conversation_are_removed() {
        fill("c", 1);
        PendingPush other = Devices.push("phone", "d", 1, now);
        devices.savePushes(List.of(Devices.push("phone", "c", 1, now), other));
        store.delete("c");
        eventually(
                () -> assertThat(devices.duePushes(now, Devices.PLATFORMS, 10)).containsExactly(other));
    }

    @Test
    void devices_and_notifications_survive_a_restart() {
        needs(StoreHarness.Capability.RESTART);
        devices.register(phone, 10);
        PendingPush push = Devices.push("phone", "c", 1, now);
        devices.savePushes(List.of(push));
        harness.restart();
        DeviceStore restarted = harness.open().devices();
        assertThat(restarted.of(List.of("alice")).get("alice")).containsExactly(phone);
        assertThat(restarted.duePushes(now, Devices.PLATFORMS, 10)).containsExactly(push);
        assertThat(restarted.replacePush(push, push.failed())).isTrue();
    }
}
