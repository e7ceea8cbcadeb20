package io.roomcast.chat.socketio.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.socketio.internal.Recovery.Recovered;
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
final class Recoverable {
    @Nullable
    private final Recovery recovery;

    private final Consumer<Runnable> giveUp;
    private Optional<Claim> claim = Optional.empty();

    @Nullable
    private Running running;

    /**
     * The part of a connection; without recovery it does nothing.
     *
     * @param giveUp ends the connection, on its event loop, and then runs what it is given; called by any thread
     */
    Recoverable(@Nullable Recovery recovery, Consumer<Runnable> giveUp) {
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
    private record Running(SocketSession session, String epoch, String secret, Trail trail) {}

    boolean isOn() {
        return recovery != null;
    }

    /** Takes note of the session that the client wants back, if it does. */
    void claim(JsonNode auth) {
        claim = recovery == null ? Optional.empty() : HandshakeDecoder.claim(auth);
    }

    /** Ends the claimed session, if the server has not noticed that its client is gone; then comes the rest. */
    void vacate(Principal principal, Runnable rest) {
        Optional<Recoverable> occupied = recovery == null
                ? Optional.empty()
                : claim.flatMap(recovery::running).filter(running -> running.belongsTo(principal));
        occupied.ifPresentOrElse(running -> running.giveUp.accept(rest), rest);
    }

    /** The claimed session, if it is lost, the user's, and all that is needed of it is known. */
    Optional<Recovered> take(Principal principal) {
        return recovery == null ? Optional.empty() : claim.flatMap(wanted -> recovery.take(wanted, principal));
    }

    /**
     * The session begins.
     *
     * @param recovered what it goes on from, if it is an old one
     * @return the secret by which its client can have it back, or null if it cannot
     */
    @Nullable
    String begin(SocketSession session, String epoch, Optional<Recovered> recovered, Supplier<String> freshSecret) {
        if (recovery == null) {
            return null;
        }
        Trail trail = new Trail(
                recovered.map(Recovered::offset).orElse(null),
                recovered.map(old -> old.known().rooms()).orElse(Map.of()));
        session.outbox().follow(trail);
        String secret = recovered.map(Recovered::secret).orElseGet(freshSecret);
        running = new Running(session, epoch, secret, trail);
        recovery.begin(secret, this);
        return secret;
    }

    /** An answer that takes note of rooms that the client joins and leaves. */
    <R> Reply<R> noting(Reply<R> answer) {
        return running == null ? answer : running.trail().noting(answer);
    }

    /** The client was not sent what it should have been, and is told so. */
    void breakOff() {
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
    void end(Set<String> rooms, boolean mayComeBack) {
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
