package io.roomcast.chat.internal.join;

import io.roomcast.chat.internal.execution.Execution;
import io.roomcast.chat.internal.port.HostSettings;
import io.roomcast.chat.internal.receipt.Receipts;
import io.roomcast.chat.internal.room.Rooms;
import io.roomcast.chat.internal.session.Sessions;

/**
 * Assembles the package: the parts that add sessions to rooms, and remove them.
 *
 * @param pending tracks joins until the session is in the room
 * @param resumer returns sessions to the rooms of their clients
 * @param evictor removes users from rooms, also while they join
 * @param closer closes the rooms of deleted conversations
 */
public record Joins(PendingJoins pending, SessionResumer resumer, RoomEvictor evictor, RoomCloser closer) {
    /** Creates the parts, without joins. */
    public static Joins create(
            HostSettings settings,
            Execution execution,
            Rooms rooms,
            Receipts receipts,
            Sessions sessions,
            RoomCalls calls) {
        PendingJoins pending = new PendingJoins(
                execution.lanes(),
                sessions.authorizer(),
                sessions.revocations(),
                rooms.membershipCache(),
                receipts.tracker(),
                rooms.feeds(),
                reader(settings, rooms, receipts, sessions, calls),
                new RoomJoiner(
                        rooms.registry(),
                        rooms.joinLeave(),
                        settings.store(),
                        rooms.publisher(),
                        sessions.guard(),
                        receipts.tracker(),
                        calls,
                        settings.clock()),
                settings.limits());
        SessionResumer resumer = new SessionResumer(
                rooms.registry(),
                pending,
                settings.store(),
                sessions.authorizer(),
                sessions.rates(),
                execution.scheduler(),
                rooms.publisher());
        RoomEvictor evictor = new RoomEvictor(
                sessions.revocations(), pending, sessions.leaver(), execution.lanes(), rooms.publisher());
        RoomCloser closer =
                new RoomCloser(rooms, receipts, pending, sessions.leaver(), execution.lanes(), settings.clock());
        return new Joins(pending, resumer, evictor, closer);
    }

    private static RoomStateReader reader(
            HostSettings settings, Rooms rooms, Receipts receipts, Sessions sessions, RoomCalls calls) {
        return new RoomStateReader(
                settings.store(),
                new SharedPageReader(rooms.catchUpReader()),
                receipts.tracker(),
                sessions.rates(),
                rooms.registry(),
                rooms.publisher(),
                calls);
    }
}
