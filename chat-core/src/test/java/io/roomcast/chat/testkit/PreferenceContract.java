package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.Draft;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.PreferencesUpdate;
import io.roomcast.chat.model.Privacy;
import io.roomcast.chat.model.PrivacyUpdate;
import io.roomcast.chat.model.ReplacedDraft;
import io.roomcast.chat.model.UserSettings;
import io.roomcast.chat.spi.ChatStore;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What users prefer in conversations. */
abstract class PreferenceContract extends StoreCase {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Preferences VALUES = new Preferences(
            NotifyLevel.MENTIONS, T, true, true, 3L, new Draft("hello, wo", "message-1", T.plusMillis(1)), 0);

    PreferenceContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    private static PreferencesUpdate update(Preferences values, Preference... changed) {
        return new PreferencesUpdate("alice", "g", Set.of(changed), values, null);
    }

    private static PreferencesUpdate all() {
        return update(VALUES, Preference.values());
    }

    private static Preferences withDraft(@Nullable String content, Instant at) {
        return Preferences.NONE.withDraft(content == null ? null : new Draft(content, null, at));
    }

    private Preferences stored(String userId, String conversationId) {
        return store.preferences(userId, List.of(conversationId)).getOrDefault(conversationId, Preferences.NONE);
    }

    @Test
    void user_without_preferences_has_none() {
        assertThat(store.preferences("alice", List.of("g"))).isEmpty();
        assertThat(store.settings(List.of("alice"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Preference.class)
    void each_preference_is_stored_and_cleared_alone(Preference preference) {
        Preferences set = Preferences.NONE.with(Set.of(preference), VALUES);
        assertThat(store.changePreferences(update(VALUES, preference))).isEqualTo(set);
        assertThat(stored("alice", "g")).isEqualTo(set);

        store.changePreferences(all());
        Preferences rest = set.with(EnumSet.allOf(Preference.class), VALUES).with(Set.of(preference), Preferences.NONE);
        assertThat(store.changePreferences(PreferencesUpdate.clearing("alice", "g", preference)))
                .isEqualTo(rest);
        assertThat(stored("alice", "g")).isEqualTo(rest);
    }

    @ParameterizedTest
    @EnumSource(Preference.class)
    void clearing_what_was_never_set_stores_nothing(Preference preference) {
        assertThat(store.changePreferences(PreferencesUpdate.clearing("alice", "g", preference)))
                .isEqualTo(Preferences.NONE);
        assertThat(store.preferences("alice", List.of("g"))).isEmpty();
    }

    @Test
    void preferences_of_other_users_and_conversations_are_apart() {
        store.changePreferences(all());

        assertThat(store.preferences("bob", List.of("g"))).isEmpty();
        assertThat(store.preferences("alice", List.of("h"))).isEmpty();
        assertThat(store.preferences("alice", List.of("g", "h"))).containsOnlyKeys("g");
    }

    @Test
    void settings_have_all_conversations_without_the_texts_of_drafts() {
        store.changePreferences(all());
        store.changePreferences(new PreferencesUpdate("alice", "h", Set.of(Preference.ARCHIVED), VALUES, null));
        store.changePreferences(new PreferencesUpdate("bob", "g", Set.of(Preference.FAVORITE), VALUES, null));

        Map<String, UserSettings> found = store.settings(List.of("alice", "bob", "carol"));

        assertThat(found).containsOnlyKeys("alice", "bob");
        assertThat(found.get("alice").preferences())
                .containsOnlyKeys("g", "h")
                .containsEntry("g", stored("alice", "g").withoutDraftText());
        assertThat(found.get("bob").in("g").favorite()).isTrue();
    }

    private static PrivacyUpdate hiding(String userId, Boolean readReceipts, Boolean typing, Boolean presence) {
        return new PrivacyUpdate(userId, readReceipts, typing, presence);
    }

    @Test
    void privacy_is_stored_field_by_field_and_apart_from_preferences() {
        assertThat(store.changePrivacy(hiding("alice", false, null, null))).isEqualTo(new Privacy(false, true, true));
        assertThat(store.changePrivacy(hiding("alice", null, null, false))).isEqualTo(new Privacy(false, true, false));
        assertThat(store.changePrivacy(hiding("alice", true, false, null))).isEqualTo(new Privacy(true, false, false));
        store.changePreferences(all());
        store.changePreferences(new PreferencesUpdate("bob", "g", Set.of(Preference.FAVORITE), VALUES, null));

        Map<String, UserSettings> found = store.settings(List.of("alice", "bob", "carol"));
        assertThat(found).containsOnlyKeys("alice", "bob");
        assertThat(found.get("alice").privacy()).isEqualTo(new Privacy(true, false, false));
        assertThat(found.get("alice").preferences()).containsOnlyKeys("g");
        assertThat(found.get("bob").privacy()).isEqualTo(Privacy.OPEN);

        store.eraseUser("alice");
        assertThat(store.settings(List.of("alice"))).isEmpty();
    }

    @Test
    void privacy_that_is_changed_by_several_devices_at_once_has_all_changes() {
        List<CompletableFuture<Privacy>> changes = Stream.of(
                        hiding("alice", false, null, null),
                        hiding("alice", null, false, null),
                        hiding("alice", null, null, false))
                .map(update -> CompletableFuture.supplyAsync(() -> store.changePrivacy(update)))
                .toList();
        changes.forEach(CompletableFuture::join);

        assertThat(store.settings(List.of("alice")).get("alice").privacy()).isEqualTo(new Privacy(false, false, false));
    }

    /** Which draft is stored, which one the change replaces, and whether that is refused. */
    enum Replacement {
        ANY_BY_NONE(false, null, false),
        ANY_BY_ANY(true, null, false),
        NONE_BY_NONE(false, new ReplacedDraft(null), false),
        NONE_BY_ANOTHER(true, new ReplacedDraft(null), true),
        SAME(true, new ReplacedDraft(T), false),
        OLDER(true, new ReplacedDraft(T.minusMillis(1)), true),
        MISSING(false, new ReplacedDraft(T), true);

        private final boolean isStored;
        private final @Nullable ReplacedDraft replaced;
        private final boolean isRefused;

        Replacement(boolean isStored, @Nullable ReplacedDraft replaced, boolean isRefused) {
            this.isStored = isStored;
            this.replaced = replaced;
            this.isRefused = isRefused;
        }

        private PreferencesUpdate of(Preferences values) {
            PreferencesUpdate update = update(values, Preference.DRAFT);
            return replaced == null ? update : update.replacing(replaced);
        }
    }

    @ParameterizedTest
    @EnumSource(Replacement.class)
    void draft_replaces_the_one_that_the_writer_knows(Replacement replacement) {
        for (Preferences values : List.of(withDraft("newer", T.plusMillis(5)), Preferences.NONE)) {
            store.changePreferences(
                    update(replacement.isStored ? withDraft("before", T) : Preferences.NONE, Preference.DRAFT));
            Preferences before = stored("alice", "g");
            if (replacement.isRefused) {
                assertThat(refusal(() -> store.changePreferences(replacement.of(values))))
                        .isEqualTo(ErrorCode.CONFLICT);
                assertThat(stored("alice", "g")).isEqualTo(before);
            } else {
                assertThat(store.changePreferences(replacement.of(values)).draft())
                        .isEqualTo(values.draft());
            }
            store.eraseUser("alice");
        }
    }

    @Test
    void one_of_many_devices_that_replace_the_same_draft_wins() {
        store.changePreferences(update(withDraft("before", T), Preference.DRAFT));
        ChatStore other =
                harness.capabilities().contains(StoreHarness.Capability.MULTI_NODE) ? harness.openAnotherNode() : store;
        List<CompletableFuture<Boolean>> attempts = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    PreferencesUpdate update = update(withDraft("text " + i, T.plusMillis(i + 1)), Preference.DRAFT)
                            .replacing(new ReplacedDraft(T));
                    try {
                        (i % 2 == 0 ? store : other).changePreferences(update);
                        return true;
                    } catch (RuntimeException conflict) {
                        return false;
                    }
                }))
                .toList();

        assertThat(attempts.stream().map(CompletableFuture::join)).containsOnlyOnce(true);
        assertThat(stored("alice", "g").version()).isEqualTo(2);
    }

    @Test
    void versions_count_changes_that_are_made_at_once() {
        List<CompletableFuture<Long>> changes = Stream.of(Preference.values())
                .map(preference -> CompletableFuture.supplyAsync(() ->
                        store.changePreferences(update(VALUES, preference)).version()))
                .toList();

        assertThat(changes.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(stored("alice", "g"))
                .usingRecursiveComparison()
                .ignoringFields("version")
                .isEqualTo(VALUES);
    }

    @Test
    void returning_member_has_nothing_marked_as_unread() {
        store.create(NewConversation.group("g", "Group", List.of("alice", "bob")));
        fill("g", 5);
        store.changePreferences(all());
        store.addMembers("g", Set.of("alice"));
        assertThat(stored("alice", "g").unreadFrom()).isEqualTo(3);

        store.removeMember("g", "alice");
        store.addMembers("g", Set.of("alice"));

        assertThat(stored("alice", "g").unreadFrom()).isNull();
        assertThat(stored("alice", "g").favorite()).isTrue();
    }

    @Test
    void erasure_deletes_the_preferences_of_the_user_alone() {
        store.changePreferences(all());
        store.changePreferences(new PreferencesUpdate("bob", "g", Set.of(Preference.FAVORITE), VALUES, null));
        store.eraseUser("alice");

        assertThat(store.settings(List.of("alice", "bob"))).containsOnlyKeys("bob");
        assertThat(store.changePreferences(all()).version()).isEqualTo(1);
    }

    @Test
    void lists_are_restricted_to_some_conversations() {
        List<String> ids = IntStream.range(0, 9).mapToObj(i -> "g" + i).toList();
        ids.forEach(id -> store.create(NewConversation.group(id, "Group", List.of("alice"))));
        ConversationQuery query = new ConversationQuery("alice", null, 4);

        assertThat(pages(query.only(Set.of("g1", "g7", "other")))).containsExactlyInAnyOrder("g1", "g7");
        assertThat(pages(query.except(Set.of("g1", "g7"))))
                .containsExactlyInAnyOrder("g0", "g2", "g3", "g4", "g5", "g6", "g8");
        assertThat(pages(query.only(Set.of()))).isEmpty();
    }

    private List<String> pages(ConversationQuery first) {
        List<Conversation> page = store.conversations(first);
        Stream<String> found = page.stream().map(Conversation::conversationId);
        return page.size() < first.limit()
                ? found.toList()
                : Stream.concat(
                                found,
                                pages(first.after(page.get(page.size() - 1).cursor())).stream())
                        .toList();
    }
}
