package io.roomcast.chat.internal.call;

import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallInvitation;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.CallParticipant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call while a step changes it. For one thread. */
final class CallDraft {
    private final Call before;
    final List<CallFact> facts = new ArrayList<>();
    final Map<String, CallInvitation.State> invited = new LinkedHashMap<>();
    final Map<String, CallParticipant> participants = new LinkedHashMap<>();
    private final Set<String> users;

    @Nullable
    Instant activeAt;

    @Nullable
    private Instant endedAt;

    @Nullable
    private CallOutcome outcome;

    @Nullable
    private String endedBy;

    @Nullable
    Boolean connected;

    @Nullable
    Instant aloneSince;

    boolean isRecorded;
    int nextIndex;

    CallDraft(Call before) {
        this.before = before;
        this.users = new LinkedHashSet<>(before.users());
        before.invited().forEach(found -> invited.put(found.userId(), found.state()));
        before.participants().forEach(found -> participants.put(found.id(), found));
        activeAt = before.activeAt();
        endedAt = before.endedAt();
        outcome = before.outcome();
        endedBy = before.endedBy();
        connected = before.connected();
        aloneSince = before.aloneSince();
        isRecorded = before.isRecorded();
        nextIndex = before.nextIndex();
    }

    Call before() {
        return before;
    }

    boolean isEnded() {
        return endedAt != null;
    }

    /** Returns the number of users who have taken part so far. */
    int users() {
        return users.size();
    }

    void add(CallParticipant participant) {
        participants.put(participant.id(), participant);
        if (users.size() < Call.MAX_USERS) {
            users.add(participant.userId());
        }
    }

    boolean isRinging(String userId) {
        return invited.get(userId) == CallInvitation.State.RINGING;
    }

    /** Ends the call. Nothing rings any more, and no device takes part. */
    void end(CallOutcome how, @Nullable String by, Instant now) {
        endedAt = now;
        outcome = how;
        endedBy = by;
        aloneSince = null;
        invited.replaceAll(
                (userId, state) -> state == CallInvitation.State.RINGING ? CallInvitation.State.MISSED : state);
        participants.clear();
        facts.add(CallFact.ended(how, by));
    }

    CallStep step() {
        Call after = call(before.revision());
        return after.equals(before) && facts.isEmpty()
                ? CallStep.unchanged(before)
                : new CallStep(before, call(before.revision() + 1), facts);
    }

    private Call call(long revision) {
        return new Call(
                before.callId(),
                before.conversationId(),
                before.isDirect(),
                before.media(),
                before.startedBy(),
                before.startedAt(),
                activeAt,
                endedAt,
                outcome,
                endedBy,
                connected,
                aloneSince,
                isRecorded,
                nextIndex,
                List.copyOf(users),
                invited.entrySet().stream()
                        .map(entry -> new CallInvitation(entry.getKey(), entry.getValue()))
                        .toList(),
                List.copyOf(participants.values()),
                revision);
    }
}
