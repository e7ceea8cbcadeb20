package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.SendEvent;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.CustomEventSent;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.testkit.BusNetwork;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Events of the application's own, of clients and of the host. */
class CustomEventsTest {
    private static final String DATA = "{\"x\":1}";

    private ChatFixture fixture = ChatFixture.start();
    private final TestSession ann = fixture.userIn("room", "ann");
    private final TestSession bob = fixture.userIn("room", "bob");
    private final Instant now = fixture.time().clock().instant();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static SendEvent cursor(String... toUserIds) {
        return new SendEvent("room", null, "cursor", DATA, List.of(toUserIds));
    }

    private List<ChatEvent> receivedBy(Session session) {
        return fixture.told().toldTo(session);
    }

    @Test
    void all_sessions_but_the_sending_one_receive_it() {
        TestSession secondTab = fixture.userIn("room", "ann");
        TestSession elsewhere = fixture.userIn("other", "cid");
        fixture.run(ann, cursor()).result();
        CustomEventSent event = new CustomEventSent("room", "ann", "cursor", DATA, now);
        assertThat(receivedBy(bob)).containsExactly(event);
        assertThat(receivedBy(secondTab)).containsExactly(event);
        assertThat(receivedBy(ann)).isEmpty();
        assertThat(receivedBy(elsewhere)).isEmpty();
    }

    @Test
    void named_users_in_the_room_alone_receive_it() {
        TestSession cid = fixture.userIn("room", "cid");
        TestSession outside = fixture.user("dan");
        TestSession anonymous = fixture.anonymous();
        fixture.run(anonymous, JoinRoom.of("room")).result();
        fixture.run(ann, cursor("cid", "dan")).result();
        assertThat(receivedBy(cid)).hasSize(1);
        assertThat(receivedBy(bob)).isEmpty();
        assertThat(receivedBy(outside)).isEmpty();
        assertThat(receivedBy(anonymous)).isEmpty();
    }

    @Test
    void anonymous_client_names_its_user() {
        TestSession anonymous = fixture.anonymous();
        assertThat(fixture.run(anonymous, cursor()).code()).isEqualTo(ErrorCode.MISSING_FIELDS);
        fixture.run(anonymous, new SendEvent("room", "eve", "cursor", null, List.of()))
                .result();
        assertThat(receivedBy(bob)).containsExactly(new CustomEventSent("room", "eve", "cursor", null, now));
        assertThat(fixture.run(ann, new SendEvent("room", "eve", "cursor", null, List.of()))
                        .code())
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({"MEMBER, FORBIDDEN", "ADMIN, ", "OWNER, "})
    void in_a_large_room_staff_alone_sends(Role role, ErrorCode refusal) {
        fixture.close();
        fixture = ChatFixture.with(
                builder -> builder.limits(Limits.builder().largeRoom(2).build()));
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid")));
        fixture.chat().changeRole("g", "ann", role);
        TestSession sender = fixture.userIn("g", "ann");
        TestSession receiver = fixture.userIn("g", "bob");
        fixture.run(sender, SendEvent.of("g", "cursor", null)).result();
        fixture.userIn("g", "cid");
        fixture.told().clear();
        Answer<?> answer = fixture.run(sender, SendEvent.of("g", "cursor", null));
        assertThat(answer.isRefused()).isEqualTo(refusal != null);
        assertThat(receivedBy(receiver)).hasSize(refusal == null ? 1 : 0);
        fixture.chat().sendEvent("g", "news", null).join();
        assertThat(receivedBy(receiver)).hasSize(refusal == null ? 2 : 1);
    }

    @Test
    void host_sends_to_a_room_and_to_users() {
        TestSession outside = fixture.user("cid");
        fixture.chat().sendEvent("room", "news", DATA).join();
        fixture.chat()
                .sendEventToUsers(List.of("ann", "cid", "cid"), "order.shipped", "[]")
                .join();
        CustomEventSent toRoom = new CustomEventSent("room", null, "news", DATA, now);
        CustomEventSent toUsers = new CustomEventSent(null, null, "order.shipped", "[]", now);
        assertThat(receivedBy(ann)).containsExactly(toRoom, toUsers);
        assertThat(receivedBy(bob)).containsExactly(toRoom);
        assertThat(receivedBy(outside)).containsExactly(toUsers);
    }

    static Stream<Arguments> invalid() {
        String letters = "x".repeat(65);
        return Stream.of(
                argumentSet("no name", "", null, ErrorCode.MISSING_FIELDS, "name"),
                argumentSet("name with a space", "a b", null, ErrorCode.INVALID_PAYLOAD, "name"),
                argumentSet("name in another alphabet", "ä", null, ErrorCode.INVALID_PAYLOAD, "name"),
                argumentSet("long name", letters, null, ErrorCode.INVALID_PAYLOAD, "name"),
                argumentSet("empty data", "a", "", ErrorCode.INVALID_PAYLOAD, "data"),
                argumentSet("data that is no JSON", "a", "{a:1}", ErrorCode.INVALID_PAYLOAD, "data"),
                argumentSet("two values", "a", "1 2", ErrorCode.INVALID_PAYLOAD, "data"),
                argumentSet("half a character", "a", "\"\uD83D\"", ErrorCode.INVALID_PAYLOAD, "data"),
                argumentSet("number out of range", "a", "1e999", ErrorCode.INVALID_PAYLOAD, "data"),
                argumentSet("long data", "a", '"' + "x".repeat(4_095) + '"', ErrorCode.PAYLOAD_TOO_LARGE, null));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalid_event_is_refused(String name, String data, ErrorCode code, String field) {
        ChatException ofClient =
                fixture.run(ann, SendEvent.of("room", name, data)).refusal();
        assertThat(ofClient.code()).isEqualTo(code);
        assertThat(ofClient.field().orElse(null)).isEqualTo(field);
        assertThat(refusal(fixture.chat().sendEvent("room", name, data)).code()).isEqualTo(code);
        assertThat(refusal(fixture.chat().sendEventToUsers(List.of("bob"), name, data))
                        .code())
                .isEqualTo(code);
        assertThat(receivedBy(bob)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"a;1", "A.b-c_9;null", "x;\"text\"", "x;[true]"})
    void any_json_value_is_sent(String name, String data) {
        fixture.run(ann, SendEvent.of("room", name, data)).result();
        assertThat(receivedBy(bob)).containsExactly(new CustomEventSent("room", "ann", name, data, now));
    }

    @Test
    void too_many_users_are_refused() {
        String[] tooMany = IntStream.range(0, 51).mapToObj(i -> "u" + i).toArray(String[]::new);
        assertThat(fixture.run(ann, cursor(tooMany)).refusal().field()).contains("toUserIds");
        List<String> users = IntStream.range(0, 1_001).mapToObj(i -> "u" + i).toList();
        ChatException refusal = refusal(fixture.chat().sendEventToUsers(users, "news", null));
        assertThat(refusal.field()).contains("userIds");
        assertThat(refusal(fixture.chat().sendEventToUsers(List.of(" "), "news", null))
                        .field())
                .contains("userIds[0]");
    }

    @Test
    void rate_is_that_of_events() {
        fixture.close();
        fixture = ChatFixture.with(builder -> builder.rateLimiter(RateLimiter.tokenBuckets()));
        TestSession sender = fixture.userIn("room", "ann");
        List<Answer<SendEvent.Sent>> answers = IntStream.range(0, 200)
                .mapToObj(i -> fixture.run(sender, cursor()))
                .toList();
        List<Answer<SendEvent.Sent>> refused =
                answers.stream().filter(Answer::isRefused).toList();
        assertThat(refused).hasSizeBetween(1, 180);
        assertThat(refused).allSatisfy(answer -> assertThat(answer.code()).isEqualTo(ErrorCode.RATE_LIMITED));
        fixture.send(sender, "room", "messages have a rate of their own").result();
    }

    @Test
    void closed_chat_sends_nothing() {
        fixture.engine().close();
        assertThat(refusal(fixture.chat().sendEvent("room", "news", null)).code())
                .isEqualTo(ErrorCode.SERVER_DRAINING);
        assertThat(refusal(fixture.chat().sendEventToUsers(List.of("ann"), "news", null))
                        .code())
                .isEqualTo(ErrorCode.SERVER_DRAINING);
    }

    private static ChatException refusal(CompletableFuture<?> outcome) {
        try {
            outcome.join();
            throw new AssertionError("expected a refusal");
        } catch (CompletionException failure) {
            return ChatException.from(failure);
        }
    }

    @Test
    @Timeout(30)
    void sessions_on_other_nodes_receive_it() {
        ChatStore store = ChatStore.inMemory();
        Recorder recorder = new Recorder();
        try (BusNetwork network = new BusNetwork();
                ChatEngine here = node(store, network, new Recorder());
                ChatEngine there = node(store, network, recorder)) {
            TestSession sender = opened(here, "ann", "room");
            TestSession sameUser = opened(there, "ann", "room");
            TestSession other = opened(there, "bob", "room");
            TestSession outside = TestSession.of("cid");
            there.open(outside);
            await().untilAsserted(
                            () -> assertThat(here.service().stats().nodes()).isEqualTo(2));
            await().untilAsserted(() -> {
                run(here, sender, SendEvent.of("room", "cursor", DATA));
                here.service().sendEventToUsers(List.of("cid"), "news", null).join();
                assertThat(names(recorder, other)).contains("cursor");
                assertThat(names(recorder, outside)).contains("news");
            });
            recorder.clear();
            run(here, sender, new SendEvent("room", null, "wave", DATA, List.of("bob")));
            here.service().sendEvent("room", "to-all", null).join();
            await().untilAsserted(() -> assertThat(names(recorder, other)).endsWith("wave", "to-all"));
            assertThat(names(recorder, sameUser)).doesNotContain("wave", "news").endsWith("to-all");
            assertThat(names(recorder, outside)).doesNotContain("cursor", "wave", "to-all");
        }
    }

    private static ChatEngine node(ChatStore store, BusNetwork network, Recorder recorder) {
        return ChatEngine.builder()
                .store(store)
                .cluster(network.newBus())
                .broadcaster(recorder)
                .build();
    }

    private static TestSession opened(ChatEngine chat, String userId, String room) {
        TestSession session = TestSession.of(userId);
        chat.open(session);
        Answer<JoinRoom.Joined> joined = new Answer<>();
        chat.execute(session, JoinRoom.of(room), joined);
        joined.result();
        return session;
    }

    private static void run(ChatEngine chat, TestSession session, SendEvent event) {
        Answer<SendEvent.Sent> answer = new Answer<>();
        chat.execute(session, event, answer);
        answer.result();
    }

    private static List<String> names(Recorder recorder, Session session) {
        return recorder.toldTo(session).stream()
                .filter(CustomEventSent.class::isInstance)
                .map(event -> ((CustomEventSent) event).name())
                .toList();
    }
}
