package io.roomcast.chat.internal.presence;

import io.roomcast.chat.internal.execution.Execution;
import io.roomcast.chat.internal.room.Rooms;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.spi.ConversationStore;
import java.time.Clock;

/**
 * Assembles the package: the trackers of what users do at the moment.
 *
 * @param presence tracks which users are online
 * @param visibility decides which users see each other
 * @param typing tracks which users are typing
 * @param viewing tracks which users view a conversation
 */
public record PresenceTrackers(
        PresenceTracker presence, PresenceVisibility visibility, TypingTracker typing, ViewingTracker viewing) {
    /**
     * Creates trackers without users.
     *
     * @param allVisible whether all users see each other, as with open rooms
     */
    public static PresenceTrackers create(
            ConversationStore store, Rooms rooms, Execution execution, Clock clock, Limits limits, boolean allVisible) {
        PresenceVisibility visibility = new PresenceVisibility(store, clock, allVisible);
        PresenceTracker presence = new PresenceTracker(
                rooms.registry(),
                visibility,
                execution.lanes(),
                rooms.publisher(),
                rooms.presence(),
                clock,
                execution.scheduler());
        rooms.presence().attach(presence);
        return new PresenceTrackers(
                presence,
                visibility,
                new TypingTracker(execution.lanes(), rooms.publisher(), clock, execution.scheduler(), limits),
                new ViewingTracker(
                        rooms.registry(),
                        rooms.joinLeave(),
                        rooms.presence(),
                        execution.lanes(),
                        rooms.publisher(),
                        limits.roomsPerSession()));
    }
}
