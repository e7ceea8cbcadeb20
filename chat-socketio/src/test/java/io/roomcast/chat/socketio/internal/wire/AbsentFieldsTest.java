package io.roomcast.chat.socketio.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.SendEvent;
import io.roomcast.chat.command.SetPreferences;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Preference;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which fields count as absent where absent, null and empty mean different things. */
class AbsentFieldsTest {
    @ParameterizedTest
    @ValueSource(strings = {"notify", "mutedUntil", "draftBefore"})
    void empty_text_changes_no_preference(String field) {
        SetPreferences command = decoded("setPreferences", "{\"" + field + "\":\"\"}");
        assertThat(command.changed()).isEmpty();
        assertThat(command.draftBefore()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "notify, NOTIFY",
        "mutedUntil, MUTED_UNTIL",
        "archived, ARCHIVED",
        "favorite, FAVORITE",
        "unreadFrom, UNREAD_FROM",
        "draft, DRAFT"
    })
    void null_clears_a_preference(String field, Preference cleared) {
        SetPreferences command = decoded("setPreferences", "{\"" + field + "\":null}");
        assertThat(command.changed()).containsExactly(cleared);
    }

    @Test
    void null_is_no_draft_to_replace() {
        SetPreferences command = decoded("setPreferences", "{\"draftBefore\":null}");
        assertThat(command.draftBefore()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":\"n\"}", "{\"name\":\"n\",\"toUserIds\":null}"})
    void event_without_users_is_for_all(String payload) {
        SendEvent command = decoded("sendEvent", payload);
        assertThat(command.toUserIds()).isEmpty();
    }

    @Test
    void event_for_an_empty_list_of_users_is_refused() {
        assertThatThrownBy(() -> decoded("sendEvent", "{\"name\":\"n\",\"toUserIds\":[]}"))
                .asInstanceOf(type(ChatException.class))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.MISSING_FIELDS))
                .satisfies(refusal -> assertThat(refusal.field()).contains("toUserIds"));
    }

    @SuppressWarnings("unchecked")
    private static <C extends Command<?>> C decoded(String event, String payload) {
        try {
            return (C) WireCommands.named(event).orElseThrow().decoder().decode(new ObjectMapper().readTree(payload));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
