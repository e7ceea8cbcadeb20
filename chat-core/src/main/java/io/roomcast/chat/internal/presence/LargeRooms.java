package io.roomcast.chat.internal.presence;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.event.RoomStats;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.JoinLeaveNotifier;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Sends large rooms their numbers of users and typing users, in place of events about each user. Safe for use by any
 * thread; never blocks.
 *
 * <p>A change is sent two seconds later, if the numbers then differ from those that were sent last. So typing that is
 * shorter causes no event. A room that is not large costs one or two map look-ups for each change.
 */
final class LargeRooms implements JoinLeaveNotifier.Observer {
    /** The least time between two events of a room. */
    static final Duration INTERVAL = Duration.ofSeconds(2);

    /** A room that is large, or was until its next event. */
    private static final class Large {
        @GuardedBy("this")
        private boolean isScheduled;

        @Nullable
        @GuardedBy("this")
        private RoomStats sent;

        @GuardedBy("this")
        private long sentAt;

        /** The number of typing users on this node that other nodes know. */
        @GuardedBy("this")
        private int announced;

        /** Returns whether the caller schedules the next event. */
        private synchronized boolean trySchedule() {
            boolean isFirst = !isScheduled;
            isScheduled = true;
            return isFirst;
        }

        private synchronized void fired() {
            isScheduled = false;
        }

        /** Returns whether the numbers are to be sent: they changed, or clients would end typing by themselves. */
        private synchronized boolean isDue(RoomStats now, long nowMillis, Duration typingTimeout) {
            long age = nowMillis - sentAt;
            boolean isOld = age < 0 || age >= typingTimeout.toMillis();
            boolean isDue = !now.equals(sent) || (now.typing() > 0 && isOld);
            if (isDue) {
                sent = now;
                sentAt = nowMillis;
            }
            return isDue;
        }

        /** Returns whether the other nodes do not know the number of typing users yet. */
        private synchronized boolean tryAnnounce(int typing) {
            boolean isNew = announced != typing;
            announced = typing;
            return isNew;
        }
    }

    private final Map<String, Large> rooms = new ConcurrentHashMap<>();
    private final RoomRegistry registry;
    private final JoinLeaveNotifier notifier;
    private final TypingTracker typing;
    private final ConversationLanes lanes;
    private final Publisher publisher;
    private final Clock clock;
    private final SafeScheduler scheduler;
    private final Duration typingTimeout;

    /**
     * Creates an instance that knows no large room.
     *
     * @param typingTimeout the time after which clients end typing by themselves
     */
    LargeRooms(
            RoomRegistry registry,
            JoinLeaveNotifier notifier,
            TypingTracker typing,
            ConversationLanes lanes,
            Publisher publisher,
            Clock clock,
            SafeScheduler scheduler,
            Duration typingTimeout) {
        this.registry = registry;
        this.notifier = notifier;
        this.typing = typing;
        this.lanes = lanes;
        this.publisher = publisher;
        this.clock = clock;
        this.scheduler = scheduler;
        this.typingTimeout = typingTimeout;
    }

    /** Schedules the next event of a large room, or the last one of a room that is no longer large. */
    @Override
    public void changed(String conversationId) {
        Large room = rooms.get(conversationId);
        if (room != null) {
            schedule(conversationId, room);
        } else if (registry.isLarge(conversationId)) {
            Large added = new Large();
            if (rooms.putIfAbsent(conversationId, added) == null) {
                boolean unused = lanes.tryExecute(conversationId, () -> typing.sendStops(conversationId));
                schedule(conversationId, added);
            }
        }
    }

    private void schedule(String conversationId, Large room) {
        if (room.trySchedule()) {
            Future<?> unused = scheduler.schedule(INTERVAL, () -> sendInOrder(conversationId, room));
        }
    }

    /** Drops the event if too many tasks wait, so that the next change schedules another one. */
    private void sendInOrder(String conversationId, Large room) {
        room.fired();
        boolean unused = lanes.tryExecute(conversationId, () -> send(conversationId, room));
    }

    private void send(String conversationId, Large room) {
        if (rooms.get(conversationId) != room) {
            changed(conversationId);
            return;
        }
        boolean isLarge = registry.isLarge(conversationId);
        if (!isLarge) {
            rooms.remove(conversationId);
        }
        RoomStats now = stats(conversationId, isLarge, room);
        if (room.isDue(now, clock.millis(), typingTimeout)) {
            publisher.sendHere(now, new Audience.Room(conversationId, null));
        }
        if (now.typing() > 0) {
            schedule(conversationId, room);
        }
    }

    private RoomStats stats(String conversationId, boolean isLarge, Large room) {
        int here = isLarge ? typing.count(conversationId) : 0;
        if (room.tryAnnounce(here)) {
            notifier.typingChanged(conversationId);
        }
        int all = isLarge ? here + notifier.typingElsewhere(conversationId) : 0;
        return new RoomStats(conversationId, notifier.online(conversationId), all, isLarge);
    }

    @Override
    public int typing(String conversationId) {
        return rooms.containsKey(conversationId) ? typing.count(conversationId) : 0;
    }

    /** Returns the number of rooms that are large, or were until their next event. */
    int size() {
        return rooms.size();
    }
}
