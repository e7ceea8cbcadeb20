package io.roomcast.chat.socketio.internal.recovery;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.socketio.internal.packet.Offset;
import io.roomcast.chat.socketio.internal.packet.RecoveryRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The recovery of one connection. Confined to the connection's event loop until the session is persisted; after that the
 * registry guards it.
 */
final class RecoverableConnection implements ConnectionRecovery {
    private final RecoveryRegistry registry;
    private final Consumer<Runnable> evict;

    @Nullable
    private Recording recording;

    /** Creates a recovery without a session. */
    RecoverableConnection(RecoveryRegistry registry, Consumer<Runnable> evict) {
        this.registry = registry;
        this.evict = evict;
    }

    /**
     * The record of an open session.
     *
     * @param session the session
     * @param epoch the store's epoch, which the positions belong to
     * @param pid the secret id by which the client can recover the session
     * @param sent the offsets that the client was sent
     * @param replay the pages to replay, or null if the session was not restored
     */
    private record Recording(
            Session session,
            String epoch,
            String pid,
            SentOffsets sent,
            @Nullable Replay replay) {}

    @Override
    public boolean isEnabled() {
        return true;
    }

    @Override
    public void evictPrevious(Optional<RecoveryRequest> request, Principal principal, Runnable then) {
        request.flatMap(registry::open)
                .filter(open -> open.belongsTo(principal))
                .ifPresentOrElse(open -> open.evict.accept(then), then);
    }

    @Override
    public Optional<RestoredSession> restoreSession(Optional<RecoveryRequest> request, Principal principal) {
        return request.flatMap(wanted -> registry.restore(wanted, principal));
    }

    @Override
    public Optional<String> startRecording(
            Session session, String epoch, Optional<RestoredSession> restored, Supplier<String> newPid) {
        Map<String, Position> positions =
                restored.map(old -> old.positions().rooms()).orElse(Map.of());
        String offset = restored.map(old -> old.request().offset()).orElse(null);
        String pid = restored.map(old -> old.request().pid()).orElseGet(newPid);
        Replay replay = restored.map(old -> new Replay(positions, old.lostAt())).orElse(null);
        recording = new Recording(session, epoch, pid, new SentOffsets(offset, positions), replay);
        registry.opened(pid, this);
        return Optional.of(pid);
    }

    @Override
    public void recordSent(Offset offset) {
        if (recording != null) {
            recording.sent().add(offset);
        }
    }

    @Override
    public <R> Reply<R> recordingRooms(Reply<R> reply) {
        return recording == null ? reply : recording.sent().recordingRooms(reply);
    }

    @Override
    public void invalidate() {
        if (recording != null) {
            recording.sent().invalidate();
        }
    }

    @Override
    public List<ChatEvent> replay(RoomSynced page) {
        Recording current = recording;
        return current == null || current.replay() == null
                ? List.of(page)
                : current.replay().events(page);
    }

    @Override
    public Set<String> pendingRooms() {
        return recording == null || recording.replay() == null
                ? Set.of()
                : recording.replay().pendingRooms();
    }

    @Override
    public void persistSession(Set<String> rooms) {
        if (recording != null) {
            registry.persist(recording.pid(), this, rooms);
        }
    }

    @Override
    public void discardSession() {
        if (recording != null) {
            registry.discard(recording.pid());
        }
    }

    boolean belongsTo(Principal principal) {
        return recording != null
                && Objects.equals(recording.session().principal().userId(), principal.userId());
    }

    /** Returns the session as its client knows it; empty if the requested offset is unknown. */
    Optional<RestoredSession> restored(RecoveryRequest request, Set<String> rooms, Instant lostAt) {
        if (recording == null) {
            return Optional.empty();
        }
        Recording old = recording;
        return old.sent().positionsAfter(request.offset()).map(positions -> {
            positions.keySet().retainAll(rooms);
            return new RestoredSession(old.session().id(), request, new Resume(old.epoch(), positions), lostAt);
        });
    }
}
