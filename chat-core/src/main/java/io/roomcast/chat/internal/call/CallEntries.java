package io.roomcast.chat.internal.call;

import io.roomcast.chat.command.CallEntry;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallParticipant;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.IceGrant;
import io.roomcast.chat.model.Session;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Adds devices to calls. Called on workers; blocks for the store, and never for the host's ports. */
final class CallEntries {
    private final CallChanges changes;
    private final CallGrants grants;
    private final CallDevices devices;
    private final RoomRegistry rooms;
    private final MembershipCache memberships;
    private final Executor workers;
    private final Clock clock;
    private volatile Consumer<Session> onClosed = session -> {};

    CallEntries(
            CallChanges changes,
            CallGrants grants,
            CallDevices devices,
            RoomRegistry rooms,
            MembershipCache memberships,
            Executor workers,
            Clock clock) {
        this.changes = changes;
        this.grants = grants;
        this.devices = devices;
        this.rooms = rooms;
        this.memberships = memberships;
        this.workers = workers;
        this.clock = clock;
    }

    /** Sets the part that handles the end of a session which closed while it joined. */
    void onClosed(Consumer<Session> listener) {
        onClosed = listener;
    }

    /** In an open conversation only those in the room take part. A request without a connection takes no part. */
    void requirePresence(Session session, Call call) {
        requirePresence(session, call.conversationId());
    }

    void requirePresence(Session session, String conversationId) {
        if (!rooms.isOpen(session)) {
            throw ChatException.of(ErrorCode.NOT_SUPPORTED);
        }
        if (memberships.isOpen(conversationId) && !rooms.isIn(conversationId, session)) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
    }

    /** Adds a device to a call. A session that takes part already is replaced by a new participant. */
    CompletionStage<CallEntry> join(Call call, String userId, CommandContext context) {
        String replacedId = devices.of(call.callId(), context.session())
                .map(CallDevice::participantId)
                .orElse(null);
        return join(call, userId, replacedId, context);
    }

    CompletionStage<CallEntry> replace(Call call, CallParticipant self, CommandContext context) {
        return join(call, self.userId(), self.id(), context);
    }

    private CompletionStage<CallEntry> join(
            Call call, String userId, @Nullable String replacedId, CommandContext context) {
        NewParticipant who = NewParticipant.of(userId);
        CallStep expected = join(call, who, replacedId);
        CallPeer peer = expected.call().participant(who.id()).orElseThrow().peer();
        return withGrant(expected.call(), peer, grant -> {
            CallStep step = changes.apply(call.callId(), found -> join(found, who, replacedId));
            CallDevice device = new CallDevice(who.id(), call.callId(), userId, context.session(), 0);
            register(device, step, context);
            return entry(step.call(), who.id(), who.key(), grant);
        });
    }

    private CallStep join(Call call, NewParticipant who, @Nullable String replacedId) {
        return CallState.join(call, who, replacedId, grants.maxParticipants(), clock.instant());
    }

    /** Calls the host's ports, and continues on a worker. */
    <T> CompletionStage<T> withGrant(Call call, CallPeer peer, Function<CallGrants.Grant, T> then) {
        return after(grants.grant(call, peer), then);
    }

    /** Continues on this thread if the stage has completed, else on a worker. */
    <A, T> CompletionStage<T> after(CompletionStage<A> stage, Function<A, T> then) {
        CompletableFuture<A> asked = stage.toCompletableFuture();
        return asked.isDone() ? asked.thenApply(then) : asked.thenApplyAsync(then, workers);
    }

    CompletionStage<IceGrant> ice(Call call, CallPeer peer) {
        return grants.ice(call, peer);
    }

    CallEntry entry(Call call, String participantId, String key, CallGrants.Grant grant) {
        CallPeer self =
                call.participant(participantId).orElseThrow(CallState::notFound).peer();
        return grants.entry(call, self, key, grant);
    }

    /** Connects a device with the caller's session, and notifies the others after the reply. */
    void register(CallDevice device, CallStep step, CommandContext context) {
        device.connectedAt(step.call().revision());
        devices.add(device);
        devices.setPeers(device.callId(), step.call().peers(), step.call().revision());
        context.afterPublishing(() -> {
            changes.finish(step);
            // The session may have closed before its device was known.
            if (!rooms.isOpen(context.session())) {
                onClosed.accept(context.session());
            }
        });
    }
}
