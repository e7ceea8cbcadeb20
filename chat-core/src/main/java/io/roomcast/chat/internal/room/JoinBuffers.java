package io.roomcast.chat.internal.room;

import io.roomcast.chat.model.Message;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Holds the join buffers of rooms with pending joins; safe for use by any thread. */
public final class JoinBuffers {
    /** A buffer and the number of pending joins that use it. */
    private record Shared(JoinBuffer buffer, int users) {
        Shared plus(int more) {
            return new Shared(buffer, users + more);
        }
    }

    private final ConcurrentHashMap<String, Shared> buffers = new ConcurrentHashMap<>();

    /** Returns a buffer that collects the room's events from now on. The caller must {@linkplain #release release} it. */
    public JoinBuffer acquire(String conversationId) {
        Shared shared = buffers.compute(
                conversationId,
                (id, found) ->
                        found == null || found.buffer().isInvalid() ? new Shared(new JoinBuffer(), 1) : found.plus(1));
        return shared.buffer();
    }

    /** Releases a buffer. The last release removes it. */
    public void release(String conversationId, JoinBuffer buffer) {
        buffers.computeIfPresent(
                conversationId, (id, shared) -> shared.buffer() == buffer ? withoutOneUser(shared) : shared);
    }

    private static @Nullable Shared withoutOneUser(Shared shared) {
        return shared.users() == 1 ? null : shared.plus(-1);
    }

    /** Adds a new message that is sent to the room. */
    void recordSent(Message message) {
        with(message.conversationId(), buffer -> buffer.recordSent(message));
    }

    /** Adds a changed message that is sent to the room. */
    void recordChanged(Message message) {
        with(message.conversationId(), buffer -> buffer.recordChanged(message));
    }

    /** Invalidates the room's buffer, because the room has a gap. */
    void invalidate(String conversationId) {
        with(conversationId, JoinBuffer::invalidate);
    }

    private void with(String conversationId, Consumer<JoinBuffer> step) {
        Shared shared = buffers.get(conversationId);
        if (shared != null) {
            step.accept(shared.buffer());
        }
    }

    /** Returns the number of rooms with a buffer. */
    public int size() {
        return buffers.size();
    }
}
