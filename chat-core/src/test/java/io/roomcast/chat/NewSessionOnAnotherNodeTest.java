package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.GetConversation;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetUnread;
import io.roomcast.chat.command.SetPreferences;
import io.roomcast.chat.event.PreferencesChanged;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.BusNetwork.Faults;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The first session of a user on a node, over a bus that takes time to subscribe. What follows the answer to the first
 * command reaches the session, although it happens on another node.
 */
@Timeout(60)
class NewSessionOnAnotherNodeTest {
    private static final int USERS = 20;

    private final ChatStore store = ChatStore.inMemory();
    private final BusNetwork network = new BusNetwork(new Faults(1, Duration.ofMillis(60), 0, 0));
    private final TestNode here = node();
    private final TestNode there = node();

    private TestNode node() {
        return TestNode.of(
                ChatEngine.builder().store(store).cluster(network.newBus()).rateLimiter(RateLimiter.none()));
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        network.close();
    }

    private enum First {
        CONVERSATIONS {
            @Override
            void load(TestNode node, TestSession session, String conversationId) {
                node.run(session, GetConversations.first()).result();
            }
        },
        CONVERSATION {
            @Override
            void load(TestNode node, TestSession session, String conversationId) {
                node.run(session, new GetConversation(conversationId)).result();
            }
        },
        UNREAD {
            @Override
            void load(TestNode node, TestSession session, String conversationId) {
                node.run(session, new GetUnread()).result();
            }
        };

        abstract void load(TestNode node, TestSession session, String conversationId);
    }

    @ParameterizedTest
    @EnumSource
    void change_after_the_first_answer_reaches_the_session(First first) {
        await().until(() ->
                here.service().stats().nodes() == 2 && there.service().stats().nodes() == 2);
        for (int i = 0; i < USERS; i++) {
            String userId = "ann-" + i;
            String id = "g-" + i;
            here.service().create(NewConversation.group(id, "Group", List.of(userId, "bob")));
            TestSession phone = here.user(userId);
            TestSession bob = here.user("bob");
            TestSession laptop = there.user(userId);
            first.load(there, laptop, id);

            here.run(bob, ChatFixture.text(id, "hello")).result();
            SetPreferences mutes = SetPreferences.of(
                    id, new Preferences(NotifyLevel.NONE, null, false, false, null, null, 0), Preference.NOTIFY);
            Preferences muted = here.run(phone, mutes).result().preferences();

            await().untilAsserted(() -> {
                assertThat(there.eventsTo(laptop, UnreadChanged.class))
                        .as(userId)
                        .extracting(UnreadChanged::latestSeq)
                        .contains(1L);
                assertThat(there.eventsTo(laptop, PreferencesChanged.class))
                        .as(userId)
                        .contains(new PreferencesChanged(id, muted));
            });
        }
    }
}
