package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.GetUsers;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.ServiceUnavailableException;
import io.roomcast.chat.model.UserProfile;
import io.roomcast.chat.spi.UserDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see of the users in the host's directory, and how often the chat asks it. */
@Timeout(60)
class UserDirectoryTest {
    private static final UserProfile ANN = UserProfile.named("ann", "Ann Lee")
            .withAvatarUrl("https://example.com/ann.png")
            .withMetadata("{\"team\":1}");
    private static final UserProfile BOB = UserProfile.named("bob", "Bob");

    private final List<ChatFixture> chats = new ArrayList<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final ScheduledExecutorService realTime = Executors.newSingleThreadScheduledExecutor();

    /** A directory that counts its calls. */
    private static final class Counting implements UserDirectory {
        private final List<Set<String>> calls = new CopyOnWriteArrayList<>();
        private final UserDirectory users;
        private final boolean isPerViewer;

        private Counting(UserDirectory users, boolean isPerViewer) {
            this.users = users;
            this.isPerViewer = isPerViewer;
        }

        @Override
        public Collection<UserProfile> find(@Nullable String viewerId, Set<String> userIds) {
            calls.add(new TreeSet<>(userIds));
            return users.find(viewerId, userIds);
        }

        @Override
        public boolean isPerViewer() {
            return isPerViewer;
        }
    }

    private static Counting shared(UserProfile... users) {
        return new Counting(UserDirectory.of(List.of(users)), false);
    }

    private ChatFixture chat(UserDirectory directory) {
        ChatFixture chat = ChatFixture.with(builder -> builder.users(directory));
        chats.add(chat);
        return chat;
    }

    @AfterEach
    void close() {
        goOn.countDown();
        chats.forEach(ChatFixture::close);
        realTime.shutdownNow();
    }

    private static Answer<GetUsers.Found> request(ChatFixture chat, TestSession viewer, String... userIds) {
        return chat.run(viewer, new GetUsers(List.of(userIds)));
    }

    private static List<UserProfile> users(ChatFixture chat, TestSession viewer, String... userIds) {
        return request(chat, viewer, userIds).result().users();
    }

    @Test
    void users_are_found_in_the_order_of_the_request_without_unknown_ones() {
        ChatFixture chat = chat(UserDirectory.of(List.of(ANN, BOB)));
        TestSession eve = chat.user("eve");
        assertThat(users(chat, eve, "bob", "nobody", "ann", "bob")).containsExactly(BOB, ANN);
        assertThat(users(chat, chat.anonymous(), "ann")).containsExactly(ANN);
        assertThat(chat.chat().execute(new GetUsers(List.of("ann"))).join().users())
                .containsExactly(ANN);
    }

    @Test
    void session_reports_whether_a_directory_exists() {
        ChatFixture without = ChatFixture.start();
        chats.add(without);
        TestSession eve = without.user("eve");
        assertThat(without.engine().open(TestSession.of("x")).supports()).isEmpty();
        assertThat(request(without, eve, "ann").code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
        assertThat(without.chat().userChanged("ann"))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_SUPPORTED));
        assertThat(chat(shared(ANN)).engine().open(TestSession.of("x")).supports())
                .containsExactly("users");
    }

    @Test
    void hundred_users_cost_one_call() {
        Counting directory = shared(ANN);
        ChatFixture chat = chat(directory);
        String[] all =
                IntStream.range(0, FixedLimits.USERS).mapToObj(i -> "u" + i).toArray(String[]::new);
        users(chat, chat.user("eve"), all);
        assertThat(directory.calls)
                .singleElement()
                .satisfies(call -> assertThat(call).hasSize(FixedLimits.USERS));
        String[] more = Stream.concat(Stream.of(all), Stream.of("one more")).toArray(String[]::new);
        assertThat(request(chat, chat.user("eve"), more).refusal().field()).contains("userIds");
    }

    @Test
    void result_is_kept_for_five_minutes_and_an_absence_for_half_a_minute() {
        Counting directory = shared(ANN);
        ChatFixture chat = chat(directory);
        TestSession eve = chat.user("eve");
        users(chat, eve, "ann", "nobody");
        chat.time().advance(Duration.ofSeconds(29));
        users(chat, eve, "ann", "nobody");
        assertThat(directory.calls).hasSize(1);
        chat.time().advance(Duration.ofSeconds(1));
        users(chat, eve, "ann", "nobody");
        assertThat(directory.calls.get(1)).containsExactly("nobody");
        chat.time().advance(Duration.ofSeconds(269));
        users(chat, eve, "ann");
        assertThat(directory.calls).hasSize(2);
        chat.time().advance(Duration.ofSeconds(1));
        users(chat, eve, "ann");
        assertThat(directory.calls.get(2)).containsExactly("ann");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void result_is_kept_for_each_viewer_if_the_directory_depends_on_the_viewer(boolean isPerViewer) {
        Counting directory = new Counting(
                (viewerId, userIds) -> List.of(UserProfile.named("ann", "seen by " + viewerId)), isPerViewer);
        ChatFixture chat = chat(directory);
        List<String> names = Stream.of("bob", "cid", "bob")
                .map(viewer -> users(chat, chat.user(viewer), "ann").get(0).name())
                .toList();
        assertThat(names.get(1)).isEqualTo(isPerViewer ? "seen by cid" : "seen by bob");
        assertThat(directory.calls).hasSize(isPerViewer ? 2 : 1);
    }

    @Test
    void concurrent_requests_for_a_user_share_one_call() {
        Counting directory = new Counting(
                (viewerId, userIds) -> {
                    hang();
                    return List.of(ANN, BOB);
                },
                false);
        ChatFixture chat = chat(directory);
        List<Answer<GetUsers.Found>> requests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            requests.add(request(chat, chat.user("viewer" + i), "ann", "bob"));
        }
        requests.add(request(chat, chat.user("eve"), "ann", "cid"));
        await().until(() -> directory.calls.size() == 2);
        goOn.countDown();
        assertThat(requests.get(7).result().users()).containsExactly(ANN, BOB);
        assertThat(requests.get(20).result().users()).containsExactly(ANN);
        assertThat(directory.calls).containsExactlyInAnyOrder(Set.of("ann", "bob"), Set.of("cid"));
    }

    private void hang() {
        try {
            goOn.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void changed_user_is_looked_up_again_although_an_earlier_call_is_in_progress() {
        AtomicReference<UserProfile> stored = new AtomicReference<>(ANN);
        Counting directory = new Counting(
                (viewerId, userIds) -> {
                    UserProfile read = stored.get();
                    if (read == ANN) {
                        hang();
                    }
                    return List.of(read);
                },
                false);
        ChatFixture chat = chat(directory);
        TestSession eve = chat.user("eve");
        Answer<GetUsers.Found> before = request(chat, eve, "ann");
        await().until(() -> directory.calls.size() == 1);
        UserProfile renamed = UserProfile.named("ann", "Ann Ray");
        stored.set(renamed);
        assertThat(chat.chat().userChanged("ann")).succeedsWithin(Duration.ofSeconds(20));
        assertThat(users(chat, eve, "ann")).containsExactly(renamed);
        goOn.countDown();
        assertThat(before.result().users()).containsExactly(ANN);
        assertThat(users(chat, eve, "ann")).containsExactly(renamed);
    }

    @Test
    void many_changed_users_are_all_looked_up_again() {
        Counting directory = shared(ANN);
        ChatFixture chat = chat(directory);
        TestSession eve = chat.user("eve");
        users(chat, eve, "ann");
        chat.chat().userChanged("ann").join();
        IntStream.range(0, 10_001).forEach(i -> chat.chat().userChanged("u" + i).join());
        directory.calls.clear();
        users(chat, eve, "ann");
        assertThat(directory.calls).hasSize(1);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IllegalStateException("broken"), ErrorCode.INTERNAL_ERROR),
                Arguments.of(new ServiceUnavailableException("away"), ErrorCode.UNAVAILABLE),
                Arguments.of(ChatException.of(ErrorCode.FORBIDDEN), ErrorCode.FORBIDDEN));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_has_a_code_and_is_not_kept(RuntimeException failure, ErrorCode code) {
        AtomicReference<@Nullable RuntimeException> thrown = new AtomicReference<>(failure);
        ChatFixture chat = chat((viewerId, userIds) -> {
            RuntimeException now = thrown.get();
            if (now != null) {
                throw now;
            }
            return List.of(ANN);
        });
        TestSession eve = chat.user("eve");
        assertThat(request(chat, eve, "ann").code()).isEqualTo(code);
        assertThat(chat.chat().userChanged("ann")).failsWithin(Duration.ofSeconds(20));
        thrown.set(null);
        assertThat(users(chat, eve, "ann")).containsExactly(ANN);
    }

    @Test
    @SuppressWarnings("NullAway")
    void null_of_a_directory_is_a_failure() {
        ChatFixture chat = chat((viewerId, userIds) -> null);
        assertThat(request(chat, chat.user("eve"), "ann").code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
    }

    @Test
    void directory_that_hangs_stops_no_other_viewer_and_no_other_command() {
        ChatFixture chat =
                ChatFixture.with(builder -> builder.scheduler(realTime).users((viewerId, userIds) -> {
                    if (userIds.contains("slow")) {
                        hang();
                    }
                    return List.of(ANN);
                }));
        chats.add(chat);
        List<Answer<GetUsers.Found>> hanging = IntStream.range(0, 50)
                .mapToObj(i -> request(chat, chat.user("viewer" + i), "slow", "u" + i))
                .toList();
        TestSession eve = chat.user("eve");
        assertThat(chat.send(eve, "room", "hello").isRefused()).isFalse();
        assertThat(users(chat, eve, "ann")).containsExactly(ANN);
        assertThat(hanging).allSatisfy(answer -> assertThat(answer.code()).isEqualTo(ErrorCode.TIMEOUT));
        assertThat(users(chat, eve, "ann")).containsExactly(ANN);
    }

    static Stream<Arguments> values() {
        UserProfile bare = new UserProfile("ann", null, null, null);
        return Stream.of(
                Arguments.of(new UserProfile("ann", "", null, null), bare),
                Arguments.of(new UserProfile("ann", "a".repeat(255), null, null), null),
                Arguments.of(new UserProfile("ann", "a".repeat(256), null, null), bare),
                Arguments.of(new UserProfile("ann", "a\u202Eb", null, null), bare),
                Arguments.of(new UserProfile("ann", "a\nb", null, null), bare),
                Arguments.of(new UserProfile("ann", "\uD83D", null, null), bare),
                Arguments.of(new UserProfile("ann", "李小龍 👍🏽", null, null), null),
                Arguments.of(new UserProfile("ann", null, "http://example.com/a.png", null), null),
                Arguments.of(new UserProfile("ann", null, "javascript:alert(1)", null), bare),
                Arguments.of(new UserProfile("ann", null, "data:image/png;base64,AA", null), bare),
                Arguments.of(new UserProfile("ann", null, "/ann.png", null), bare),
                Arguments.of(new UserProfile("ann", null, "https://", null), bare),
                Arguments.of(new UserProfile("ann", null, "https://a/" + "b".repeat(2_039), null), bare),
                Arguments.of(new UserProfile("ann", null, null, "[]"), bare),
                Arguments.of(new UserProfile("ann", null, null, "{\"a\":1e999}"), bare),
                Arguments.of(new UserProfile("ann", null, null, "{\"a\":\"" + "b".repeat(4_096) + "\"}"), bare),
                Arguments.of(
                        new UserProfile("ann", "Ann", "ftp://example.com", "{}"),
                        new UserProfile("ann", "Ann", null, "{}")));
    }

    /** The second profile is what clients receive, or null if that is the first. */
    @ParameterizedTest
    @MethodSource("values")
    void invalid_values_are_left_out(UserProfile of, @Nullable UserProfile seen) {
        ChatFixture chat = chat(UserDirectory.of(List.of(of)));
        assertThat(users(chat, chat.user("eve"), "ann")).containsExactly(seen == null ? of : seen);
    }

    @Test
    void user_who_was_not_requested_is_ignored() {
        ChatFixture chat = chat((viewerId, userIds) -> List.of(ANN, BOB));
        assertThat(users(chat, chat.user("eve"), "ann")).containsExactly(ANN);
    }

    @Test
    void erased_user_is_forgotten() {
        Counting directory = shared(ANN);
        ChatFixture chat = chat(directory);
        TestSession eve = chat.user("eve");
        users(chat, eve, "ann");
        chat.chat().eraseUser("ann").join();
        users(chat, eve, "ann");
        assertThat(directory.calls).hasSize(2);
    }
}
