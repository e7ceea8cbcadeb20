package io.roomcast.chat.internal.room;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.execution.WorkerPool;
import io.roomcast.chat.internal.occupancy.NodeStates;
import io.roomcast.chat.internal.occupancy.RoomUsers;
import io.roomcast.chat.internal.occupancy.UserStates;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;

/** Publishers for tests of parts that send events without a chat. */
public final class TestPublishers {
    private TestPublishers() {}

    /** Returns users who are on this node alone. */
    public static RoomUsers users(SafeScheduler scheduler) {
        return users(new NodeStates(scheduler), scheduler);
    }

    /** Returns users whose events are sent on the caller's thread. */
    static RoomUsers users(NodeStates states, SafeScheduler scheduler) {
        ConversationLanes lanes = new ConversationLanes(new WorkerPool(Runnable::run), 1_000, 1_000, id -> {});
        RoomUsers users = new RoomUsers(states, lanes, scheduler);
        users.onChange(new NoListener());
        return users;
    }

    private static final class NoListener implements RoomUsers.Listener {
        @Override
        public int sessions(String conversationId) {
            return 0;
        }

        @Override
        public int typing(String conversationId) {
            return 0;
        }

        @Override
        public void changed(String conversationId) {}

        @Override
        public void joined(String conversationId, String userId) {}

        @Override
        public void left(String conversationId, String userId) {}

        @Override
        public void viewing(String conversationId, String userId, boolean isViewing) {}
    }

    static Subscriptions subscriptions(RemoteNodes remote, SafeScheduler scheduler) {
        NodeStates none = new NodeStates(scheduler);
        return new Subscriptions(remote, users(none, scheduler), new UserStates(none), scheduler);
    }

    /** Returns the presence of users who are on this node alone. */
    public static RemotePresence presence(SafeScheduler scheduler) {
        RemoteNodes none = new RemoteNodes();
        return new RemotePresence(new UserStates(new NodeStates(scheduler)), subscriptions(none, scheduler), none);
    }

    /** Returns a publisher that works on the caller's thread. */
    public static Publisher of(RoomRegistry rooms, Broadcaster broadcaster, VirtualTime time) {
        EventSender sender = new EventSender(rooms, broadcaster);
        FeedParts parts = new FeedParts(
                sender,
                FeedParts.Reader.of(ChatStore.inMemory(), Runnable::run),
                Runnable::run,
                new SafeScheduler(time.scheduler()),
                () -> Duration.ZERO);
        RemoteNodes none = new RemoteNodes();
        Subscriptions subscriptions = subscriptions(none, new SafeScheduler(time.scheduler()));
        return new Publisher(sender, new RoomFeeds(rooms, parts, subscriptions), none, event -> {});
    }
}
