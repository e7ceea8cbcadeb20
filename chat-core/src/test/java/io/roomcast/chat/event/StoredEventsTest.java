package io.roomcast.chat.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.fixture.RecordSamples;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A listener of the host receives each event about something that is stored. */
class StoredEventsTest {
    private static final String OF_CONNECTIONS = "is about connections";
    private static final String OF_ONE_SESSION = "is for one session alone";

    private static final String OF_CALLS = "is about a call, of which the message about it remains";

    private static final Map<Class<?>, String> NOT_STORED = Map.ofEntries(
            Map.entry(CallAccepted.class, OF_CALLS),
            Map.entry(CallDeclined.class, OF_CALLS),
            Map.entry(CallEnded.class, OF_CALLS),
            Map.entry(CallLeft.class, OF_CALLS),
            Map.entry(CallSignalled.class, OF_CALLS),
            Map.entry(CallStarted.class, OF_CALLS),
            Map.entry(CallUpdated.class, OF_CALLS),
            Map.entry(CustomEventSent.class, "is the application's own"),
            Map.entry(IncomingCall.class, OF_CALLS),
            Map.entry(PreferencesChanged.class, "is a user's own setting, which the event does not name"),
            Map.entry(PresenceChanged.class, OF_CONNECTIONS),
            Map.entry(RoomStats.class, OF_CONNECTIONS),
            Map.entry(RoomSynced.class, OF_ONE_SESSION),
            Map.entry(SessionRevoked.class, OF_ONE_SESSION),
            Map.entry(SessionStarted.class, OF_ONE_SESSION),
            Map.entry(SyncRequired.class, OF_ONE_SESSION),
            Map.entry(TokenExpiring.class, OF_ONE_SESSION),
            Map.entry(TypingStarted.class, OF_CONNECTIONS),
            Map.entry(TypingStopped.class, OF_CONNECTIONS),
            Map.entry(UnreadChanged.class, "follows from messages and receipts"),
            Map.entry(UploadFinished.class, "is about a file, which the store of files keeps"),
            Map.entry(UploadProgress.class, OF_CONNECTIONS),
            Map.entry(UserJoined.class, OF_CONNECTIONS),
            Map.entry(UserLeft.class, OF_CONNECTIONS),
            Map.entry(UserUpdated.class, "is kept by the host"),
            Map.entry(ViewingStarted.class, OF_CONNECTIONS),
            Map.entry(ViewingStopped.class, OF_CONNECTIONS));

    static Stream<ChatEvent> events() {
        return RecordSamples.types(ChatEvent.class).map(type -> (ChatEvent) new RecordSamples(1).of(type));
    }

    @ParameterizedTest
    @MethodSource("events")
    void event_is_stored_or_has_a_reason(ChatEvent event) {
        assertThat(event.isStored())
                .as("%s is stored, or there is a reason here why not", event.getClass())
                .isNotEqualTo(NOT_STORED.containsKey(event.getClass()));
    }
}
