package io.roomcast.chat.internal.room;

import io.roomcast.chat.internal.execution.Execution;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;

/**
 * Assembles the package: the rooms of one server, and the parts that send events to them.
 *
 * @param registry knows which session is in which room
 * @param joinBuffers collects events for pending joins
 * @param broadcaster sends events to sessions, and counts them
 * @param publisher sends events to rooms and users, without gaps
 * @param joinLeave reports joins and leaves
 * @param membershipCache caches users' memberships and conversations' kinds
 * @param memberCache caches conversations' members and their read positions
 * @param catchUpReader reads missed messages
 */
public record Rooms(
        RoomRegistry registry,
        JoinBuffers joinBuffers,
        MeteredBroadcaster broadcaster,
        Publisher publisher,
        JoinLeaveNotifier joinLeave,
        MembershipCache membershipCache,
        MemberCache memberCache,
        CatchUpReader catchUpReader) {
    /** Creates the parts, without rooms and sessions. */
    public static Rooms create(
            ChatStore store,
            Broadcaster broadcaster,
            ChatMetrics metrics,
            Execution execution,
            Clock clock,
            Limits limits) {
        RoomRegistry registry = new RoomRegistry(limits.roomsPerSession(), limits.largeRoom());
        JoinBuffers joinBuffers = new JoinBuffers();
        MeteredBroadcaster metered = new MeteredBroadcaster(broadcaster, metrics);
        Publisher publisher = new Publisher(registry, new GapFiller(registry, joinBuffers, store), metered);
        MembershipCache membershipCache = new MembershipCache(store, clock);
        return new Rooms(
                registry,
                joinBuffers,
                metered,
                publisher,
                new JoinLeaveNotifier(registry, execution.lanes(), publisher, clock, execution.scheduler()),
                membershipCache,
                new MemberCache(store, membershipCache, clock),
                new CatchUpReader(store, limits));
    }
}
