package io.roomcast.chat.socketio.internal.recovery;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Principal;
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
 * The recovery of one connection. Confined to the connection's event loop .
 */
final class RecoverableConnection implements ConnectionRecovery {
    private final RecoveryRegistry registry;
    private final Consumer<Runnable> evict;

    /** The session that the client wants to recover. Written before the task that reads it is submitted. */
    private Optional<LostSession> found = Optional.empty();

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
            @Nullable Replay replay) {
        /** Returns the session after the loss of its connection; empty if it cannot be recovered. */
        private Optional<LostSession> lost(Set<String> rooms, Instant lostAt) {
            String userId = session.principal().userId();
            return sent.trail()
                    .map(trail -> new LostSession(pid, session.id(), userId, epoch, lostAt, trail.within(rooms)));
        }
    }

    @Override
    public boolean isEnabled() {
        return true;
    }

    @Override
    public void findSession(Optional<RecoveryRequest> request, Principal principal, Runnable then) {
        request.ifPresentOrElse(
                wanted -> registry.open(wanted)
                        .filter(open -> open.belongsTo(principal.userId()))
                        .ifPresentOrElse(
                                open -> open.evict(() -> find(wanted, principal, then)),
                                () -> find(wanted, principal, then)),
                then);
    }

    private void find(RecoveryRequest wanted, Principal principal, Runnable then) {
        registry.find(wanted, principal).thenAccept(session -> {
            found = session;
            then.run();
        });
    }

    @Override
    public Optional<RestoredSession> restoreSession(Optional<RecoveryRequest> request) {
        Optional<LostSession> restored = found;
        found = Optional.empty();
        return request.flatMap(wanted -> restored.flatMap(session -> session.restored(wanted)));
    }

    @Override
    public void returnSession() {
        found.ifPresent(session -> registry.persist(session.pid(), session));
        found = Optional.empty();
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
            registry.closed(recording.pid(), recording.lost(rooms, registry.now()));
        }
    }

    @Override
    public void discardSession() {
        if (recording != null) {
            registry.discard(recording.pid());
        }
    }

    boolean belongsTo(@Nullable String userId) {
        return recording != null
                && Objects.equals(recording.session().principal().userId(), userId);
    }

    /** Closes the connection, so that its session is kept, and then runs the task. */
    void evict(Runnable then) {
        evict.accept(then);
    }
}
