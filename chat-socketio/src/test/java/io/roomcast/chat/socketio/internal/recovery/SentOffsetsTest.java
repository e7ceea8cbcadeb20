package io.roomcast.chat.socketio.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.fixture.RecordSamples;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Position;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms that a client joins are known from the replies. */
class SentOffsetsTest {
    private static final Map<Class<?>, String> NOT_RECORDED = Map.of(GetMessages.Page.class, "joins no room");

    /** Returns the replies that have a position in a conversation. */
    static Stream<Class<?>> replies() {
        return RecordSamples.types(Command.class)
                .map(SentOffsetsTest::reply)
                .filter(reply -> Arrays.stream(reply.getRecordComponents())
                        .anyMatch(component -> component.getType() == Position.class));
    }

    private static Class<?> reply(Class<?> command) {
        ParameterizedType type = (ParameterizedType) command.getGenericInterfaces()[0];
        return (Class<?>) type.getActualTypeArguments()[0];
    }

    @ParameterizedTest
    @MethodSource("replies")
    void position_in_a_reply_is_recorded(Class<?> type) {
        SentOffsets sent = new SentOffsets("offset", Map.of());
        sent.recordingRooms(ignoring()).succeeded(new RecordSamples(1).of(type));

        assertThat(sent.trail().orElseThrow().rooms().isEmpty())
                .as("%s joins no room, or is recorded", type)
                .isEqualTo(NOT_RECORDED.containsKey(type));
    }

    private static Reply<Object> ignoring() {
        return new Reply<>() {
            @Override
            public void succeeded(Object result) {}

            @Override
            public void failed(ChatException refusal) {}
        };
    }
}
