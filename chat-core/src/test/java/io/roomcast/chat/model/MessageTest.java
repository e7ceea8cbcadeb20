package io.roomcast.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.testkit.Components;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final Instant AT = Instant.parse("2026-02-01T00:00:00Z");

    /** What remains of a deleted message. A new component is cleared, or is listed here. */
    private static final Set<String> KEPT = Set.of(
            "id",
            "conversationId",
            "seq",
            "senderId",
            "clientMessageId",
            "body.type",
            "createdAt",
            "editedAt",
            "expiresAt");

    /** The components that name no user but the sender. A new component is erased with its user, or is listed here. */
    private static final Set<String> WITHOUT_OTHERS = Set.of(
            "id",
            "conversationId",
            "seq",
            "version",
            "senderId",
            "clientMessageId",
            "body.type",
            "body.content",
            "body.attachments",
            "body.replyTo",
            "body.metadata",
            "body.customType",
            "createdAt",
            "editedAt",
            "deletion.deletedAt",
            "pin.at",
            "expiresAt",
            "annotations");

    @Test
    void deletion_clears_all_that_is_not_listed() {
        Message before = SampleMessages.everything();

        assertThat(Components.same(before, before.deleted(new Deletion("carol", AT), 9)))
                .isEqualTo(KEPT);
    }

    @Test
    void erasure_of_the_sender_clears_all_that_is_not_listed() {
        Message before = SampleMessages.everything();
        Set<String> kept = new TreeSet<>(KEPT);
        kept.remove("senderId");
        kept.add("version");

        assertThat(Components.same(before, before.withoutUser("alice", "nobody", AT)))
                .isEqualTo(kept);
    }

    @Test
    void erasure_of_another_user_changes_all_that_may_name_the_user() {
        Message before = SampleMessages.everything();
        Message after = before.withoutUser("bob", "nobody", AT);

        assertThat(Components.same(before, after)).isEqualTo(WITHOUT_OTHERS);
        assertThat(after.toString()).doesNotContain("bob");
    }

    @Test
    void message_of_an_erased_user_keeps_only_its_seq() {
        Message before = SampleMessages.rich();
        Message after = before.withoutUser("alice", "nobody", AT);

        assertThat(after)
                .returns("nobody", Message::senderId)
                .returns(MessageBody.of(MessageType.FILE, "", null), Message::body)
                .returns(List.of(), Message::reactions)
                .returns(new Deletion("nobody", AT), Message::deletion);
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("senderId", "body", "reactions", "deletion")
                .isEqualTo(before);
    }

    @Test
    void message_of_another_user_loses_the_reactions_and_mentions_of_an_erased_user() {
        Message before = SampleMessages.rich();
        Message after = before.withoutUser("bob", "nobody", AT);

        assertThat(after.reactions()).containsExactly(new Reaction("🎉", "alice"));
        assertThat(after.body().mentions()).isEmpty();
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("reactions", "body.mentions")
                .isEqualTo(before);
    }

    @Test
    void message_without_a_trace_of_a_forgotten_user_stays_as_it_is() {
        Message before = SampleMessages.rich();

        assertThat(before.withoutUser("carol", "nobody", AT)).isEqualTo(before);
    }

    @Test
    void message_that_an_erased_user_deleted_has_no_deleter() {
        Message before = SampleMessages.rich().deleted(new Deletion("bob", SampleMessages.SENT_AT), 4);
        Message after = before.withoutUser("bob", "nobody", AT);

        assertThat(after.deletion()).isEqualTo(new Deletion("nobody", SampleMessages.SENT_AT));
        assertThat(after.senderId()).isEqualTo("alice");
    }

    @Test
    void deletion_by_another_user_is_unchanged() {
        Message before = SampleMessages.rich().deleted(new Deletion("bob", SampleMessages.SENT_AT), 4);

        assertThat(before.withoutUser("carol", "nobody", AT)).isEqualTo(before);
    }

    @Test
    void user_who_is_forgotten_twice_is_forgotten_once() {
        Message once = SampleMessages.rich().withoutUser("alice", "nobody", AT);

        assertThat(once.withoutUser("alice", "somebody", AT.plusSeconds(1))).isEqualTo(once);
    }

    @Test
    void reactions_are_copied() {
        List<Reaction> reactions = new ArrayList<>();
        Message message = SampleMessages.text("hello").withReactions(reactions, 1);
        reactions.add(new Reaction("👍", "bob"));

        assertThat(message.reactions()).isEmpty();
    }
}
