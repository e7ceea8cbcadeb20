package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.GetMessage;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SetPreferences;
import io.roomcast.chat.fixture.CallCounter;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionTest {
    private final CallCounter store = new CallCounter();
    private final ChatFixture chat = ChatFixture.with(builder -> builder.store(store.around(ChatStore.inMemory())));

    @BeforeEach
    void createGroup() {
        chat.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid")));
    }

    @AfterEach
    void close() {
        chat.close();
    }

    private Message send(String senderId, List<String> mentions) {
        SendMessage message = new SendMessage(
                "g", senderId, MessageType.TEXT, "hello", List.of(), null, null, mentions, null, null, null, null);
        return chat.chat().execute(message).join().message();
    }

    @ParameterizedTest
    @CsvSource({
        "ALL, 0, none, true",
        "ALL, 60, none, false",
        "ALL, 60, bob, false",
        "ALL, -60, none, true",
        "MENTIONS, 0, none, false",
        "MENTIONS, 0, cid, false",
        "MENTIONS, 0, bob, true",
        "MENTIONS, 0, @all, true",
        "MENTIONS, 60, @all, false",
        "NONE, 0, none, false",
        "NONE, 0, bob, false",
        "NONE, 0, @all, false"
    })
    void level_mute_and_mention_decide(NotifyLevel level, long mutedSeconds, String mentioned, boolean isNotified) {
        Instant until = mutedSeconds == 0 ? null : chat.time().clock().instant().plusSeconds(mutedSeconds);
        Preferences values = new Preferences(level, until, false, false, null, null, 0);
        chat.run(chat.user("bob"), SetPreferences.of("g", values, Preference.NOTIFY, Preference.MUTED_UNTIL))
                .result();
        Message message = send("ann", mentioned.equals("none") ? List.of() : List.of(mentioned));
        assertThat(chat.chat().attention().notifies("bob", message)).isEqualTo(isNotified);
        chat.time().advance(Duration.ofMinutes(2));
        boolean isLater = level == NotifyLevel.ALL || (level == NotifyLevel.MENTIONS && message.mentions("bob"));
        assertThat(chat.chat().attention().notifies("bob", message)).isEqualTo(isLater);
    }

    @Test
    void no_user_is_notified_of_own_or_deleted_messages() {
        Message message = send("ann", List.of("ann", "@all"));
        assertThat(chat.chat().attention().notified(List.of("ann", "bob", "cid"), message))
                .containsExactlyInAnyOrder("bob", "cid");
        chat.chat().execute(new DeleteMessage("g", message.id())).join();
        Message deleted =
                chat.chat().execute(new GetMessage("g", message.id())).join().message();
        assertThat(chat.chat().attention().notified(List.of("bob", "cid"), deleted))
                .isEmpty();
    }

    @Test
    void whole_group_costs_one_call_of_the_store() {
        Message message = send("ann", List.of());
        List<String> users =
                IntStream.range(0, 1_000).mapToObj(i -> "user-" + i).toList();
        store.clear();
        assertThat(chat.chat().attention().notified(users, message)).hasSize(1_000);
        assertThat(chat.chat().attention().notified(users, message)).hasSize(1_000);
        assertThat(store.calls()).containsExactly("settings");
    }
}
