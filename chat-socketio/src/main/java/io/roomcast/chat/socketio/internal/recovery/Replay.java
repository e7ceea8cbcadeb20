package io.roomcast.chat.socketio.internal.recovery;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.MessagesDelivered;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells what a recovered client missed by the events that it would have heard; safe for use by several threads, one for
 * each room at a time.
 */
public final class Replay {
    private final Map<String, Position> told;
    private final Set<String> awaited = ConcurrentHashMap.newKeySet();
    private final Instant since;

    /**
     * A replay for one client.
     *
     * @param known how far it has come in each room
     * @param since since when receipts are of interest to it
     */
    Replay(Map<String, Position> known, Instant since) {
        this.told = new ConcurrentHashMap<>(known);
        this.awaited.addAll(known.keySet());
        this.since = since;
    }

    /** The rooms that the client is not told of yet, and may not be back in. */
    public Set<String> awaited() {
        return Set.copyOf(awaited);
    }

    /** The next page as single events: what is new, what has changed, and who has come further. */
    public List<ChatEvent> events(RoomSynced missed) {
        awaited.remove(missed.page().conversationId());
        Position before = told.put(missed.page().conversationId(), missed.page().covered());
        long known = before == null ? 0 : before.seq();
        List<ChatEvent> events = new ArrayList<>();
        List<Message> messages = missed.page().messages();
        messages.stream()
                .filter(message -> message.seq() > known)
                .map(MessageSent::new)
                .forEach(events::add);
        messages.stream()
                .filter(message -> message.seq() <= known)
                .sorted(Comparator.comparingLong(Message::version))
                .map(Replay::changed)
                .forEach(events::add);
        missed.receipts().stream()
                .filter(receipt -> !receipt.at().isBefore(since))
                .map(Replay::come)
                .forEach(events::add);
        return events;
    }

    /** What was done to a message is not known any more, but what it is like now. */
    private static ChatEvent changed(Message message) {
        return message.deletion() == null ? new MessageEdited(message) : new MessageDeleted(message);
    }

    private static ChatEvent come(Receipt receipt) {
        return receipt.kind() == Receipt.Kind.READ ? new MessagesRead(receipt) : new MessagesDelivered(receipt);
    }
}
