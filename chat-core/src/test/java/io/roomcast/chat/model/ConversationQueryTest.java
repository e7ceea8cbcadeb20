package io.roomcast.chat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.roomcast.chat.model.ConversationQuery.Cursor;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationQueryTest {
    private static final Instant MADE_AT = Instant.parse("2025-12-01T00:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void page_of_nothing_is_refused(int limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConversationQuery("alice", null, limit))
                .withMessage("limit: %d (expected: >= 1)", limit);
    }

    @Test
    void page_of_one_is_the_smallest() {
        assertThat(new ConversationQuery("alice", null, 1).limit()).isEqualTo(1);
    }

    @Test
    void absent_user_is_refused_by_name() {
        assertThatNullPointerException()
                .isThrownBy(() -> new ConversationQuery(null, null, 1))
                .withMessage("userId");
    }

    @Test
    void absent_parts_of_a_cursor_are_refused_by_name() {
        assertThatNullPointerException().isThrownBy(() -> new Cursor(null, "c")).withMessage("activeAt");
        assertThatNullPointerException()
                .isThrownBy(() -> new Cursor(MADE_AT, null))
                .withMessage("conversationId");
    }

    @Test
    void cursor_is_at_the_newest_message() {
        MessagePreview newest = MessagePreview.of(SampleMessages.text("hello"));

        assertThat(conversation(newest).cursor()).isEqualTo(new Cursor(SampleMessages.SENT_AT, "c"));
    }

    @Test
    void cursor_of_a_silent_conversation_is_at_its_creation() {
        assertThat(conversation(null).cursor()).isEqualTo(new Cursor(MADE_AT, "c"));
    }

    private static Conversation conversation(MessagePreview newest) {
        return new Conversation(
                "c",
                ConversationKind.OPEN,
                null,
                List.of(),
                null,
                null,
                MADE_AT,
                MADE_AT.plusSeconds(1),
                Position.START,
                newest);
    }
}
