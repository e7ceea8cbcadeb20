package io.roomcast.chat.internal.presence;

import io.roomcast.chat.internal.execution.Execution;
import io.roomcast.chat.internal.room.Rooms;
import io.roomcast.chat.model.Limits;
import java.time.Clock;

/**
 * Assembles the package: the trackers of what users do at the moment.
 *
 * @param presence tracks which users are online
 * @param visibility evaluates the presence policy
 * @param typing tracks which users are typing
 * @param viewing tracks which users view a conversation
 * @param attendance knows which users are connected and look at a conversation
 */
public record PresenceTrackers(
        PresenceTracker presence,
        PresenceVisibility visibility,
        TypingTracker typing,
        ViewingTracker viewing,
        Attendance attendance) {
    /** Creates trackers without users. */
    public static PresenceTrackers create(
            PresenceVisibility visibility,
            HiddenPresence hidden,
            Rooms rooms,
            Execution execution,
            Clock clock,
            Limits limits) {
        PresenceTracker presence = new PresenceTracker(
                rooms.registry(),
                visibility,
                hidden,
                execution.lanes(),
                rooms.publisher(),
                rooms.presence(),
                clock,
                execution.scheduler());
        rooms.presence().attach(presence);
        TypingTracker typing =
                new TypingTracker(execution.lanes(), rooms.publisher(), clock, execution.scheduler(), limits);
        LargeRooms largeRooms = new LargeRooms(
                rooms.registry(),
                rooms.joinLeave(),
                typing,
                execution.lanes(),
                rooms.publisher(),
                clock,
                execution.scheduler(),
                limits.typingTimeout());
        rooms.joinLeave().observe(largeRooms);
        typing.onCount(largeRooms::changed);
        ViewingTracker viewing = new ViewingTracker(
                rooms.registry(),
                rooms.joinLeave(),
                rooms.presence(),
                execution.lanes(),
                rooms.publisher(),
                limits.roomsPerSession());
        return new PresenceTrackers(
                presence,
                visibility,
                typing,
                viewing,
                new Attendance(rooms.registry(), presence, hidden, viewing, rooms.presence(), rooms.joinLeave()));
    }
}
