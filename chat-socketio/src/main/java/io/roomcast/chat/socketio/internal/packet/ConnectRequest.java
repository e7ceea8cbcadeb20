package io.roomcast.chat.socketio.internal.packet;

import io.roomcast.chat.model.Resume;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a CONNECT packet.
 *
 * @param token the user's token, or null
 * @param resume the rooms to resume, or empty if the client requests none; a room with an unreadable position has a
 *     position that the chat reports as lost
 * @param resumesAll whether {@code resume} has all requested rooms
 * @param recovery the session to recover, or empty if the client requests none or resumes rooms instead
 * @param acceptsBatches whether the client accepts several messages in one event
 */
public record ConnectRequest(
        @Nullable String token,
        Optional<Resume> resume,
        boolean resumesAll,
        Optional<RecoveryRequest> recovery,
        boolean acceptsBatches) {
    /** Returns a request that has only a token, as clients 2.x send it. */
    public static ConnectRequest ofToken(@Nullable String token) {
        return new ConnectRequest(token, Optional.empty(), true, Optional.empty(), false);
    }

    /** Returns a text without the token, so that no log has it. */
    @Override
    public String toString() {
        return "ConnectRequest[resume=" + resume + ", recovery=" + recovery + ", acceptsBatches=" + acceptsBatches
                + "]";
    }
}
