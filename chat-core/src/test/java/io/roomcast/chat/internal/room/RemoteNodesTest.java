package io.roomcast.chat.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.fixture.RecordSamples;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RemoteNodesTest {
    static Stream<ChatEvent> events() {
        return RecordSamples.types(ChatEvent.class).map(type -> (ChatEvent) new RecordSamples(1).of(type));
    }

    @ParameterizedTest
    @MethodSource("events")
    void event_reaches_rooms_or_users_of_other_nodes_or_is_local(ChatEvent event) {
        boolean isLocal = RemoteNodes.LOCAL.contains(event.getClass());
        boolean isPassedOn = isPassedOn(() -> RemoteNodes.remoteForm(event, false))
                || isPassedOn(() -> RemoteNodes.notice(event, "user"));
        assertThat(isPassedOn)
                .as(
                        "%s has a form for rooms or for users on other nodes, or is listed as local",
                        event.getClass().getSimpleName())
                .isNotEqualTo(isLocal);
    }

    private static boolean isPassedOn(Supplier<@Nullable Object> form) {
        try {
            return form.get() != null;
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }
}
