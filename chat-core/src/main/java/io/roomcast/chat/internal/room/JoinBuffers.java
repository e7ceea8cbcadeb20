package io.roomcast.chat.internal.room;

import io.roomcast.chat.model.Message;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Holds the tails of the rooms with pending joins; safe for use by any thread. */
public final class JoinBuffers {
    /** A tail and the number of pending joins that hold it. */
    private record Held(JoinBuffer tail, int holders) {
        Held by(int more) {
            return new Held(tail, holders + more);
        }
    }

    private final ConcurrentHashMap<String, Held> tails = new ConcurrentHashMap<>();

    /** Collects the room's events from now on, until the caller has {@linkplain #end ended}. */
    public JoinBuffer begin(String conversationId) {
        Held held = tails.compute(
                conversationId,
                (id, found) -> found == null || found.tail().isBroken() ? new Held(new JoinBuffer(), 1) : found.by(1));
        return held.tail();
    }

    /** Releases a tail that a caller no longer needs. */
    public void end(String conversationId, JoinBuffer tail) {
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
        with(conversationId, JoinBuffer::breakOff);
    }

    private void with(String conversationId, Consumer<JoinBuffer> step) {
        Held held = tails.get(conversationId);
        if (held != null) {
            step.accept(held.tail());
        }
    }

    public int size() {
        return tails.size();
    }
}
