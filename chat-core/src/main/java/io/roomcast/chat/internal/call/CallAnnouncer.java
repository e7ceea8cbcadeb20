package io.roomcast.chat.internal.call;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.event.CallAccepted;
import io.roomcast.chat.event.CallDeclined;
import io.roomcast.chat.event.CallEnded;
import io.roomcast.chat.event.CallEvent;
import io.roomcast.chat.event.CallLeft;
import io.roomcast.chat.event.CallStarted;
import io.roomcast.chat.event.CallUpdated;
import io.roomcast.chat.event.IncomingCall;
import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.CallLeaveReason;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Sends what a step has changed to the sessions of this server, each event once. Safe for use by any thread. */
final class CallAnnouncer {
    /** How long it is known which sessions ring; longer than they do. */
    private static final Duration KNOWN = CallState.RING.multipliedBy(2);

    private static final int MAX_CALLS = 10_000;

    private final CallDevices devices;
    private final RoomRegistry rooms;
    private final Publisher publisher;
    private final RecentCalls recent;
    private final Clock clock;

    /** The sessions that ring, by call. */
    private final TtlCache<String, Set<Session>> rung;

    CallAnnouncer(CallDevices devices, RoomRegistry rooms, Publisher publisher, RecentCalls recent, Clock clock) {
        this.devices = devices;
        this.rooms = rooms;
        this.publisher = publisher;
        this.recent = recent;
        this.clock = clock;
        this.rung = new TtlCache<>(clock, KNOWN, MAX_CALLS, sessions -> 1);
    }

    void announce(CallNotice notice) {
        devices.setPeers(notice.callId(), notice.peers(), notice.revision());
        notice.facts().forEach(fact -> announce(fact, notice));
    }

    private void announce(CallFact fact, CallNotice notice) {
        String callId = notice.callId();
        switch (fact.kind()) {
            case STARTED -> started(notice);
            case JOINED ->
                newest(fact, notice).ifPresent(peer -> sendToOthers(new CallAccepted(callId, peer), callId, peer));
            case UPDATED ->
                newest(fact, notice).ifPresent(peer -> sendToOthers(new CallUpdated(callId, peer), callId, peer));
            case MOVED -> {
                // The device is on the server that carries out the step.
            }
            case LEFT -> left(fact, notice);
            case DECLINED -> send(new CallDeclined(callId, requireNonNull(fact.userId())), devices.sessionsOf(callId));
            case SILENCED -> silence(fact, notice);
            case ENDED -> end(fact, notice);
        }
    }

    private static CallPeer peer(CallFact fact) {
        return requireNonNull(fact.peer());
    }

    /** Returns the participant of a fact. A notice that arrives after a later one does not bring its former state back. */
    private Optional<CallPeer> newest(CallFact fact, CallNotice notice) {
        return devices.newest(notice.callId(), peer(fact), notice.revision());
    }

    /** Lets the sessions of the invited users ring. The call may have ended before its start is known here. */
    private void started(CallNotice notice) {
        if (!recent.hasEnded(notice.callId())) {
            ring(
                    notice,
                    notice.ringing().stream()
                            .filter(userId -> recent.mayRing(notice.callId(), userId))
                            .flatMap(userId -> rooms.sessionsOf(userId).stream())
                            .toList());
            sendToRoom(notice);
        }
    }

    /** Lets sessions ring that do not yet. */
    void ring(CallNotice notice, Collection<Session> sessions) {
        Set<Session> known = rungOf(notice.callId());
        List<Session> more = sessions.stream().filter(known::add).toList();
        if (!more.isEmpty()) {
            send(incoming(notice), more);
        }
    }

    private synchronized Set<Session> rungOf(String callId) {
        Set<Session> known = rung.getIfPresent(callId);
        if (known == null) {
            known = ConcurrentHashMap.newKeySet();
            rung.merge(callId, known, (before, now) -> now);
        }
        return known;
    }

    private IncomingCall incoming(CallNotice notice) {
        Instant expiresAt = notice.startedAt().plus(CallState.RING);
        Duration left = Duration.between(clock.instant(), expiresAt);
        return new IncomingCall(
                notice.callId(),
                notice.conversationId(),
                notice.startedBy(),
                notice.media(),
                expiresAt,
                left.isNegative() ? Duration.ZERO : left,
                notice.peers());
    }

    private void sendToRoom(CallNotice notice) {
        CallStarted started =
                new CallStarted(notice.callId(), notice.conversationId(), notice.startedBy(), notice.media());
        send(started, rooms.sessionsIn(notice.conversationId()));
    }

    private void sendToOthers(CallEvent event, String callId, CallPeer peer) {
        List<Session> others = new ArrayList<>();
        for (CallDevice device : devices.of(callId)) {
            Session session = device.session();
            if (session != null && !device.participantId().equals(peer.participantId())) {
                others.add(session);
            }
        }
        send(event, others);
    }

    private void left(CallFact fact, CallNotice notice) {
        CallPeer peer = peer(fact);
        CallLeaveReason reason = requireNonNull(fact.reason());
        CallLeft event = new CallLeft(notice.callId(), peer.participantId(), peer.userId(), reason);
        CallDevice removed = devices.remove(notice.callId(), peer.participantId());
        // A session that joins again is that of both participants.
        Set<Session> sessions = new LinkedHashSet<>(devices.sessionsOf(notice.callId()));
        Session session = removed == null ? null : removed.session();
        if (session != null && reason != CallLeaveReason.LEFT) {
            sessions.add(session);
        }
        send(event, sessions);
    }

    /** Removes a device whose part in a call has ended. Notifies of it here, unless a notice has done so before. */
    void forget(CallDevice device) {
        List<Session> sessions = devices.sessionsOf(device.callId());
        if (devices.remove(device.callId(), device.participantId()) != null) {
            CallLeaveReason reason = CallLeaveReason.LOST;
            send(new CallLeft(device.callId(), device.participantId(), device.userId(), reason), sessions);
        }
    }

    /** The device that takes part does not receive the event. */
    private void silence(CallFact fact, CallNotice notice) {
        List<Session> participants = devices.sessionsOf(notice.callId());
        send(
                new CallEnded(
                        notice.callId(), notice.conversationId(), requireNonNull(fact.outcome()), null, null, true),
                rooms.sessionsOf(requireNonNull(fact.userId())).stream()
                        .filter(Predicate.not(participants::contains))
                        .toList());
    }

    private void end(CallFact fact, CallNotice notice) {
        Set<Session> sessions = new LinkedHashSet<>();
        devices.removeAll(notice.callId()).forEach(device -> {
            Session session = device.session();
            if (session != null) {
                sessions.add(session);
            }
        });
        notice.ringing().forEach(userId -> sessions.addAll(rooms.sessionsOf(userId)));
        sessions.addAll(rooms.sessionsIn(notice.conversationId()));
        CallEnded ended = new CallEnded(
                notice.callId(),
                notice.conversationId(),
                requireNonNull(fact.outcome()),
                fact.userId(),
                notice.duration(),
                false);
        send(ended, sessions);
    }

    void send(CallEvent event, Collection<Session> sessions) {
        publisher.sendHere(event, new Audience.Sessions(List.copyOf(sessions)));
    }
}
