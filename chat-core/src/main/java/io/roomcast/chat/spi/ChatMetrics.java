package io.roomcast.chat.spi;

import io.roomcast.chat.model.ChatStats;
import io.roomcast.chat.model.ErrorCode;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Receives measurements of a running chat, for operators.
 *
 * <p>Called by any thread, including event loops, so it must not block. Exceptions are logged and have no other effect.
 * Called at most once for each event, broadcast and call of the store, never for each delivery. All names belong to
 * fixed sets: none is a user's, a conversation's, or anything else that a client wrote.
 */
public interface ChatMetrics {
    /** The name of all events that this server does not know. */
    String UNKNOWN_EVENT = "unknown";

    /** The chat begins; called once, before all else. What it has to do can be read at any time, by any thread. */
    default void onStart(Supplier<ChatStats> stats) {}

    /**
     * A way for clients to connect is open; called once for each of them.
     *
     * @param transport its name, such as {@code websocket}
     * @param connections how many use it now; may be read at any time, by any thread
     */
    default void onTransport(String transport, IntSupplier connections) {}

    /**
     * A connection ended.
     *
     * @param reason why, such as {@code ping_timeout}
     */
    default void onDisconnect(String reason) {}

    /** A client was told that it missed something, as it took what it was sent too slowly. */
    default void onSlowClient() {}

    /**
     * What a client asked was answered, over a socket or HTTP.
     *
     * @param event the event's name on the wire, or {@link #UNKNOWN_EVENT}
     * @param refusal why it failed, or null if it was done
     */
    default void onAnswer(String event, @Nullable ErrorCode refusal) {}

    /**
     * An HTTP request was refused before anything looked at what it asks, such as one of an origin that is not allowed.
     *
     * @param reason why, such as {@code foreign_origin} or {@code too_large}
     */
    default void onRefusedRequest(String reason) {}

    /** A message was stored; a repeat of one is none. */
    default void onPersisted() {}

    /**
     * The store was called.
     *
     * @param operation the name of the store's method
     * @param took how long the call blocked
     * @param failure why it failed, or null if it did not; of several messages, why the first one did
     */
    default void onStoreCall(String operation, Duration took, @Nullable ErrorCode failure) {}

    /**
     * An event is told.
     *
     * @param recipients how many sessions hear it, at least one
     */
    default void onBroadcast(int recipients) {}

    /** Measures nothing; always the same, and the default. */
    static ChatMetrics none() {
        return SilentMetrics.INSTANCE;
    }
}
