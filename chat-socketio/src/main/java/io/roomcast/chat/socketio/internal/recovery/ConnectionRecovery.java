package io.roomcast.chat.socketio.internal.recovery;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.socketio.internal.packet.Offset;
import io.roomcast.chat.socketio.internal.packet.RecoveryRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Connection state recovery, as one connection uses it: restores a session at its start, records what the client
 * receives, and persists the session when the connection is lost.
 *
 * <p>The methods are in the order of a connection's life. All are called on the connection's event loop except {@link
 * #replay}, and none blocks.
 */
public interface ConnectionRecovery {
    /** Returns a recovery that is off: it restores and records nothing. */
    static Factory disabled() {
        return evict -> DisabledRecovery.INSTANCE;
    }

    /** Returns whether the server supports recovery, so that its events have offsets. */
    boolean isEnabled();

    /**
     * Finds the requested session of the user, on this node or another, and closes the connection of this node that still
     * has it. Then runs the task, on any thread. Takes at most a second if another node is asked.
     */
    void findSession(Optional<RecoveryRequest> request, Principal principal, Runnable then);

    /**
     * Returns the session that was found; empty if it is unknown, expired, or not the user's, or if the messages that the
     * client missed are unknown.
     */
    Optional<RestoredSession> restoreSession(Optional<RecoveryRequest> request);

    /** Returns the session that was found to where it was, because the client is refused or has left. */
    void returnSession();

    /**
     * Starts to record a session, so that it can be persisted.
     *
     * @param restored the session that this one continues, if any
     * @param newPid creates a secret id
     * @return the secret id by which the client can recover the session; empty if it cannot
     */
    Optional<String> startRecording(
            Session session, String epoch, Optional<RestoredSession> restored, Supplier<String> newPid);

    /** Records that the client was sent an event with this offset. */
    void recordSent(Offset offset);

    /** Returns a reply that also records the rooms that the client joins and leaves. */
    <R> Reply<R> recordingRooms(Reply<R> reply);

    /** Makes the session unrecoverable, because packets to the client were dropped. */
    void invalidate();

    /** Returns the page as single events for a restored session, and unchanged for any other. Called by any thread. */
    List<ChatEvent> replay(RoomSynced page);

    /** Returns the rooms of a restored session that the chat has not replayed, and may not have rejoined yet. */
    Set<String> pendingRooms();

    /** Keeps the session for its client; the rooms are those that it was in. */
    void persistSession(Set<String> rooms);

    /** Drops the session, because it has ended. */
    void discardSession();

    /** Creates the recovery of each connection. */
    @FunctionalInterface
    interface Factory {
        /**
         * Returns the recovery of a new connection.
         *
         * @param evict closes the connection on its event loop and then runs the given task; callable by any thread
         */
        ConnectionRecovery create(Consumer<Runnable> evict);
    }
}
