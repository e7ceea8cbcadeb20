package io.roomcast.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChatExceptionTest {
    @Test
    void refusal_has_the_text_of_its_code_and_no_stack_trace() {
        ChatException refusal = ChatException.of(ErrorCode.FORBIDDEN);
        assertThat(refusal.text()).isEqualTo("Not allowed");
        assertThat(refusal.getStackTrace()).isEmpty();
        assertThat(refusal.field()).isEmpty();
        assertThat(refusal.retryAfter()).isEmpty();
    }

    @Test
    void refusal_of_a_field_names_it_in_its_text() {
        assertThat(ChatException.invalid("fileUrl").text()).isEqualTo("Invalid fileUrl");
        assertThat(ChatException.invalid("title", "a few words").text())
                .isEqualTo("Invalid title (expected: a few words)");
        assertThat(ChatException.invalidCursor("before").text()).isEqualTo("Invalid before");
        assertThat(ChatException.missing("content").text()).isEqualTo("Missing required fields");
        assertThat(ChatException.missing("content").field()).contains("content");
    }

    @Test
    void refusal_of_the_host_has_the_hosts_text() {
        ChatException refusal = ChatException.rejected("No adverts, please");
        assertThat(refusal.code()).isEqualTo(ErrorCode.REJECTED);
        assertThat(refusal.text()).isEqualTo("No adverts, please");
    }

    @Test
    void refusal_for_a_used_up_rate_names_a_time_to_wait() {
        assertThat(ChatException.rateLimited(Duration.ofSeconds(3)).retryAfter())
                .contains(Duration.ofSeconds(3));
    }

    @Test
    void failure_of_another_kind_is_an_internal_error_that_hides_its_text() {
        IllegalStateException failure = new IllegalStateException("password=secret");
        ChatException refusal = ChatException.from(failure);
        assertThat(refusal.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
        assertThat(refusal.text()).isEqualTo("Internal error");
        assertThat(refusal).hasCause(failure);
    }

    @Test
    void refusal_stays_itself() {
        ChatException refusal = ChatException.of(ErrorCode.BUSY);
        assertThat(ChatException.from(refusal)).isSameAs(refusal);
    }
}
