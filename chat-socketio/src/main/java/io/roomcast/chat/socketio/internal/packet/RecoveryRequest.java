package io.roomcast.chat.socketio.internal.packet;

import org.jspecify.annotations.Nullable;

/**
 * A client's request to recover the session of its lost connection.
 *
 * @param pid the secret id of the session, which the server sent to this client only
 * @param offset the offset of the last event that the client received, or null if it received none
 */
public record RecoveryRequest(String pid, @Nullable String offset) {
    /** Returns the offset alone, so that no log has the secret id. */
    @Override
    public String toString() {
        return "RecoveryRequest[offset=" + offset + "]";
    }
}
