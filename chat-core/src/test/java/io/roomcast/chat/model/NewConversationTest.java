package io.roomcast.chat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewConversationTest {
    @Test
    void repeated_members_are_dropped() {
        assertThat(NewConversation.group("g", "Group", List.of("bob", "alice", "bob"))
                        .memberIds())
                .containsExactly("bob", "alice");
    }

    @Test
    void members_are_copied() {
        List<String> memberIds = new ArrayList<>(List.of("alice"));
        NewConversation group = new NewConversation("g", ConversationKind.GROUP, null, memberIds, null, null);
        memberIds.add("bob");

        assertThat(group.memberIds()).containsExactly("alice");
    }

    @Test
    void first_member_owns_a_group() {
        NewConversation group = NewConversation.group("g", "Group", List.of("bob", "alice"));

        assertThat(group.roleOf(0)).isEqualTo(Role.OWNER);
        assertThat(group.roleOf(1)).isEqualTo(Role.MEMBER);
    }

    @Test
    void direct_conversation_has_no_owner() {
        NewConversation direct = NewConversation.direct("alice", "bob");

        assertThat(direct.roleOf(0)).isEqualTo(Role.MEMBER);
        assertThat(direct.roleOf(1)).isEqualTo(Role.MEMBER);
    }

    @Test
    void direct_conversation_is_the_same_for_either_order() {
        assertThat(NewConversation.direct("bob", "alice")).isEqualTo(NewConversation.direct("alice", "bob"));
    }

    @Test
    void every_pair_has_a_direct_conversation_of_its_own() {
        assertThat(Stream.of(
                                NewConversation.direct("a", "bc"),
                                NewConversation.direct("ab", "c"),
                                NewConversation.direct("1:a", "b"),
                                NewConversation.direct("a", "1:b"),
                                NewConversation.direct("", "abc"))
                        .map(NewConversation::conversationId))
                .doesNotHaveDuplicates();
    }

    @Test
    void id_of_a_direct_conversation_is_short_and_plain() {
        assertThat(NewConversation.direct("x".repeat(1_000), "with space/\u0000 and ключ")
                        .conversationId())
                .matches("d:[A-Za-z0-9_-]{43}");
    }

    @Test
    void direct_conversation_with_oneself_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewConversation.direct("alice", "alice"))
                .withMessage("memberIds: 1 (expected: exactly 2 for a direct conversation)");
    }

    @Test
    void direct_conversation_of_three_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NewConversation(
                        "d", ConversationKind.DIRECT, null, List.of("alice", "bob", "carol"), null, null))
                .withMessage("memberIds: 3 (expected: exactly 2 for a direct conversation)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.5S", "PT-1S", "PT1.5S", "PT1.000000001S"})
    void retention_that_is_not_in_whole_seconds_is_refused(Duration retention) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewConversation.open("c").withRetention(retention))
                .withMessage("retention: %s (expected: whole seconds, at least one)", retention);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "P36500D"})
    void retention_in_whole_seconds_is_kept(Duration retention) {
        assertThat(NewConversation.open("c").withRetention(retention).retention())
                .isEqualTo(retention);
    }

    @Test
    void statistics_of_a_conversation_are_consistent() {
        assertThat(NewConversation.group("g", "Group", List.of("alice"))
                        .withMetadata("{}")
                        .withRetention(Duration.ofDays(1)))
                .isEqualTo(new NewConversation(
                        "g", ConversationKind.GROUP, "Group", List.of("alice"), "{}", Duration.ofDays(1)));
    }

    @Test
    void open_conversation_has_nothing_but_its_id() {
        assertThat(NewConversation.open("c"))
                .isEqualTo(new NewConversation("c", ConversationKind.OPEN, null, List.of(), null, null));
    }

    @Test
    void absent_id_title_and_metadata_are_refused_by_name() {
        assertThatNullPointerException()
                .isThrownBy(() -> NewConversation.open(null))
                .withMessage("conversationId");
        assertThatNullPointerException()
                .isThrownBy(() -> NewConversation.group("g", null, List.of("alice")))
                .withMessage("title");
        assertThatNullPointerException()
                .isThrownBy(() -> NewConversation.open("c").withMetadata(null))
                .withMessage("newMetadata");
    }
}
