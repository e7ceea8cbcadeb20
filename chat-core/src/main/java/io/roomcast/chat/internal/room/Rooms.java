package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.internal.execution.Execution;
import io.roomcast.chat.internal.occupancy.NodeStates;
import io.roomcast.chat.internal.occupancy.RoomUsers;
import io.roomcast.chat.internal.occupancy.UserStates;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * Assembles the package: the rooms of one server, and the parts that send events to them.
 *
 * @param registry knows which session is in which room
 * @param feeds delivers messages and changes to rooms in order
 * @param cluster connects the rooms with those of other nodes
 * @param others requests of the other nodes, and notifications of them
 * @param presence knows the presence of users on other nodes
 * @param publisher sends events to rooms and users
 * @param joinLeave reports joins and leaves
 * @param membershipCache caches users' memberships and conversations' kinds
 * @param memberCache caches conversations' members and their read positions
 * @param catchUpReader reads missed messages
 */
public record Rooms(
        RoomRegistry registry,
        RoomFeeds feeds,
        Cluster cluster,
        OtherNodes others,
        RemotePresence presence,
        Publisher publisher,
        JoinLeaveNotifier joinLeave,
        MembershipCache membershipCache,
        MemberCache memberCache,
        CatchUpReader catchUpReader) {
    /**
     * Creates the parts, without rooms and sessions.
     *
     * @param listener is called with each event about something that this node stored, except new messages
     */
    public static Rooms create(
            ChatStore store,
            Broadcaster broadcaster,
            ChatMetrics metrics,
            Execution execution,
            Clock clock,
            Limits limits,
            Consumer<ChatEvent> listener) {
        RoomRegistry registry = new RoomRegistry(limits.roomsPerSession(), limits.largeRoom());
        EventSender sender = new EventSender(registry, broadcaster);
        RemoteNodes remote = new RemoteNodes();
        OtherNodes others = new OtherNodes(remote, execution.scheduler());
        NodeStates states = new NodeStates(execution.scheduler());
        RoomUsers users = new RoomUsers(states, execution.lanes(), execution.scheduler());
        registry.countElsewhere(users::sessionsElsewhere);
        UserStates presences = new UserStates(states);
        Subscriptions subscriptions = new Subscriptions(remote, users, presences, execution.scheduler());
        RemotePresence presence = new RemotePresence(presences, subscriptions, remote);
        RoomFeeds feeds = new RoomFeeds(registry, feedParts(sender, store, execution, remote, metrics), subscriptions);
        Publisher publisher = new Publisher(sender, feeds, remote, listener);
        MembershipCache membershipCache = new MembershipCache(store, clock);
        return new Rooms(
                registry,
                feeds,
                new Cluster(
                        remote,
                        others,
                        sender,
                        feeds,
                        states,
                        presence,
                        subscriptions,
                        registry,
                        store,
                        execution,
                        metrics),
                others,
                presence,
                publisher,
                new JoinLeaveNotifier(registry, users, execution.lanes(), publisher, clock, execution.scheduler()),
                membershipCache,
                new MemberCache(store, membershipCache, clock),
                new CatchUpReader(store, limits));
    }

    private static FeedParts feedParts(
            EventSender sender, ChatStore store, Execution execution, RemoteNodes remote, ChatMetrics metrics) {
        FeedParts.Reader reader = FeedParts.Reader.of(store, execution.workers());
        return new FeedParts(
                sender,
                query -> {
                    metrics.onGapFill();
                    return reader.read(query);
                },
                execution.workers(),
                execution.scheduler(),
                remote::readDelay);
    }
}
