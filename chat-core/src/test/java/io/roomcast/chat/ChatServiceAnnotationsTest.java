package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.event.AnnotationChanged;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Annotation;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the host states about messages, and what the room receives. */
class ChatServiceAnnotationsTest {
    private static final String PREVIEW = "{\"title\":\"News\"}";

    private final ChatFixture fixture = ChatFixture.start();
    private final TestSession ann = fixture.userIn("room", "ann");
    private final Message message =
            fixture.send(ann, "room", "https://example.com").result().message();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Message annotate(String key, @Nullable String json) {
        fixture.told().clear();
        return fixture.chat().annotate("room", message.id(), key, json).join();
    }

    @Test
    void annotation_is_stored_returned_and_sent_to_the_room_once() {
        Message after = annotate("preview", PREVIEW);

        assertThat(after.annotations()).containsExactly(new Annotation("preview", PREVIEW));
        assertThat(after.version()).isEqualTo(1);
        assertThat(fixture.told().toldTo(ann)).containsExactly(new AnnotationChanged(after, "preview"));
        assertThat(fixture.latest(ann, "room").result().messages()).containsExactly(after);
        assertThat(annotate("preview", PREVIEW)).isEqualTo(after);
        assertThat(fixture.told().toldTo(ann)).isEmpty();
    }

    @Test
    void null_removes_an_annotation() {
        annotate("preview", PREVIEW);
        Message after = annotate("preview", null);

        assertThat(after.annotations()).isEmpty();
        assertThat(fixture.told().toldTo(ann)).containsExactly(new AnnotationChanged(after, "preview"));
        assertThat(annotate("preview", null)).isEqualTo(after);
        assertThat(fixture.told().toldTo(ann)).isEmpty();
    }

    @Test
    void user_who_was_absent_catches_up_with_an_annotation() {
        String epoch = fixture.engine().open(TestSession.of("x")).epoch();
        Message after = annotate("preview", PREVIEW);

        assertThat(fixture.run(ann, SyncRoom.of("room", new Position(1, 0), epoch))
                        .result()
                        .page()
                        .messages())
                .containsExactly(after);
    }

    @ParameterizedTest
    @CsvSource({
        "a b, {}, INVALID_PAYLOAD, key",
        "'', {}, INVALID_PAYLOAD, key",
        "ä, {}, INVALID_PAYLOAD, key",
        "a, [], INVALID_PAYLOAD, json",
        "a, {, INVALID_PAYLOAD, json",
        "a, '', INVALID_PAYLOAD, json"
    })
    void malformed_annotation_is_refused(String key, String json, ErrorCode code, String field) {
        ChatException refusal = refusal(message.id(), key, json);

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.field()).contains(field);
    }

    @Test
    void annotation_that_is_too_long_or_of_an_unknown_message_is_refused() {
        assertThat(refusal(message.id(), "a", "{\"x\":\"" + "x".repeat(9_000) + "\"}")
                        .code())
                .isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
        assertThat(refusal("unknown", "a", "{}").code()).isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
    }

    private ChatException refusal(String messageId, String key, String json) {
        return ChatException.from(catchThrowableOfType(
                CompletionException.class,
                () -> fixture.chat().annotate("room", messageId, key, json).join()));
    }
}
