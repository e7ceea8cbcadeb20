package io.roomcast.chat.internal.call;

import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallPeer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server needs to notify its sessions of a step, without the call in the store. Immutable.
 *
 * @param callId the call
 * @param conversationId the conversation
 * @param startedBy the user who started it
 * @param media what the call is meant to transmit
 * @param startedAt when it was started
 * @param revision the revision after the step
 * @param duration how long the call was active, or null
 * @param ringing the users whose devices rang before the step, or ring after it
 * @param peers those who take part after the step
 * @param facts what the step has changed, in order
 */
record CallNotice(
        String callId,
        String conversationId,
        String startedBy,
        CallMedia media,
        Instant startedAt,
        long revision,
        @Nullable Duration duration,
        Set<String> ringing,
        List<CallPeer> peers,
        List<CallFact> facts) {
    CallNotice {
        peers = List.copyOf(peers);
        facts = List.copyOf(facts);
    }

    static CallNotice of(CallStep step) {
        Call call = step.call();
        Set<String> ringing = new LinkedHashSet<>(call.ringing());
        ringing.addAll(step.before().ringing());
        return new CallNotice(
                call.callId(),
                call.conversationId(),
                call.startedBy(),
                call.media(),
                call.startedAt(),
                call.revision(),
                durationOf(call),
                ringing,
                call.peers(),
                step.facts());
    }

    /** Returns how long an ended call was active, or null. */
    static @Nullable Duration durationOf(Call call) {
        boolean wasShared = call.activeAt() != null && call.users().size() > 1;
        return call.endedAt() == null || !wasShared ? null : Duration.between(call.activeAt(), call.endedAt());
    }

    boolean has(CallFact.Kind kind) {
        return facts.stream().anyMatch(fact -> fact.kind() == kind);
    }
}
