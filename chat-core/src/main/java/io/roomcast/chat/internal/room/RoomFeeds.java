package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.model.Position;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the feeds of all rooms with sessions or pending joins; safe for use by any thread.
 *
 * <p>Sessions enter a room only by joins, so a join opens the feed. It closes when the last session has left and no join
 * is pending. Lock order: a feed, then the map.
 */
public final class RoomFeeds {
    private final ConcurrentHashMap<String, RoomFeed> feeds = new ConcurrentHashMap<>();
    private final RoomRegistry rooms;
    private final FeedParts parts;
    private final Subscriptions subscriptions;

    RoomFeeds(RoomRegistry rooms, FeedParts parts, Subscriptions subscriptions) {
        this.rooms = rooms;
        this.parts = parts;
        this.subscriptions = subscriptions;
        rooms.onEmpty(this::closeIfUnused);
    }

    /** Returns the room's feed for a join, and keeps it open. The caller must {@linkplain #release release} it. */
    public RoomFeed acquire(String conversationId) {
        RoomFeed feed;
        do {
            feed = feeds.computeIfAbsent(
                    conversationId, id -> new RoomFeed(id, parts, subscriptions.open(Channel.conversation(id))));
        } while (!feed.tryBeginJoin());
        return feed;
    }

    /** Releases a feed after a join has ended. */
    public void release(RoomFeed feed) {
        feed.endJoin();
        closeIfUnused(feed.conversationId());
    }

    private void closeIfUnused(String conversationId) {
        RoomFeed feed = feeds.get(conversationId);
        if (feed == null) {
            return;
        }
        synchronized (feed) {
            if (rooms.size(conversationId) == 0 && feed.tryClose()) {
                close(feed);
            }
        }
    }

    private void close(RoomFeed feed) {
        if (feeds.remove(feed.conversationId(), feed)) {
            subscriptions.close(Channel.conversation(feed.conversationId()));
        }
    }

    /**
     * Delivers a stored message to its room in order.
     *
     * @param repeats whether the message was stored before, and may have been delivered
     */
    void offer(MessageSent event, boolean repeats) {
        RoomFeed feed = feeds.get(event.message().conversationId());
        if (feed != null) {
            feed.offer(event, repeats);
        }
    }

    /** Delivers a stored change to its room in order. */
    void offer(MessageChanged event) {
        RoomFeed feed = feeds.get(event.message().conversationId());
        if (feed != null) {
            feed.offer(event);
        }
    }

    /** Has a room receive what it lacks up to a position, which the store has. */
    void noteHead(String conversationId, Position head) {
        RoomFeed feed = feeds.get(conversationId);
        if (feed != null) {
            feed.noteHead(head);
        }
    }

    /** Returns the last sequence number that a room received, or {@link RoomFeed#UNKNOWN}. */
    public long lastDeliveredSeq(String conversationId) {
        RoomFeed feed = feeds.get(conversationId);
        return feed == null ? RoomFeed.UNKNOWN : feed.lastDeliveredSeq();
    }

    /** Returns the position up to which a room has received all events; null if unknown or if there is no room. */
    @Nullable
    public Position position(String conversationId) {
        RoomFeed feed = feeds.get(conversationId);
        return feed == null ? null : feed.position();
    }

    /** Returns the rooms with a feed at this moment. */
    List<String> conversationIds() {
        return List.copyOf(feeds.keySet());
    }

    /** Returns the number of rooms with a feed. */
    public int size() {
        return feeds.size();
    }
}
