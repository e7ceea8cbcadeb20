package io.roomcast.chat.spi;

import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.ChatStats;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.UploadOutcome;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Receives measurements of a running chat, for operators.
 *
 * <p>Called on any thread, including event loops, so it must not block. Exceptions are logged and have no other effect.
 * Called at most once for each event, broadcast and call of the store, never for each delivery. All names belong to
 * fixed sets: none contains a user id, a conversation id or other text of a client.
 */
public interface ChatMetrics {
    /** The name for all events that the server does not know: {@value}. */
    String UNKNOWN_EVENT = "unknown";

    /**
     * The chat starts. Called once, before all other methods.
     *
     * @param stats returns the current load at any time, on any thread
     */
    default void onStart(Supplier<ChatStats> stats) {}

    /**
     * A transport accepts connections. Called once for each transport.
     *
     * @param transport its name, such as {@code websocket}
     * @param connections returns the number of its connections at any time, on any thread
     */
    default void onTransport(String transport, IntSupplier connections) {}

    /**
     * A connection ended.
     *
     * @param reason the reason, such as {@code ping_timeout}
     */
    default void onDisconnect(String reason) {}

    /** A client read too slowly and missed events. It was notified of that. */
    default void onSlowClient() {}

    /**
     * A request of a client was answered, over a socket or HTTP.
     *
     * @param event the event's name on the wire, or {@link #UNKNOWN_EVENT}
     * @param refusal the code of the failure, or null for a success
     */
    default void onAnswer(String event, @Nullable ErrorCode refusal) {}

    /**
     * An HTTP request was refused before its content was read, such as one with a foreign origin.
     *
     * @param reason the reason, such as {@code foreign_origin} or {@code too_large}
     */
    default void onRefusedRequest(String reason) {}

    /** A message was stored. Not called for repeated messages. */
    default void onPersisted() {}

    /**
     * The store was called.
     *
     * @param operation the name of the store's method
     * @param took how long the call blocked
     * @param failure the code of the failure, or null for a success; of a batch, the code of the first failure
     */
    default void onStoreCall(String operation, Duration took, @Nullable ErrorCode failure) {}

    /**
     * An event is sent.
     *
     * @param recipients the number of sessions that receive it, at least one
     */
    default void onBroadcast(int recipients) {}

    /** A frame was sent to other nodes. */
    default void onFrameSent() {}

    /**
     * A frame of another node was handled.
     *
     * @param lag the time since that node sent it, by the clocks of both nodes; at least zero
     */
    default void onFrameReceived(Duration lag) {}

    /**
     * A frame was neither sent nor handled.
     *
     * @param reason the reason, such as {@code invalid_signature}
     */
    default void onFrameDropped(String reason) {}

    /** A room lacked events, which are read from the store. */
    default void onGapFill() {}

    /** All rooms are compared with the store, because events of other nodes may be lost. */
    default void onResync() {}

    /**
     * An upload ended. Called once for each, on the server that ended it.
     *
     * @param bytes the size of the file
     */
    default void onUpload(UploadOutcome outcome, long bytes) {}

    /**
     * A follower starts. Called once for each follower.
     *
     * @param follower its name, which the host has chosen
     * @param lag returns how long the oldest event that this server has for it has waited; zero if none waits. Can be called
     *     at any time, on any thread
     */
    default void onFollower(String follower, Supplier<Duration> lag) {}

    /**
     * A webhook sent an event, or gave up.
     *
     * @param outcome {@code accepted}, {@code refused} by a response with another status, {@code unanswered}, or {@code
     *     paused} after the last attempt
     */
    default void onWebhook(String outcome) {}

    /**
     * A push service answered, or did not answer in time.
     *
     * @param platform the platform of the device, which the host has chosen
     * @param outcome what the answer means
     */
    default void onPush(String platform, PushResult.Outcome outcome) {}

    /**
     * A call has ended, or could not begin because the other user was in another one. Called on the server that ended or
     * refused it.
     *
     * @param outcome how it ended
     */
    default void onCall(CallOutcome outcome) {}

    /** Returns metrics without effect, which are the default. Always returns the same object. */
    static ChatMetrics none() {
        return SilentMetrics.INSTANCE;
    }
}
