package io.roomcast.chat.internal;

import io.roomcast.chat.model.Message;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Holds the tails of the rooms with pending joins; safe for use by any thread. */
final class Tails {
    /** A tail and the number of pending joins that hold it. */
    private record Held(Tail tail, int holders) {
        Held by(int more) {
            return new Held(tail, holders + more);
        }
    }

    private final ConcurrentHashMap<String, Held> tails = new ConcurrentHashMap<>();

    /** Collects the room's events from now on, until the caller has {@linkplain #end ended}. */
    Tail begin(String conversationId) {
        Held held = tails.compute(
                conversationId,
                (id, found) -> found == null || found.tail().isBroken() ? new Held(new Tail(), 1) : found.by(1));
        return held.tail();
    }

    /** Releases a tail that a caller no longer needs. */
    void end(String conversationId, Tail tail) {
        tails.computeIfPresent(conversationId, (id, held) -> held.tail() == tail ? without(held) : held);
    }

    private static @Nullable Held without(Held held) {
        return held.holders() == 1 ? null : held.by(-1);
    }

    /** Adds a new message that is sent to the room. */
    void sent(Message message) {
        with(message.conversationId(), tail -> tail.sent(message));
    }

    /** Adds a changed message that is sent to the room. */
    void changed(Message message) {
        with(message.conversationId(), tail -> tail.changed(message));
    }

    /** Breaks the room's tail, because the room has a gap. */
    void breakOff(String conversationId) {
        with(conversationId, Tail::breakOff);
    }

    private void with(String conversationId, Consumer<Tail> step) {
        Held held = tails.get(conversationId);
        if (held != null) {
            step.accept(held.tail());
        }
    }

    int size() {
        return tails.size();
    }
}
