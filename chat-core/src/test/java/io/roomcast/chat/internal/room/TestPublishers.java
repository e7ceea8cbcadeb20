package io.roomcast.chat.internal.room;

import io.roomcast.chat.internal.port.SafeScheduler;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;

/** Publishers for tests of parts that send events without a chat. */
public final class TestPublishers {
    private TestPublishers() {}

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
        Subscriptions subscriptions = new Subscriptions(none, new SafeScheduler(time.scheduler()));
        return new Publisher(sender, new RoomFeeds(rooms, parts, subscriptions), none);
    }
}
