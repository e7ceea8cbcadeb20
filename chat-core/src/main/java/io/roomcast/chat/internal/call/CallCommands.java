package io.roomcast.chat.internal.call;

import io.roomcast.chat.command.AcceptCall;
import io.roomcast.chat.command.CallEntry;
import io.roomcast.chat.command.DeclineCall;
import io.roomcast.chat.command.EndCall;
import io.roomcast.chat.command.GetIceServers;
import io.roomcast.chat.command.RejoinCall;
import io.roomcast.chat.command.SignalCall;
import io.roomcast.chat.command.UpdateCall;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.session.Authorizer;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.session.MemberPermissions;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallLeaveReason;
import io.roomcast.chat.model.CallParticipant;
import io.roomcast.chat.model.CallSignal;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.IceGrant;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Handles the commands about one call, each in the order of the call. Called on workers; blocks for the store. */
public final class CallCommands {
    private final CallChanges changes;
    private final CallEntries entries;
    private final CallDevices devices;
    private final CallSignals signals;
    private final Authorizer authorizer;
    private final MemberPermissions permissions;
    private final MembershipCache memberships;
    private final Clock clock;

    CallCommands(
            CallChanges changes,
            CallEntries entries,
            CallDevices devices,
            CallSignals signals,
            Authorizer authorizer,
            MemberPermissions permissions,
            MembershipCache memberships,
            Clock clock) {
        this.changes = changes;
        this.entries = entries;
        this.devices = devices;
        this.signals = signals;
        this.authorizer = authorizer;
        this.permissions = permissions;
        this.memberships = memberships;
        this.clock = clock;
    }

    /** Answers a call, or joins it. */
    public CompletionStage<CallEntry> accept(AcceptCall command, CommandContext context) {
        String userId = context.requireUser();
        Call call = changes.running(command.callId());
        entries.requirePresence(context.session(), call);
        return authorize(call, userId, context).thenCompose(permitted -> entries.join(call, userId, context));
    }

    /** To a user who may not take part, the call looks like one that does not exist. */
    private CompletionStage<?> authorize(Call call, String userId, CommandContext context) {
        String conversationId = call.conversationId();
        boolean isInvited =
                call.invitation(userId).isPresent() || call.startedBy().equals(userId);
        boolean isPermitted = isInvited
                || memberships.isOpen(conversationId)
                || permissions.permits(context, conversationId, Permission.CALL);
        if (!isPermitted) {
            throw CallState.notFound();
        }
        try {
            return authorizer
                    .authorize(context, Action.CALL, List.of(conversationId))
                    .exceptionally(failure -> {
                        throw hidden(ChatException.from(failure));
                    });
        } catch (ChatException refusal) {
            throw hidden(refusal);
        }
    }

    private static ChatException hidden(ChatException refusal) {
        return refusal.code() == ErrorCode.FORBIDDEN ? CallState.notFound() : refusal;
    }

    /** Declines a call. */
    public DeclineCall.Declined decline(DeclineCall command, CommandContext context) {
        String userId = context.requireUser();
        finishLater(changes.apply(command.callId(), call -> CallState.decline(call, userId, clock.instant())), context);
        return new DeclineCall.Declined();
    }

    private void finishLater(CallStep step, CommandContext context) {
        context.afterPublishing(() -> changes.finish(step));
    }

    /** Passes a signal on. Reads the store only if the receiver is unknown here. */
    public SignalCall.Signalled signal(SignalCall command, CommandContext context) {
        CallDevice from = require(command.callId(), context);
        String toUserId = devices.userOf(command.callId(), command.to())
                .orElseGet(() -> changes.running(command.callId())
                        .participant(command.to())
                        .map(CallParticipant::userId)
                        .orElseThrow(CallState::notFound));
        context.afterPublishing(() -> signals.send(command, from, toUserId));
        return new SignalCall.Signalled();
    }

    private CallDevice require(String callId, CommandContext context) {
        return devices.of(callId, context.session()).orElseThrow(CallState::notFound);
    }

    /** Records what a participant reports. */
    public UpdateCall.Updated update(UpdateCall command, CommandContext context) {
        String participantId = require(command.callId(), context).participantId();
        finishLater(changes.apply(command.callId(), call -> CallState.update(call, participantId, command)), context);
        return new UpdateCall.Updated();
    }

    /** Returns a participant to its call. */
    public CompletionStage<RejoinCall.Rejoined> rejoin(RejoinCall command, CommandContext context) {
        String userId = context.requireUser();
        Call call = changes.running(command.callId());
        String hash = CallSecrets.hash(command.key());
        CallParticipant self = call.participantOf(userId)
                .filter(found -> found.keyHash().equals(hash))
                .orElseThrow(CallState::notFound);
        return authorize(call, userId, context)
                .thenCompose(permitted -> command.fresh()
                        ? entries.replace(call, self, context)
                                .thenApply(entry -> new RejoinCall.Rejoined(entry, List.of(), false))
                        : rejoin(command, call, self, context));
    }

    private CompletionStage<RejoinCall.Rejoined> rejoin(
            RejoinCall command, Call call, CallParticipant self, CommandContext context) {
        return entries.withGrant(call, self.peer(), grant -> {
            CallStep step =
                    changes.apply(command.callId(), found -> CallState.rejoin(found, self.id(), clock.instant()));
            CallDevice known = devices.find(command.callId(), self.id()).orElse(null);
            Optional<List<CallSignal>> missed =
                    known == null ? Optional.empty() : known.resume(context.session(), command.after());
            CallDevice device = known == null ? arrived(self, command, context.session()) : known;
            entries.register(device, step, context);
            return new RejoinCall.Rejoined(
                    entries.entry(step.call(), self.id(), command.key(), grant),
                    missed.orElse(List.of()),
                    missed.isEmpty());
        });
    }

    /** Returns a device that was on another server until now, which has its signals. */
    private static CallDevice arrived(CallParticipant self, RejoinCall command, Session session) {
        return new CallDevice(self.id(), command.callId(), self.userId(), session, command.after());
    }

    /** Ends the part of a device, or the call. */
    public EndCall.Ended end(EndCall command, CommandContext context) {
        Instant now = clock.instant();
        CallStep step = command.forAll() ? endForAll(command, context, now) : leave(command, context, now);
        finishLater(step, context);
        return new EndCall.Ended(activeFor(step.call(), now));
    }

    private static @Nullable Duration activeFor(Call call, Instant now) {
        boolean wasShared = call.activeAt() != null && call.users().size() > 1;
        return wasShared ? Duration.between(call.activeAt(), now) : null;
    }

    private CallStep leave(EndCall command, CommandContext context, Instant now) {
        String participantId = require(command.callId(), context).participantId();
        return changes.apply(command.callId(), call -> CallState.leave(call, participantId, CallLeaveReason.LEFT, now));
    }

    private CallStep endForAll(EndCall command, CommandContext context, Instant now) {
        String userId = context.requireUser();
        Call call = changes.running(command.callId());
        if (!hasStarted(userId, call) && !memberships.isStaff(call.conversationId(), userId)) {
            throw call.participantOf(userId).isPresent() ? ChatException.of(ErrorCode.FORBIDDEN) : CallState.notFound();
        }
        return changes.apply(command.callId(), found -> CallState.end(found, userId, now));
    }

    /** Returns whether the user started the call, and has not been removed from the conversation since. */
    private boolean hasStarted(String userId, Call call) {
        String conversationId = call.conversationId();
        return call.startedBy().equals(userId)
                && (memberships.isOpen(conversationId) || memberships.isMember(conversationId, userId));
    }

    /** Returns current servers for a participant. */
    public CompletionStage<IceGrant> iceServers(GetIceServers command, CommandContext context) {
        String participantId = require(command.callId(), context).participantId();
        Call call = changes.running(command.callId());
        CallParticipant self = call.participant(participantId).orElseThrow(CallState::notFound);
        return entries.ice(call, self.peer());
    }
}
