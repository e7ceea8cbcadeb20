package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.GetConversation;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SetPreferences;
import io.roomcast.chat.event.PreferencesChanged;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Draft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.testkit.BusNetwork;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A user whose phone and laptop are connected to different nodes. */
@Timeout(60)
class PreferencesOnSeveralNodesTest {
    private final ChatStore store = ChatStore.inMemory();
    private final BusNetwork network = new BusNetwork();
    private final TestNode here = node();
    private final TestNode there = node();
    private final TestSession phone = here.user("ann");
    private final TestSession laptop = there.user("ann");

    private TestNode node() {
        return TestNode.of(
                ChatEngine.builder().store(store).cluster(network.newBus()).rateLimiter(RateLimiter.none()));
    }

    private static @Nullable Preferences last(TestNode node, TestSession session) {
        List<PreferencesChanged> changes = node.eventsTo(session, PreferencesChanged.class);
        return changes.isEmpty() ? null : changes.get(changes.size() - 1).preferences();
    }

    @BeforeEach
    void createGroup() {
        here.service().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        network.awaitDelivery();
    }

    @AfterEach
    void close() {
        Stream.of(here, there).forEach(TestNode::close);
        network.close();
    }

    private static SetPreferences of(@Nullable Long unreadFrom, @Nullable String draft, Preference... changed) {
        Draft written = draft == null ? null : new Draft(draft, null, Instant.EPOCH);
        return SetPreferences.of(
                "g", new Preferences(NotifyLevel.NONE, null, true, true, unreadFrom, written, 0), changed);
    }

    @ParameterizedTest
    @EnumSource(Preference.class)
    void device_on_another_node_receives_each_preference(Preference preference) {
        Preferences set = here.run(phone, of(1L, "hello", preference)).result().preferences();
        await().until(() -> set.equals(last(there, laptop)));
        assertThat(there.run(laptop, new GetConversation("g")).result().preferences())
                .isEqualTo(set);
        assertThat(here.eventsTo(phone, PreferencesChanged.class)).isEmpty();
    }

    @Test
    void messages_that_one_device_marks_as_unread_count_on_the_other_until_it_reads() {
        TestSession bob = here.user("bob");
        for (int i = 0; i < 5; i++) {
            here.run(bob, ChatFixture.text("g", "hello")).result();
        }
        there.run(laptop, new MarkRead("g", 5)).result();
        here.run(phone, of(3L, null, Preference.UNREAD_FROM)).result();
        await().until(() ->
                there.eventsTo(laptop, UnreadChanged.class).contains(new UnreadChanged("g", 3, 5, 5, 0, null)));
        assertThat(there.run(laptop, new MarkRead("g", 5)).result().unread()).isZero();
        await().untilAsserted(() -> assertThat(here.eventsTo(phone, UnreadChanged.class))
                .endsWith(new UnreadChanged("g", 0, 5, 5, 0, null)));
        assertThat(last(here, phone).unreadFrom()).isNull();
    }

    @Test
    void sending_on_one_node_clears_a_draft_that_was_written_on_another() {
        there.run(laptop, ChatFixture.text("g", "first")).result();
        here.run(phone, of(null, "hello", Preference.DRAFT)).result();
        await().until(() -> last(there, laptop) != null);
        there.run(laptop, ChatFixture.text("g", "hello")).result();
        await().until(() -> last(here, phone) != null && last(here, phone).draft() == null);
        assertThat(store.preferences("ann", List.of("g")).get("g").draft()).isNull();
    }

    @Test
    void two_devices_that_change_the_same_at_once_agree() {
        for (int round = 0; round < 50; round++) {
            Answer<SetPreferences.Changed> one = here.run(phone, of(1L, null, Preference.ARCHIVED));
            Answer<SetPreferences.Changed> other = there.run(
                    laptop, SetPreferences.of("g", Preferences.NONE, Preference.ARCHIVED, Preference.FAVORITE));
            Preferences last = Stream.of(one, other)
                    .map(answer -> answer.result().preferences())
                    .max((a, b) -> Long.compare(a.version(), b.version()))
                    .orElseThrow();
            await().untilAsserted(() -> {
                assertThat(known(here, phone, one)).isEqualTo(last);
                assertThat(known(there, laptop, other)).isEqualTo(last);
            });
        }
    }

    /** Returns the preferences with the highest version that the client knows. */
    private static Preferences known(TestNode node, TestSession session, Answer<SetPreferences.Changed> answer) {
        return Stream.concat(
                        Stream.of(answer.result().preferences()),
                        node.eventsTo(session, PreferencesChanged.class).stream()
                                .map(PreferencesChanged::preferences))
                .max((a, b) -> Long.compare(a.version(), b.version()))
                .orElseThrow();
    }
}
