package io.roomcast.chat.internal.call;

import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.Session;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Knows the participants of calls whose sessions are, or were last, on this server. Safe for use by any thread. */
final class CallDevices {
    /** The devices and all participants of one call. */
    private static final class Local {
        private final Map<String, CallDevice> devices = new ConcurrentHashMap<>();
        private volatile List<CallPeer> peers = List.of();
        private volatile long revision;
    }

    private final ConcurrentHashMap<String, Local> calls = new ConcurrentHashMap<>();

    /** The calls in which a session took part, until it closes. */
    private final ConcurrentHashMap<Session, Set<String>> callsOf = new ConcurrentHashMap<>();

    void add(CallDevice device) {
        Session session = device.session();
        if (session != null) {
            callsOf.computeIfAbsent(session, key -> ConcurrentHashMap.newKeySet())
                    .add(device.callId());
        }
        calls.compute(device.callId(), (id, found) -> {
            Local local = found == null ? new Local() : found;
            local.devices.put(device.participantId(), device);
            return local;
        });
    }

    /** Removes a device. Returns it, or null if it is not on this server. */
    @Nullable
    CallDevice remove(String callId, String participantId) {
        @Nullable CallDevice[] removed = {null};
        calls.computeIfPresent(callId, (id, local) -> {
            removed[0] = local.devices.remove(participantId);
            return local.devices.isEmpty() ? null : local;
        });
        return removed[0];
    }

    /** Removes the devices of a call that has ended. */
    Collection<CallDevice> removeAll(String callId) {
        Local removed = calls.remove(callId);
        return removed == null ? List.of() : removed.devices.values();
    }

    /** Sets the participants of a call on all servers, unless later ones are known. */
    void setPeers(String callId, List<CallPeer> peers, long revision) {
        calls.computeIfPresent(callId, (id, local) -> {
            if (revision > local.revision) {
                local.revision = revision;
                local.peers = peers;
            }
            return local;
        });
    }

    /**
     * Returns a participant in its latest known state, or empty if it has left by then.
     *
     * @param peer the participant as of the given revision of the call
     */
    Optional<CallPeer> newest(String callId, CallPeer peer, long revision) {
        Local local = calls.get(callId);
        return local == null || local.revision <= revision
                ? Optional.of(peer)
                : local.peers.stream()
                        .filter(known -> known.participantId().equals(peer.participantId()))
                        .findFirst();
    }

    /** Returns the user of a participant, or empty if none is known. */
    Optional<String> userOf(String callId, String participantId) {
        return Optional.ofNullable(calls.get(callId)).stream()
                .flatMap(local -> local.peers.stream())
                .filter(peer -> peer.participantId().equals(participantId))
                .map(CallPeer::userId)
                .findFirst();
    }

    Collection<CallDevice> of(String callId) {
        Local local = calls.get(callId);
        return local == null ? List.of() : local.devices.values();
    }

    Optional<CallDevice> find(String callId, String participantId) {
        return Optional.ofNullable(calls.get(callId)).map(local -> local.devices.get(participantId));
    }

    /** Returns the participant that a session is in a call. */
    Optional<CallDevice> of(String callId, Session session) {
        return of(callId).stream().filter(device -> device.session() == session).findFirst();
    }

    /** Returns all participants that a closed session is, and forgets the session. */
    List<CallDevice> close(Session session) {
        Set<String> callIds = callsOf.remove(session);
        return callIds == null
                ? List.of()
                : callIds.stream()
                        .flatMap(callId -> of(callId, session).stream())
                        .toList();
    }

    /** Returns the calls with devices on this server. */
    Collection<String> calls() {
        return calls.keySet();
    }

    /** Returns the sessions of a call's devices. */
    List<Session> sessionsOf(String callId) {
        return of(callId).stream()
                .<@Nullable Session>map(CallDevice::session)
                .filter(Objects::nonNull)
                .map(Session.class::cast)
                .toList();
    }
}
