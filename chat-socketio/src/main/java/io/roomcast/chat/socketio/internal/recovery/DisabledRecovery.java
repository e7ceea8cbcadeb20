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
import java.util.function.Supplier;

/** Recovery that is off. Stateless. */
final class DisabledRecovery implements ConnectionRecovery {
    static final DisabledRecovery INSTANCE = new DisabledRecovery();

    private DisabledRecovery() {}

    @Override
    public boolean isEnabled() {
        return false;
    }

    @Override
    public void findSession(Optional<RecoveryRequest> request, Principal principal, Runnable then) {
        then.run();
    }

    @Override
    public Optional<RestoredSession> restoreSession(Optional<RecoveryRequest> request) {
        return Optional.empty();
    }

    @Override
    public void returnSession() {}

    @Override
    public Optional<String> startRecording(
            Session session, String epoch, Optional<RestoredSession> restored, Supplier<String> newPid) {
        return Optional.empty();
    }

    @Override
    public void recordSent(Offset offset) {}

    @Override
    public <R> Reply<R> recordingRooms(Reply<R> reply) {
        return reply;
    }

    @Override
    public void invalidate() {}

    @Override
    public List<ChatEvent> replay(RoomSynced page) {
        return List.of(page);
    }

    @Override
    public Set<String> pendingRooms() {
        return Set.of();
    }

    @Override
    public void persistSession(Set<String> rooms) {}

    @Override
    public void discardSession() {}
}
