package io.roomcast.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MessagePreviewTest {
    private static final int MAX = MessagePreview.MAX_LENGTH;

    @Test
    void preview_is_of_its_message() {
        assertThat(MessagePreview.of(SampleMessages.rich()))
                .isEqualTo(new MessagePreview(
                        "m-1", 7, 3, "alice", MessageType.FILE, "look", SampleMessages.SENT_AT, false, null));
    }

    @Test
    void preview_of_a_deleted_message_is_empty() {
        Message tombstone = SampleMessages.rich().deleted(new Deletion("alice", Instant.EPOCH), 4);

        assertThat(MessagePreview.of(tombstone))
                .returns(true, MessagePreview::deleted)
                .returns("", MessagePreview::content)
                .returns(4L, MessagePreview::version);
    }

    @Test
    void preview_expires_with_its_message() {
        Message everything = SampleMessages.everything();

        assertThat(MessagePreview.of(everything).expiresAt()).isEqualTo(everything.expiresAt());
        assertThat(MessagePreview.of(everything).withoutContent().expiresAt()).isEqualTo(everything.expiresAt());
    }

    @Test
    void words_up_to_the_limit_are_whole() {
        assertThat(shown("")).isEmpty();
        assertThat(shown("x".repeat(MAX))).isEqualTo("x".repeat(MAX));
    }

    @Test
    void longer_words_are_cut() {
        assertThat(shown("x".repeat(MAX) + "y")).isEqualTo("x".repeat(MAX));
    }

    @Test
    void pair_of_surrogates_at_the_limit_is_left_out() {
        assertThat(shown("x".repeat(MAX - 1) + "😀")).isEqualTo("x".repeat(MAX - 1));
        assertThat(shown("x".repeat(MAX - 1) + "😀y")).isEqualTo("x".repeat(MAX - 1));
    }

    @Test
    void pair_of_surrogates_before_the_limit_is_whole() {
        assertThat(shown("x".repeat(MAX - 2) + "😀")).isEqualTo("x".repeat(MAX - 2) + "😀");
        assertThat(shown("x".repeat(MAX - 2) + "😀y")).isEqualTo("x".repeat(MAX - 2) + "😀");
        assertThat(shown("😀".repeat(MAX))).isEqualTo("😀".repeat(MAX / 2));
    }

    private static String shown(String content) {
        return MessagePreview.of(SampleMessages.text(content)).content();
    }
}
