package io.roomcast.chat.socketio.internal.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.socketio.internal.recovery.RecoveryRegistry.Recovered;
import io.roomcast.chat.socketio.internal.wire.HandshakeDecoder;
import io.roomcast.chat.socketio.internal.wire.HandshakeDecoder.Claim;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection's part in connection state recovery, if there is any: what its client claims, and what is kept for when
 * the connection is lost. Used on the connection's event loop; once the session is lost, by whoever takes it over.
 */
public final class RecoverableConnection {
    @Nullable
    private final RecoveryRegistry recovery;

    private final Consumer<Runnable> giveUp;
    private Optional<Claim> claim = Optional.empty();

    @Nullable
    private Running running;

    /**
     * The part of a connection; without recovery it does nothing.
     *
     * @param giveUp ends the connection, on its event loop, and then runs what it is given; called by any thread
     */
    public RecoverableConnection(@Nullable RecoveryRegistry recovery, Consumer<Runnable> giveUp) {
        this.recovery = recovery;
        this.giveUp = giveUp;
    }

    /**
     * A session with its client.
     *
     * @param session the session
     * @param epoch the life of the store that its positions belong to
     * @param secret what its client can come back with
     * @param trail how far its client has come
     */
    private record Running(Session session, String epoch, String secret, SentOffsets trail) {}

    public boolean isOn() {
        return recovery != null;
    }

    /** Takes note of the session that the client wants back, if it does. */
    public void claim(JsonNode auth) {
        claim = recovery == null ? Optional.empty() : HandshakeDecoder.claim(auth);
    }

    /** Ends the claimed session, if the server has not noticed that its client is gone; then comes the rest. */
    public void vacate(Principal principal, Runnable rest) {
        Optional<RecoverableConnection> occupied = recovery == null
                ? Optional.empty()
                : claim.flatMap(recovery::running).filter(running -> running.belongsTo(principal));
        occupied.ifPresentOrElse(running -> running.giveUp.accept(rest), rest);
    }

    /** The claimed session, if it is lost, the user's, and all that is needed of it is known. */
    public Optional<Recovered> take(Principal principal) {
        return recovery == null ? Optional.empty() : claim.flatMap(wanted -> recovery.take(wanted, principal));
    }

    /**
     * Starts recording what the session sends.
     *
     * @param recorder gets the record to which the session's connection adds what it sends
     * @param recovered the lost session that this one continues, if any
     * @return the secret by which its client can have it back, or null if it cannot
     */
    @Nullable
    public String begin(
            Session session,
            Consumer<SentOffsets> recorder,
            String epoch,
            Optional<Recovered> recovered,
            Supplier<String> freshSecret) {
        if (recovery == null) {
            return null;
        }
        SentOffsets trail = new SentOffsets(
                recovered.map(Recovered::offset).orElse(null),
                recovered.map(old -> old.known().rooms()).orElse(Map.of()));
        recorder.accept(trail);
        String secret = recovered.map(Recovered::secret).orElseGet(freshSecret);
        running = new Running(session, epoch, secret, trail);
        recovery.begin(secret, this);
        return secret;
    }

    /** An answer that takes note of rooms that the client joins and leaves. */
    public <R> Reply<R> noting(Reply<R> answer) {
        return running == null ? answer : running.trail().noting(answer);
    }

    /** The client was not sent what it should have been, and is told so. */
    public void breakOff() {
        if (running != null) {
            running.trail().breakOff();
        }
    }

    /**
     * The session has ended.
     *
     * @param rooms which rooms it was in
     * @param mayComeBack whether its client only lost the connection
     */
    public void end(Set<String> rooms, boolean mayComeBack) {
        if (recovery == null || running == null) {
            return;
        }
        if (mayComeBack) {
            recovery.lose(running.secret(), this, rooms);
        } else {
            recovery.end(running.secret());
        }
    }

    boolean belongsTo(Principal principal) {
        return running != null && Objects.equals(running.session().principal().userId(), principal.userId());
    }

    /** What a client goes on from that has this as the last that it was told, if that is known. */
    Optional<Recovered> recovered(Claim claim, Set<String> rooms, Instant since) {
        if (running == null) {
            return Optional.empty();
        }
        Running old = running;
        return old.trail().after(claim.offset()).map(positions -> {
            positions.keySet().retainAll(rooms);
            return new Recovered(old.session().id(), claim, new Resume(old.epoch(), positions), since);
        });
    }
}
