package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.GetConversation;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SetPreferences;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.PreferencesChanged;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.CallCounter;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ConversationFilter;
import io.roomcast.chat.model.Draft;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.ReplacedDraft;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user with a phone and a laptop prefers in conversations. */
class PreferencesTest {
    private final FailingStore store = new FailingStore();
    private final ChatFixture chat =
            ChatFixture.with(builder -> builder.store(store).accessPolicy(AccessPolicy.membersOnly()));
    private final TestSession bob = chat.user("bob");
    private final TestSession phone = chat.user("ann");
    private final TestSession laptop = chat.user("ann");

    @BeforeEach
    void createGroup() {
        chat.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        chat.told().clear();
    }

    @AfterEach
    void close() {
        chat.close();
    }

    private static Preferences values(@Nullable Long unreadFrom, @Nullable String draft) {
        return new Preferences(
                NotifyLevel.MENTIONS,
                Instant.parse("2030-01-01T00:00:00Z"),
                true,
                true,
                unreadFrom,
                draft == null ? null : new Draft(draft, null, Instant.EPOCH),
                0);
    }

    private Preferences set(TestSession session, Preferences values, Preference... changed) {
        return chat.run(session, SetPreferences.of("g", values, changed))
                .result()
                .preferences();
    }

    private Preferences draft(TestSession session, @Nullable String content) {
        return set(session, values(null, content), Preference.DRAFT);
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            chat.chat().send("g", NewMessage.system("hello")).join();
        }
        chat.time().advance(Duration.ofSeconds(2));
        chat.told().clear();
    }

    private Preferences known(TestSession session) {
        return chat.run(session, new GetConversation("g")).result().preferences();
    }

    private <E extends ChatEvent> List<E> received(TestSession session, Class<E> kind) {
        return chat.told().toldTo(session).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private GetConversations.Entry listed() {
        return chat.run(phone, GetConversations.first()).result().entries().get(0);
    }

    @ParameterizedTest
    @EnumSource(Preference.class)
    void other_devices_receive_each_preference(Preference preference) {
        Preferences set = set(phone, values(1L, "hello, wo"), preference);
        assertThat(set).isNotEqualTo(Preferences.NONE);
        assertThat(received(laptop, PreferencesChanged.class)).containsExactly(new PreferencesChanged("g", set));
        assertThat(received(phone, PreferencesChanged.class)).isEmpty();
        assertThat(chat.told().toldTo(bob)).isEmpty();
        assertThat(known(laptop)).isEqualTo(set);
        assertThat(listed().preferences()).isEqualTo(set);

        Preferences cleared = set(laptop, Preferences.NONE, preference);
        assertThat(received(phone, PreferencesChanged.class)).containsExactly(new PreferencesChanged("g", cleared));
        assertThat(cleared).usingRecursiveComparison().ignoringFields("version").isEqualTo(Preferences.NONE);
    }

    @Test
    void command_without_preferences_reads_them() {
        Preferences set = set(phone, values(null, null), Preference.ARCHIVED);
        assertThat(set(laptop, Preferences.NONE)).isEqualTo(set);
        assertThat(received(phone, PreferencesChanged.class)).isEmpty();
    }

    @Test
    void conversation_that_does_not_exist_has_no_preferences() {
        try (ChatFixture open = ChatFixture.start()) {
            SetPreferences archive = SetPreferences.of("missing", values(null, null), Preference.ARCHIVED);
            assertThat(open.run(open.user("ann"), archive).code()).isEqualTo(ErrorCode.CONVERSATION_NOT_FOUND);
            assertThat(open.run(open.anonymous(), archive).code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        }
    }

    @Test
    void draft_replaces_only_the_one_that_the_device_knows() {
        Draft first = draft(phone, "hel").draft();
        chat.time().advance(Duration.ofMillis(1));
        SetPreferences second =
                new SetPreferences("g", Set.of(Preference.DRAFT), values(null, "hello"), new ReplacedDraft(first.at()));
        Draft stored = chat.run(phone, second).result().preferences().draft();
        assertThat(stored.at()).isEqualTo(chat.time().clock().instant());
        assertThat(chat.run(laptop, second).code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(known(laptop).draft()).isEqualTo(stored);
    }

    @Test
    void empty_draft_is_none_unless_it_replies() {
        draft(phone, "hello");
        assertThat(draft(phone, "").draft()).isNull();
        Preferences reply = Preferences.NONE.withDraft(new Draft("", "message", Instant.EPOCH));
        assertThat(set(phone, reply, Preference.DRAFT).draft()).isNotNull();
    }

    @Test
    void sending_clears_the_draft_on_all_devices() {
        draft(phone, "hello");
        chat.told().clear();
        chat.send(laptop, "g", "hello").result();
        assertThat(known(phone).draft()).isNull();
        for (TestSession device : List.of(phone, laptop)) {
            assertThat(received(device, PreferencesChanged.class))
                    .extracting(changed -> changed.preferences().draft())
                    .containsExactly((Draft) null);
        }
    }

    @Test
    void message_in_another_conversation_or_of_another_user_clears_no_draft() {
        chat.chat().create(NewConversation.group("h", "Other", List.of("ann", "bob")));
        Preferences set = draft(phone, "hello");
        chat.send(bob, "g", "hi").result();
        chat.send(phone, "h", "hi").result();
        chat.chat().send("g", NewMessage.system("hello")).join();
        assertThat(known(phone)).isEqualTo(set);
    }

    @Test
    void newer_draft_outlives_a_message_that_was_sent_before() {
        chat.send(phone, "g", "hello").result();
        chat.time().advance(Duration.ofMillis(1));
        Preferences set = draft(phone, "next");
        assertThat(known(phone)).isEqualTo(set);
    }

    @Test
    void sending_without_drafts_reads_the_settings_once() {
        CallCounter counter = new CallCounter();
        try (ChatFixture counted = ChatFixture.with(builder -> builder.store(counter.around(ChatStore.inMemory())))) {
            TestSession cid = counted.user("cid");
            counted.send(cid, "room", "hello").result();
            assertThat(counter.calls()).containsOnlyOnce("settings");
            counter.clear();
            counted.send(cid, "room", "hello").result();
            assertThat(counter.calls()).containsExactly("append");
        }
    }

    @Test
    void unread_counts_follow_what_the_user_marked_as_unread() {
        send(5);
        chat.run(phone, new MarkRead("g", 5)).result();
        chat.told().clear();
        set(phone, values(3L, null), Preference.UNREAD_FROM);
        UnreadChanged three = new UnreadChanged("g", 3, 5, 5, 0, null);
        for (TestSession device : List.of(phone, laptop)) {
            assertThat(received(device, UnreadChanged.class)).containsExactly(three);
        }
        assertThat(listed().unread()).isEqualTo(3);
        assertThat(listed().readSeq()).isEqualTo(5);
        assertThat(chat.run(laptop, JoinRoom.of("g")).result().unread()).isEqualTo(3);
        chat.chat().send("g", NewMessage.system("sixth")).join();
        chat.time().advance(Duration.ofSeconds(2));
        assertThat(chat.told().unreadTo(phone)).endsWith(new UnreadChanged("g", 4, 5, 6, 0, null));
    }

    @Test
    void marking_as_unread_moves_no_receipt() {
        send(5);
        chat.run(phone, new MarkRead("g", 5)).result();
        GetReceipts.Receipts before = chat.run(bob, new GetReceipts("g")).result();
        chat.told().clear();
        set(phone, values(1L, null), Preference.UNREAD_FROM);
        assertThat(chat.told().toldTo(bob)).isEmpty();
        assertThat(chat.run(bob, new GetReceipts("g")).result()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 5, 6, 9})
    void reading_ends_what_is_marked_as_unread(long upToSeq) {
        send(6);
        chat.run(phone, new MarkRead("g", 5)).result();
        set(phone, values(2L, null), Preference.UNREAD_FROM);
        chat.told().clear();
        long read = Math.max(5, Math.min(6, upToSeq));
        assertThat(chat.run(laptop, new MarkRead("g", upToSeq)).result()).isEqualTo(new MarkRead.Read(read, 6 - read));
        for (TestSession device : List.of(phone, laptop)) {
            assertThat(received(device, UnreadChanged.class))
                    .endsWith(new UnreadChanged("g", 6 - read, read, 6, 0, null));
            assertThat(received(device, PreferencesChanged.class))
                    .extracting(changed -> changed.preferences().unreadFrom())
                    .containsExactly((Long) null);
        }
        assertThat(listed().unread()).isEqualTo(6 - read);
    }

    @Test
    void later_message_marks_nothing_as_unread() {
        send(2);
        chat.run(phone, new MarkRead("g", 2)).result();
        set(phone, values(9L, null), Preference.UNREAD_FROM);
        assertThat(listed().unread()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 100})
    void filtered_pages_have_all_matching_conversations_once(int limit) {
        List<String> ids = IntStream.range(0, 12).mapToObj(i -> "g" + i).toList();
        ids.forEach(id -> {
            chat.chat().create(NewConversation.group(id, "Group", List.of("ann")));
            chat.time().advance(Duration.ofMillis(1));
        });
        for (int i = 0; i < 12; i++) {
            Preferences values = new Preferences(NotifyLevel.ALL, null, i % 2 == 0, i % 3 == 0, null, null, 0);
            chat.run(phone, new SetPreferences("g" + i, Set.of(Preference.ARCHIVED, Preference.FAVORITE), values, null))
                    .result();
            if (i % 4 == 0) {
                chat.chat().send("g" + i, NewMessage.system("hello")).join();
            }
        }
        assertThat(pages(ConversationFilter.ARCHIVED, limit))
                .containsExactlyInAnyOrder("g0", "g2", "g4", "g6", "g8", "g10");
        assertThat(pages(ConversationFilter.ACTIVE, limit))
                .containsExactlyInAnyOrder("g", "g1", "g3", "g5", "g7", "g9", "g11");
        assertThat(pages(ConversationFilter.FAVORITES, limit)).containsExactlyInAnyOrder("g0", "g3", "g6", "g9");
        assertThat(pages(ConversationFilter.UNREAD, limit)).containsExactlyInAnyOrder("g0", "g4", "g8");
    }

    private List<String> pages(ConversationFilter filter, int limit) {
        List<String> found = new ArrayList<>();
        GetConversations command = GetConversations.first().withFilter(filter).withLimit(limit);
        while (command != null) {
            GetConversations.Listed page = chat.run(laptop, command).result();
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
            page.entries().forEach(entry -> found.add(entry.conversation().conversationId()));
            command = page.next() == null ? null : new GetConversations(page.next(), limit, filter);
        }
        return found;
    }

    @Test
    void unread_conversation_behind_many_read_ones_is_found() {
        chat.chat().create(NewConversation.group("oldest", "Group", List.of("ann")));
        chat.chat().send("oldest", NewMessage.system("hello")).join();
        for (int i = 0; i < 1_200; i++) {
            chat.time().advance(Duration.ofMillis(1));
            chat.chat().create(NewConversation.group("read-" + i, "Group", List.of("ann")));
        }
        assertThat(pages(ConversationFilter.UNREAD, 5)).containsExactly("oldest");
    }

    @Test
    void erasure_forgets_preferences_and_their_versions() {
        set(phone, values(1L, "hello"), Preference.values());
        chat.chat().eraseUser("ann").join();
        assertThat(store.settings(List.of("ann"))).isEmpty();
        chat.chat().addMembers("g", Set.of("ann"));
        TestSession again = chat.user("ann");
        TestSession other = chat.user("ann");
        chat.told().clear();
        Preferences set = chat.run(again, SetPreferences.of("g", values(null, null), Preference.FAVORITE))
                .result()
                .preferences();
        assertThat(set.version()).isEqualTo(1);
        assertThat(received(other, PreferencesChanged.class)).containsExactly(new PreferencesChanged("g", set));
    }

    @Test
    void reading_fails_if_the_store_cannot_end_what_is_marked_as_unread() {
        send(3);
        set(phone, values(1L, null), Preference.UNREAD_FROM);
        store.failWith(IllegalStateException::new);
        Answer<MarkRead.Read> failed = chat.run(laptop, new MarkRead("g", 3));
        assertThat(failed.isRefused()).isTrue();
        store.recover();
        assertThat(chat.run(laptop, new MarkRead("g", 3)).result().unread()).isZero();
        assertThat(listed().unread()).isZero();
    }

    @Test
    void deletion_changes_no_unread_count() {
        String id = chat.send(bob, "g", "hello").result().message().id();
        chat.run(bob, new DeleteMessage("g", id)).result();
        assertThat(listed().unread()).isEqualTo(1);
    }
}
