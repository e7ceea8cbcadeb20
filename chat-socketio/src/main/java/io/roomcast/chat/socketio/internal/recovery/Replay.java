package io.roomcast.chat.socketio.internal.recovery;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.ReceiptChanged;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns the pages of a restored session into the events that its client missed. Safe for use by several threads, one for
 * each room at a time.
 */
final class Replay {
    private final Map<String, Position> replayed;
    private final Set<String> pendingRooms = ConcurrentHashMap.newKeySet();
    private final Instant lostAt;

    /**
     * Creates a replay for one client.
     *
     * @param positions the client's position in each room
     * @param lostAt when the connection was lost; older receipts are not replayed
     */
    Replay(Map<String, Position> positions, Instant lostAt) {
        this.replayed = new ConcurrentHashMap<>(positions);
        this.pendingRooms.addAll(positions.keySet());
        this.lostAt = lostAt;
    }

    /** Returns the rooms of which no page was replayed yet. */
    Set<String> pendingRooms() {
        return Set.copyOf(pendingRooms);
    }

    /** Returns a page as events: new messages, then changes of known ones by version, then receipts. */
    List<ChatEvent> events(RoomSynced page) {
        pendingRooms.remove(page.page().conversationId());
        Position before = replayed.put(page.page().conversationId(), page.page().covered());
        long known = before == null ? 0 : before.seq();
        List<ChatEvent> events = new ArrayList<>();
        List<Message> messages = page.page().messages();
        messages.stream()
                .filter(message -> message.seq() > known)
                .map(MessageSent::new)
                .forEach(events::add);
        messages.stream()
                .filter(message -> message.seq() <= known)
                .sorted(Comparator.comparingLong(Message::version))
                .map(Replay::changed)
                .forEach(events::add);
        page.receipts().receipts().stream()
                .filter(receipt -> !receipt.at().isBefore(lostAt))
                .map(ReceiptChanged::of)
                .forEach(events::add);
        return events;
    }

    /** Returns an event with the message's state. The page does not have the single changes that led to it. */
    private static MessageChanged changed(Message message) {
        return message.deletion() == null ? new MessageEdited(message) : new MessageDeleted(message);
    }
}
