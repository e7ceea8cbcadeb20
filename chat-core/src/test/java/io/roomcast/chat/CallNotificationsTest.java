package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.AcceptCall;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.DeclineCall;
import io.roomcast.chat.command.EndCall;
import io.roomcast.chat.command.RegisterDevice;
import io.roomcast.chat.command.SetPreferences;
import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.PushRecorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.CallPolicy;
import io.roomcast.chat.spi.IceServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The notifications that the devices of users receive of calls. */
@Timeout(60)
class CallNotificationsTest {
    private static final String DIRECT = NewConversation.direct("ann", "bob").conversationId();

    private final PushRecorder pushes = new PushRecorder();
    private final List<String> silenced = new ArrayList<>();
    private final ChatFixture chat = ChatFixture.with(builder -> builder.accessPolicy(AccessPolicy.membersOnly())
            .push(pushes)
            .pushDelay(Duration.ofHours(1), Duration.ofHours(1))
            .calls(CallOptions.of(IceServers.none()).withPolicy(new CallPolicy() {
                @Override
                public List<String> ring(String conversationId, String from, CallMedia media, List<String> userIds) {
                    return userIds.stream()
                            .filter(userId -> !silenced.contains(userId))
                            .toList();
                }

                @Override
                public boolean mayBlock() {
                    return false;
                }
            })));

    private TestSession ann;
    private TestSession bob;

    @BeforeEach
    void create() {
        chat.chat().create(NewConversation.direct("ann", "bob"));
        chat.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid")));
        ann = withDevice("ann");
        bob = withDevice("bob");
        withDevice("cid");
    }

    private TestSession withDevice(String userId) {
        TestSession session = chat.user(userId);
        chat.run(session, new RegisterDevice("web", userId, Map.of(), null, null))
                .result();
        return session;
    }

    @AfterEach
    void close() {
        chat.close();
    }

    private String start(String conversationId) {
        return chat.run(ann, new StartCall(conversationId, CallMedia.VIDEO))
                .result()
                .entry()
                .callId();
    }

    /** Waits until these are sent, and no others. An end is sent again if a ring was still being sent. */
    private void awaitPushes(String... expected) {
        await().untilAsserted(() -> assertThat(pushes.sent())
                .containsOnly(expected)
                .filteredOn(push -> !push.endsWith(":ended"))
                .doesNotHaveDuplicates());
    }

    private Stream<PushMessage> pushesWithId(String id) {
        return pushes.messages().stream().filter(push -> push.id().equals(id));
    }

    private PushMessage push(String id) {
        return pushesWithId(id).findFirst().orElseThrow();
    }

    /** Returns why the ringing of a call ended, as the devices were notified. */
    private List<String> reasons(String callId) {
        return pushesWithId(callId + ":ended")
                .map(push -> push.data().get("reason"))
                .toList();
    }

    /** Waits until all that was to be sent before is sent, by sending another notification after it. */
    private void assertNoPushTo(String userId) {
        chat.chat().create(NewConversation.direct("ann", "dan"));
        withDevice("dan");
        String callId = start(NewConversation.direct("ann", "dan").conversationId());
        await().until(() -> pushes.sent().contains("dan " + callId));
        assertThat(pushes.sent()).noneMatch(push -> push.startsWith(userId + " "));
    }

    private static Arguments end(String reason, BiConsumer<CallNotificationsTest, String> step) {
        return Arguments.of(reason, step);
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                end("missed", (test, callId) -> test.chat.time().advance(Duration.ofSeconds(46))),
                end("cancelled", (test, callId) -> test.run(test.ann, new EndCall(callId, false))),
                end("declined", (test, callId) -> test.run(test.bob, new DeclineCall(callId))),
                end("answeredElsewhere", (test, callId) -> test.run(test.bob, new AcceptCall(callId))));
    }

    private void run(TestSession session, Command<?> command) {
        chat.run(session, command).result();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void end_of_the_ringing_replaces_the_ring_of_a_direct_call(
            String reason, BiConsumer<CallNotificationsTest, String> step) {
        Instant expiresAt = chat.time().clock().instant().plusSeconds(45);
        String callId = start(DIRECT);
        awaitPushes("bob " + callId);
        step.accept(this, callId);
        awaitPushes("bob " + callId, "bob " + callId + ":ended");
        PushMessage ring = push(callId);
        PushMessage end = push(callId + ":ended");
        assertThat(ring.type()).isEqualTo(PushMessage.Type.CALL);
        assertThat(ring.data())
                .containsEntry("callId", callId)
                .containsEntry("media", "video")
                .containsEntry("expiresAt", expiresAt.toString());
        assertThat(ring.timeToLive()).isEqualTo(Duration.ofSeconds(45));
        assertThat(end.type()).isEqualTo(PushMessage.Type.CALL_ENDED);
        assertThat(end.data()).isEqualTo(Map.of("callId", callId, "media", "video", "reason", reason));
        assertThat(end.topic()).isEqualTo(ring.topic());
        assertThat(ring.urgency()).isEqualTo(PushMessage.Urgency.HIGH);
    }

    @Test
    void each_user_of_a_group_receives_the_end_of_its_own_ringing() {
        String callId = start("g");
        awaitPushes("bob " + callId, "cid " + callId);
        run(bob, new DeclineCall(callId));
        awaitPushes("bob " + callId, "cid " + callId, "bob " + callId + ":ended");
        assertThat(reasons(callId)).containsOnly("declinedElsewhere");
        chat.time().advance(Duration.ofSeconds(46));
        awaitPushes("bob " + callId, "cid " + callId, "bob " + callId + ":ended", "cid " + callId + ":ended");
        assertThat(reasons(callId)).containsOnly("declinedElsewhere", "missed");
    }

    @Test
    void message_about_the_call_takes_the_place_of_the_end_and_has_the_numbers() {
        ChatFixture soon = ChatFixture.with(builder ->
                builder.push(pushes).pushDelay(Duration.ZERO, Duration.ZERO).calls(CallOptions.of(IceServers.none())));
        soon.chat().create(NewConversation.direct("ann", "bob"));
        TestSession phone = soon.user("bob");
        soon.run(phone, new RegisterDevice("web", "bob", Map.of(), null, null)).result();
        String callId = soon.run(soon.user("ann"), new StartCall(DIRECT, CallMedia.AUDIO))
                .result()
                .entry()
                .callId();
        soon.run(phone, new DeclineCall(callId)).result();
        await().until(() -> {
            soon.time().advance(Duration.ofSeconds(1));
            return pushes.sent().contains("bob " + DIRECT + ":1");
        });
        PushMessage message = push(DIRECT + ":1");
        assertThat(message.type()).isEqualTo(PushMessage.Type.CALL_ENDED);
        assertThat(message.topic()).isEqualTo(PushMessage.topicOf(callId));
        assertThat(message.data()).isEqualTo(Map.of("callId", callId, "reason", "declined"));
        assertThat(message.seq()).isEqualTo(1);
        assertThat(message.unread()).isEqualTo(1);
        soon.close();
    }

    @ParameterizedTest
    @EnumSource
    void call_is_announced_to_who_wishes_to_be_notified_at_all(NotifyLevel level) {
        Preferences preferences = new Preferences(level, null, false, false, null, null, 0);
        run(bob, SetPreferences.of("g", preferences, Preference.NOTIFY));
        String callId = start("g");
        await().until(() -> pushes.sent().contains("cid " + callId));
        if (level == NotifyLevel.NONE) {
            run(ann, new EndCall(callId, false));
            assertNoPushTo("bob");
        } else {
            awaitPushes("bob " + callId, "cid " + callId);
        }
    }

    @Test
    void muted_conversation_and_user_whom_the_policy_keeps_silent_are_not_notified() {
        Instant later = chat.time().clock().instant().plus(Duration.ofHours(1));
        Preferences muted = new Preferences(NotifyLevel.ALL, later, false, false, null, null, 0);
        run(bob, SetPreferences.of("g", muted, Preference.MUTED_UNTIL));
        silenced.add("cid");
        String callId = start("g");
        run(ann, new EndCall(callId, false));
        assertNoPushTo("bob");
        assertThat(pushes.sent()).noneMatch(push -> push.startsWith("cid "));
    }
}
