package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A call in a conversation as the store keeps it. Immutable; times are in whole milliseconds.
 *
 * @param callId the id, which cannot be guessed
 * @param conversationId the conversation, which has one call at most
 * @param isDirect whether the call is between two users; it then ends when one of them leaves
 * @param media what the call is meant to transmit
 * @param startedBy the user who started it
 * @param startedAt when it was started, and began to ring
 * @param activeAt when it became active, or null while a direct call rings
 * @param endedAt when it ended, or null
 * @param outcome how it ended, or null
 * @param endedBy the user who ended it, or null if no user did
 * @param connected whether devices have reported that they connected to each other; null if none has reported anything
 * @param aloneSince when a participant remained alone in the call of a group, or null
 * @param isRecorded whether the message about the ended call is stored
 * @param nextIndex the index of the next participant, from 1 on
 * @param users the users who took part, the one who started it first; at most {@value #MAX_USERS}
 * @param invited the invited users
 * @param participants those who take part now, in the order of their indexes
 * @param revision 1 for a new call, and one more with each change
 */
public record Call(
        String callId,
        String conversationId,
        boolean isDirect,
        CallMedia media,
        String startedBy,
        Instant startedAt,
        @Nullable Instant activeAt,
        @Nullable Instant endedAt,
        @Nullable CallOutcome outcome,
        @Nullable String endedBy,
        @Nullable Boolean connected,
        @Nullable Instant aloneSince,
        boolean isRecorded,
        int nextIndex,
        List<String> users,
        List<CallInvitation> invited,
        List<CallParticipant> participants,
        long revision) {
    /** The maximum number of users of whom a call keeps that they took part: {@value}. */
    public static final int MAX_USERS = 200;

    /** Copies the lists. */
    public Call {
        requireNonNull(callId, "callId");
        requireNonNull(conversationId, "conversationId");
        requireNonNull(media, "media");
        requireNonNull(startedBy, "startedBy");
        requireNonNull(startedAt, "startedAt");
        users = Checks.list(users, "users");
        invited = Checks.list(invited, "invited");
        participants = Checks.list(participants, "participants");
    }

    /** Returns whether the call has ended. */
    public boolean isEnded() {
        return endedAt != null;
    }

    /** Returns whether the call has ended and its message is stored, so that another call may replace it. */
    public boolean isReplaceable() {
        return isEnded() && isRecorded;
    }

    /** Returns the participant with an id, or empty. */
    public Optional<CallParticipant> participant(String participantId) {
        requireNonNull(participantId, "participantId");
        return participants.stream()
                .filter(found -> found.id().equals(participantId))
                .findFirst();
    }

    /** Returns the participant of a user, or empty. */
    public Optional<CallParticipant> participantOf(String userId) {
        requireNonNull(userId, "userId");
        return participants.stream()
                .filter(found -> found.userId().equals(userId))
                .findFirst();
    }

    /** Returns the invitation of a user, or empty. */
    public Optional<CallInvitation> invitation(String userId) {
        requireNonNull(userId, "userId");
        return invited.stream().filter(found -> found.userId().equals(userId)).findFirst();
    }

    /** Returns the users whose devices ring. */
    public List<String> ringing() {
        return invited.stream()
                .filter(CallInvitation::isRinging)
                .map(CallInvitation::userId)
                .toList();
    }

    /** Returns those who take part now, as the others see them. */
    public List<CallPeer> peers() {
        return participants.stream().map(CallParticipant::peer).toList();
    }

    /** Returns all users of whom the call keeps anything. */
    public Set<String> named() {
        Set<String> named = new LinkedHashSet<>(users);
        named.add(startedBy);
        invited.forEach(invitation -> named.add(invitation.userId()));
        participants.forEach(participant -> named.add(participant.userId()));
        return named;
    }

    /** Returns the next revision, in which another id takes the place of a user who was erased. */
    public Call renaming(String userId, String replacement) {
        requireNonNull(userId, "userId");
        requireNonNull(replacement, "replacement");
        UnaryOperator<String> rename = id -> id.equals(userId) ? replacement : id;
        return new Call(
                callId,
                conversationId,
                isDirect,
                media,
                rename.apply(startedBy),
                startedAt,
                activeAt,
                endedAt,
                outcome,
                endedBy == null ? null : rename.apply(endedBy),
                connected,
                aloneSince,
                isRecorded,
                nextIndex,
                users.stream().map(rename).toList(),
                invited.stream()
                        .map(found -> new CallInvitation(rename.apply(found.userId()), found.state()))
                        .toList(),
                participants.stream().map(found -> found.renamed(rename)).toList(),
                revision + 1);
    }

    /** Returns the users whose devices ring, and those who take part now. */
    public Set<String> present() {
        Set<String> present = new LinkedHashSet<>(ringing());
        participants.forEach(participant -> present.add(participant.userId()));
        return present;
    }
}
