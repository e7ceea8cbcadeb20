package io.roomcast.chat.internal;

import io.roomcast.chat.model.Message;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tails of the rooms that somebody is about to join; safe for use by any thread. */
final class Tails {
    /** A tail and how many of those who are about to join hold it. */
    private record Held(Tail tail, int holders) {
        Held by(int more) {
            return new Held(tail, holders + more);
        }
    }

    private final ConcurrentHashMap<String, Held> tails = new ConcurrentHashMap<>();

    /** Keeps what the room is told of from now on, until the caller has {@linkplain #end ended}. */
    Tail begin(String conversationId) {
        Held held = tails.compute(
                conversationId,
                (id, found) -> found == null || found.tail().isBroken() ? new Held(new Tail(), 1) : found.by(1));
        return held.tail();
    }

    /** A caller has no more use for a tail. */
    void end(String conversationId, Tail tail) {
        tails.computeIfPresent(conversationId, (id, held) -> held.tail() == tail ? without(held) : held);
    }

    private static @Nullable Held without(Held held) {
        return held.holders() == 1 ? null : held.by(-1);
    }

    /** The room is told of a new message. */
    void sent(Message message) {
        with(message.conversationId(), tail -> tail.sent(message));
    }

    /** The room is told of a change of a message. */
    void changed(Message message) {
        with(message.conversationId(), tail -> tail.changed(message));
    }

    /** The room is told that it misses something. */
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
