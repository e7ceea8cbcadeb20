package io.roomcast.chat.internal.call;

import io.roomcast.chat.command.UpdateCall;
import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallInvitation;
import io.roomcast.chat.model.CallInvitation.State;
import io.roomcast.chat.model.CallLeaveReason;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.CallParticipant;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of calls: pure functions of a call, a command and a time.
 *
 * <p>A direct call rings until the other user joins, and ends when either leaves. Any other call is active from its start,
 * and ends when no participant is left, or one was alone for {@link #ALONE}. A participant is connected or away, and leaves
 * if neither its server nor its device renews it in time.
 */
final class CallState {
    /** How long the devices of invited users ring. */
    static final Duration RING = Duration.ofSeconds(45);

    /** How long a participant may be away. */
    static final Duration AWAY = Duration.ofSeconds(30);

    /** How long a participant remains whose server does not renew it, because it was killed. */
    static final Duration LEASE = Duration.ofSeconds(60);

    /** How long one participant may be alone in the call of a group. */
    static final Duration ALONE = Duration.ofSeconds(60);

    /** The longest call. */
    static final Duration MAX = Duration.ofHours(12);

    /** When another attempt is made to store the message about an ended call. */
    static final Duration RECORD = Duration.ofSeconds(15);

    private CallState() {}

    /** Returns a new call with its first participant. */
    static Call start(
            String callId,
            String conversationId,
            boolean isDirect,
            CallMedia media,
            NewParticipant starter,
            Collection<String> rings,
            Instant now) {
        return new Call(
                callId,
                conversationId,
                isDirect,
                media,
                starter.userId(),
                now,
                isDirect ? null : now,
                null,
                null,
                null,
                null,
                isDirect ? null : now,
                false,
                2,
                List.of(starter.userId()),
                rings.stream()
                        .map(userId -> new CallInvitation(userId, State.RINGING))
                        .toList(),
                List.of(starter.at(1, media, now.plus(LEASE))),
                1);
    }

    /**
     * A device joins. It replaces the participant of its user that is away, or the named one.
     *
     * @param replacedId the participant that the device was before, or null
     * @param max the maximum number of participants
     */
    static CallStep join(Call call, NewParticipant who, @Nullable String replacedId, int max, Instant now) {
        CallDraft draft = running(call);
        for (CallParticipant own : call.participants()) {
            if (own.id().equals(replacedId)
                    || (own.userId().equals(who.userId()) && own.peer().away())) {
                draft.participants.remove(own.id());
                draft.facts.add(CallFact.left(own.peer(), CallLeaveReason.REPLACED));
            } else if (own.userId().equals(who.userId())) {
                throw ChatException.of(ErrorCode.ANSWERED_ELSEWHERE);
            }
        }
        if (draft.participants.size() >= max) {
            throw ChatException.of(ErrorCode.CALL_FULL);
        }
        answer(draft, who.userId());
        CallParticipant joined = who.at(draft.nextIndex++, call.media(), now.plus(LEASE));
        draft.add(joined);
        draft.facts.add(CallFact.of(CallFact.Kind.JOINED, joined.peer()));
        checkPresence(draft, now);
        return draft.step();
    }

    private static void answer(CallDraft draft, String userId) {
        if (draft.isRinging(userId)) {
            draft.facts.add(CallFact.silenced(userId, CallOutcome.ANSWERED_ELSEWHERE));
        }
        draft.invited.replace(userId, State.ACCEPTED);
    }

    /** A direct call becomes active with its second participant. In other calls one may be alone for a while. */
    private static void checkPresence(CallDraft draft, Instant now) {
        if (draft.participants.size() > 1) {
            draft.aloneSince = null;
            draft.activeAt = Objects.requireNonNullElse(draft.activeAt, now);
        } else if (!draft.before().isDirect() && draft.aloneSince == null) {
            draft.aloneSince = now;
        }
    }

    /** A user declines, on all devices. */
    static CallStep decline(Call call, String userId, Instant now) {
        CallDraft draft = running(call);
        if (!draft.isRinging(userId)) {
            throw notFound();
        }
        draft.facts.add(CallFact.declined(userId));
        if (call.isDirect()) {
            draft.end(CallOutcome.DECLINED, userId, now);
        } else {
            draft.facts.add(CallFact.silenced(userId, CallOutcome.DECLINED_ELSEWHERE));
        }
        draft.invited.replace(userId, State.DECLINED);
        return draft.step();
    }

    /** A participant reports what it sends, or that it could connect. */
    static CallStep update(Call call, String participantId, UpdateCall update) {
        CallDraft draft = running(call);
        CallParticipant before = require(call, participantId);
        CallPeer peer = before.peer();
        CallPeer after = new CallPeer(
                peer.participantId(),
                peer.index(),
                peer.userId(),
                Objects.requireNonNullElse(update.audio(), peer.audio()),
                Objects.requireNonNullElse(update.video(), peer.video()),
                Objects.requireNonNullElse(update.screen(), peer.screen()),
                peer.away());
        if (!after.equals(peer)) {
            set(draft, after, before.until(), before);
        }
        if (update.connected() != null && !Boolean.TRUE.equals(call.connected())) {
            draft.connected = update.connected();
        }
        return draft.step();
    }

    private static void set(CallDraft draft, CallPeer peer, Instant until, CallParticipant before) {
        draft.participants.put(before.id(), new CallParticipant(peer, before.keyHash(), until));
        draft.facts.add(CallFact.of(CallFact.Kind.UPDATED, peer));
    }

    /** The connection to a participant is lost. */
    static CallStep away(Call call, String participantId, Instant now) {
        CallDraft draft = new CallDraft(call);
        call.participant(participantId)
                .filter(found -> !found.peer().away())
                .ifPresent(found -> set(draft, found.peer().away(true), now.plus(AWAY), found));
        return draft.step();
    }

    /** A participant has returned, to this server. */
    static CallStep rejoin(Call call, String participantId, Instant now) {
        CallDraft draft = running(call);
        CallParticipant found = require(call, participantId);
        CallPeer peer = found.peer().away(false);
        draft.facts.add(CallFact.of(CallFact.Kind.MOVED, peer));
        draft.participants.put(found.id(), new CallParticipant(peer, found.keyHash(), now.plus(LEASE)));
        if (found.peer().away()) {
            draft.facts.add(CallFact.of(CallFact.Kind.UPDATED, peer));
        }
        return draft.step();
    }

    /** Participants are still connected. */
    static CallStep renew(Call call, Collection<String> participantIds, Instant now) {
        CallDraft draft = new CallDraft(call);
        call.participants().stream()
                .filter(found ->
                        participantIds.contains(found.id()) && !found.peer().away())
                .forEach(found -> draft.participants.put(
                        found.id(), new CallParticipant(found.peer(), found.keyHash(), now.plus(LEASE))));
        return draft.step();
    }

    /** A participant leaves. Nothing changes if it has left before. */
    static CallStep leave(Call call, String participantId, CallLeaveReason reason, Instant now) {
        CallDraft draft = new CallDraft(call);
        call.participant(participantId).ifPresent(found -> leave(draft, found, reason, now));
        return draft.step();
    }

    private static void leave(CallDraft draft, CallParticipant found, CallLeaveReason reason, Instant now) {
        if (draft.isEnded() || draft.participants.remove(found.id()) == null) {
            return;
        }
        draft.facts.add(CallFact.left(found.peer(), reason));
        String by = reason == CallLeaveReason.LEFT ? found.userId() : null;
        if (draft.before().isDirect() || draft.participants.isEmpty()) {
            draft.end(outcome(draft, reason), by, now);
        } else {
            checkPresence(draft, now);
        }
    }

    /** Returns how a call ends by itself, or because the last participant leaves. */
    private static CallOutcome outcome(CallDraft draft, @Nullable CallLeaveReason reason) {
        if (draft.users() > 1) {
            boolean hasFailed = Boolean.FALSE.equals(draft.connected);
            CallOutcome ordinary = hasFailed ? CallOutcome.FAILED : CallOutcome.COMPLETED;
            return reason == CallLeaveReason.LOST ? CallOutcome.LOST : ordinary;
        }
        boolean areDeclined =
                !draft.invited.isEmpty() && draft.invited.values().stream().allMatch(state -> state == State.DECLINED);
        if (areDeclined) {
            return CallOutcome.DECLINED;
        }
        boolean isStopped = reason == CallLeaveReason.LEFT || reason == CallLeaveReason.REMOVED;
        return isStopped ? CallOutcome.CANCELLED : CallOutcome.MISSED;
    }

    /** A user may no longer take part. */
    static CallStep remove(Call call, String userId, Instant now) {
        CallDraft draft = new CallDraft(call);
        if (draft.isRinging(userId) && !call.isDirect()) {
            draft.invited.replace(userId, State.MISSED);
            draft.facts.add(CallFact.silenced(userId, CallOutcome.CANCELLED));
        } else if (draft.isRinging(userId)) {
            draft.end(CallOutcome.CANCELLED, null, now);
        }
        call.participantOf(userId).ifPresent(found -> leave(draft, found, CallLeaveReason.REMOVED, now));
        return draft.step();
    }

    /** The call ends for all. */
    static CallStep end(Call call, @Nullable String by, Instant now) {
        CallDraft draft = new CallDraft(call);
        if (!draft.isEnded()) {
            draft.end(outcome(draft, CallLeaveReason.LEFT), by, now);
        }
        return draft.step();
    }

    /** The time has passed. */
    static CallStep expire(Call call, Instant now) {
        CallDraft draft = new CallDraft(call);
        if (call.isEnded()) {
            return draft.step();
        }
        call.participants().stream()
                .filter(found -> !found.until().isAfter(now))
                .forEach(found -> leave(draft, found, CallLeaveReason.LOST, now));
        if (!draft.isEnded() && isPast(call.startedAt(), RING, now)) {
            endRinging(draft, now);
        }
        if (!draft.isEnded() && (isPast(draft.aloneSince, ALONE, now) || isPast(call.startedAt(), MAX, now))) {
            draft.end(outcome(draft, null), null, now);
        }
        return draft.step();
    }

    private static void endRinging(CallDraft draft, Instant now) {
        if (draft.activeAt == null) {
            draft.end(CallOutcome.MISSED, null, now);
            return;
        }
        draft.invited.entrySet().stream()
                .filter(invitation -> invitation.getValue() == State.RINGING)
                .forEach(invitation -> {
                    invitation.setValue(State.MISSED);
                    draft.facts.add(CallFact.silenced(invitation.getKey(), CallOutcome.MISSED));
                });
    }

    private static boolean isPast(@Nullable Instant since, Duration limit, Instant now) {
        return since != null && !since.plus(limit).isAfter(now);
    }

    /** The message about the ended call is stored. */
    static CallStep record(Call call) {
        CallDraft draft = new CallDraft(call);
        draft.isRecorded = true;
        return draft.step();
    }

    /** Returns when {@link #expire} changes the call unless something else does, or its message must be stored. */
    static Instant dueAt(Call call) {
        if (call.endedAt() != null) {
            return call.endedAt().plus(RECORD);
        }
        boolean rings = call.activeAt() == null || !call.ringing().isEmpty();
        return Stream.of(
                        Stream.of(call.startedAt().plus(MAX)),
                        rings ? Stream.of(call.startedAt().plus(RING)) : Stream.<Instant>empty(),
                        call.aloneSince() == null
                                ? Stream.<Instant>empty()
                                : Stream.of(call.aloneSince().plus(ALONE)),
                        call.participants().stream().map(CallParticipant::until))
                .flatMap(times -> times)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private static CallDraft running(Call call) {
        if (call.isEnded()) {
            throw notFound();
        }
        return new CallDraft(call);
    }

    private static CallParticipant require(Call call, String participantId) {
        return call.participant(participantId).orElseThrow(CallState::notFound);
    }

    static ChatException notFound() {
        return ChatException.of(ErrorCode.CALL_NOT_FOUND);
    }
}
