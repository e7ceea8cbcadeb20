package io.roomcast.chat.socketio.internal.recovery;

import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.socketio.internal.packet.RecoveryRequest;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session whose connection was lost. Immutable.
 *
 * @param pid the secret id by which the client can recover the session; not part of what other nodes receive
 * @param id the public id of the session
 * @param userId the user, or null if the client is anonymous
 * @param epoch the store's epoch, which the positions belong to
 * @param lostAt when the connection was lost
 * @param sent what the client was sent, with the rooms that the session was in
 */
record LostSession(String pid, String id, @Nullable String userId, String epoch, Instant lostAt, SentTrail sent) {
    boolean belongsTo(Principal principal) {
        return Objects.equals(userId, principal.userId());
    }

    /** Returns the session without the secret id, so that no log has it. */
    @Override
    public String toString() {
        return "LostSession[id=" + id + "]";
    }

    /** Returns the session as its client knows it; empty if the requested offset is unknown. */
    Optional<RestoredSession> restored(RecoveryRequest request) {
        return sent.positionsAfter(request.offset())
                .map(positions -> new RestoredSession(id, request, new Resume(epoch, positions), lostAt));
    }
}
