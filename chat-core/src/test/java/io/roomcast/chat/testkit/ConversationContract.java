package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Creating conversations, and the latest positions in them. */
abstract class ConversationContract extends StoreCase {
    private static final NewConversation GROUP = NewConversation.group("g", "Group", List.of("carol", "alice", "bob"));

    ConversationContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @Test
    void unknown_conversation_is_not_found() {
        assertThat(store.conversation("c")).isEmpty();
        assertThat(store.position("c")).isEqualTo(Position.START);
    }

    @Test
    void position_is_the_newest_message() {
        fill("c", 3);
        fill("other", 5);

        assertThat(store.position("c")).isEqualTo(new Position(3, 0));
    }

    @Test
    void first_message_makes_an_open_conversation() {
        MessageDraft draft = Drafts.text("c", "alice", "hello");
        append(draft);

        Conversation made = store.conversation("c").orElseThrow();
        assertThat(made.kind()).isEqualTo(ConversationKind.OPEN);
        assertThat(made.title()).isNull();
        assertThat(made.members()).isEmpty();
        assertThat(made.createdAt()).isEqualTo(draft.createdAt());
        assertThat(made.position()).isEqualTo(new Position(1, 0));
    }

    @Test
    void later_messages_move_only_the_position() {
        fill("c", 1);
        Conversation before = store.conversation("c").orElseThrow();
        fill("c", 2);

        Conversation after = store.conversation("c").orElseThrow();
        assertThat(after.position()).isEqualTo(new Position(3, 0));
        assertThat(after.createdAt()).isEqualTo(before.createdAt());
    }

    @Test
    void created_group_has_its_members_in_order() {
        Conversation group = store.create(GROUP);

        assertThat(group.kind()).isEqualTo(ConversationKind.GROUP);
        assertThat(group.title()).isEqualTo("Group");
        assertThat(group.position()).isEqualTo(Position.START);
        assertThat(group.members()).extracting(Member::userId).containsExactly("carol", "alice", "bob");
        assertThat(group.members()).extracting(Member::role).containsExactly(Role.OWNER, Role.MEMBER, Role.MEMBER);
    }

    @Test
    void created_conversation_is_found() {
        Conversation created = store.create(GROUP);

        assertThat(store.conversation("g")).contains(created);
    }

    @Test
    void creation_is_dated_in_whole_milliseconds() {
        Conversation created = store.create(GROUP);

        Instant createdAt = created.createdAt();
        assertThat(createdAt).isEqualTo(createdAt.truncatedTo(ChronoUnit.MILLIS));
        assertThat(created.members()).extracting(Member::joinedAt).containsOnly(createdAt);
    }

    @Test
    void open_conversation_has_no_members() {
        Conversation open =
                store.create(new NewConversation("c", ConversationKind.OPEN, "Lobby", List.of(), null, null));

        assertThat(open.kind()).isEqualTo(ConversationKind.OPEN);
        assertThat(open.members()).isEmpty();
    }

    @Test
    void second_creation_changes_nothing() {
        Conversation first = store.create(GROUP);

        assertThat(store.create(NewConversation.group("g", "Other", List.of("dave"))))
                .isEqualTo(first);
        assertThat(store.isMember("g", "dave")).isFalse();
    }

    @Test
    void second_creation_does_not_bring_a_removed_member_back() {
        store.create(GROUP);
        store.removeMember("g", "bob");
        store.create(GROUP);

        assertThat(store.isMember("g", "bob")).isFalse();
    }

    @Test
    void creation_after_the_first_message_changes_nothing() {
        fill("g", 1);

        assertThat(store.create(GROUP)).isEqualTo(store.conversation("g").orElseThrow());
        assertThat(store.isMember("g", "alice")).isFalse();
    }

    @Test
    void first_message_leaves_a_created_conversation_as_it_is() {
        Conversation created = store.create(GROUP);
        fill("g", 1);

        Conversation after = store.conversation("g").orElseThrow();
        assertThat(after.members()).isEqualTo(created.members());
        assertThat(after.kind()).isEqualTo(ConversationKind.GROUP);
        assertThat(after.position()).isEqualTo(new Position(1, 0));
    }

    @Test
    void direct_conversation_is_the_same_for_either_order() {
        Conversation made = store.create(NewConversation.direct("alice", "bob"));

        assertThat(store.create(NewConversation.direct("bob", "alice"))).isEqualTo(made);
        assertThat(made.members()).extracting(Member::userId).containsExactlyInAnyOrder("alice", "bob");
    }

    @Test
    void creation_keeps_the_fields_of_the_host() {
        Conversation made =
                store.create(GROUP.withMetadata("{\"$a.b\": [1, null]}").withRetention(Duration.ofDays(30)));

        assertThat(made.metadata()).isEqualTo("{\"$a.b\": [1, null]}");
        assertThat(made.retention()).isEqualTo(Duration.ofDays(30));
        assertThat(store.conversation("g")).contains(made);
    }

    @ParameterizedTest
    @FieldSource("io.roomcast.chat.testkit.MetadataNumbers#EDGES")
    void numbers_in_metadata_are_kept_to_the_letter(String number) {
        store.create(GROUP.withMetadata("{\"a\": " + number + "}"));
        assertThat(store.conversation("g").orElseThrow().metadata()).isEqualTo("{\"a\": " + number + "}");
        update("g", null, "{\"b\":" + number + "}");
        assertThat(store.conversation("g").orElseThrow().metadata()).isEqualTo("{\"b\":" + number + "}");
    }

    @Test
    void fields_that_the_host_omits_are_absent() {
        Conversation made = store.create(NewConversation.open("c"));

        assertThat(made)
                .returns(null, Conversation::title)
                .returns(null, Conversation::metadata)
                .returns(null, Conversation::retention)
                .returns(null, Conversation::lastMessage)
                .returns(made.createdAt(), Conversation::updatedAt);
        assertThat(store.conversation("c")).contains(made);
    }

    @Test
    void update_changes_title_and_metadata() {
        store.create(GROUP);
        Conversation updated = update("g", "Other", "{\"a\": 1}");

        assertThat(updated.title()).isEqualTo("Other");
        assertThat(updated.metadata()).isEqualTo("{\"a\": 1}");
        assertThat(store.conversation("g")).contains(updated);
    }

    @Test
    void update_leaves_what_it_does_not_name() {
        Conversation before = store.create(GROUP.withMetadata("{}"));

        assertThat(update("g", null, "{\"a\": 1}").title()).isEqualTo("Group");
        assertThat(update("g", "Other", null).metadata()).isEqualTo("{\"a\": 1}");
        assertThat(store.conversation("g").orElseThrow())
                .usingRecursiveComparison()
                .ignoringFields("title", "metadata", "updatedAt")
                .isEqualTo(before);
    }

    @Test
    void update_is_dated() {
        Conversation before = store.create(GROUP);
        Instant at = before.createdAt().plusMillis(5);
        store.update(new ConversationUpdate("g", "Other", null, at));

        Conversation after = store.conversation("g").orElseThrow();
        assertThat(after.updatedAt()).isEqualTo(at);
        assertThat(after.createdAt()).isEqualTo(before.createdAt());
    }

    @Test
    void conversation_of_a_first_message_may_be_given_a_title() {
        fill("c", 1);

        assertThat(update("c", "Lobby", null).title()).isEqualTo("Lobby");
        assertThat(store.conversation("c").orElseThrow().title()).isEqualTo("Lobby");
    }

    @Test
    void unknown_conversation_is_not_updated() {
        assertThat(store.update(new ConversationUpdate("c", "Lobby", null, Drafts.now())))
                .isEmpty();
        assertThat(store.conversation("c")).isEmpty();
    }

    private Conversation update(String conversationId, @Nullable String title, @Nullable String metadata) {
        return store.update(new ConversationUpdate(conversationId, title, metadata, Drafts.now()))
                .orElseThrow();
    }

    @Test
    void epoch_stays_the_same() {
        assertThat(store.epoch()).isNotEmpty().isEqualTo(store.epoch());
    }

    @Test
    void ping_answers() {
        store.ping();
    }

    @Test
    void second_close_does_nothing() {
        store.close();
        store.close();
    }
}
