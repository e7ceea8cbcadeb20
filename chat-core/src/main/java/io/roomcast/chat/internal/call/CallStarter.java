package io.roomcast.chat.internal.call;

import io.roomcast.chat.command.CallEntry;
import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.command.StartCall.Started;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.CallParticipant;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Starts calls. Called on workers, in the order of the conversation; blocks for the store. */
public final class CallStarter {
    private final ChatStore store;
    private final CallChanges changes;
    private final CallEntries entries;
    private final CallGrants grants;
    private final CallPace pace;
    private final CallHistory history;
    private final UnaryOperator<List<String>> connected;
    private final Clock clock;

    /**
     * Creates a starter.
     *
     * @param connected returns those of some users who have a session on any server, as others may know. May block
     */
    CallStarter(
            ChatStore store,
            CallChanges changes,
            CallEntries entries,
            CallGrants grants,
            CallPace pace,
            CallHistory history,
            UnaryOperator<List<String>> connected,
            Clock clock) {
        this.store = store;
        this.changes = changes;
        this.entries = entries;
        this.grants = grants;
        this.pace = pace;
        this.history = history;
        this.connected = connected;
        this.clock = clock;
    }

    /** Starts a call, or joins the one that exists. */
    public CompletionStage<Started> start(StartCall command, CommandContext context) {
        String userId = context.requireUser();
        entries.requirePresence(context.session(), command.conversationId());
        Optional<Call> existing =
                store.calls().in(List.of(command.conversationId())).stream().findFirst();
        if (existing.isPresent()) {
            return join(existing.get(), userId, context);
        }
        pace.take(userId, command.conversationId());
        Optional<Conversation> conversation = store.conversation(command.conversationId());
        boolean isDirect = conversation
                .filter(found -> found.kind() == ConversationKind.DIRECT)
                .isPresent();
        List<String> others = invitable(conversation, userId);
        List<String> free = free(others, command.conversationId());
        if (isDirect && free.size() < others.size()) {
            throw busy(command, userId);
        }
        return entries.after(
                        grants.ring(command.conversationId(), userId, command.media(), free),
                        rings -> create(command, userId, isDirect, rings))
                .thenCompose(created -> store(created, context));
    }

    private CompletionStage<Started> join(Call existing, String userId, CommandContext context) {
        return entries.join(existing, userId, context)
                .thenApply(entry -> new Started(entry, true, rung(existing, userId)));
    }

    /** The call is stored already, and rings. That who is connected cannot be read now must not fail the command. */
    private List<String> rung(Call call, String userId) {
        List<String> others =
                call.ringing().stream().filter(Predicate.not(userId::equals)).toList();
        try {
            return connected.apply(others);
        } catch (ChatException unavailable) {
            return List.of();
        }
    }

    private static List<String> invitable(Optional<Conversation> conversation, String userId) {
        return conversation
                .filter(found -> found.kind() != ConversationKind.OPEN)
                .map(Conversation::members)
                .filter(members -> members.size() <= FixedLimits.CALL_RINGS)
                .orElse(List.of())
                .stream()
                .map(Member::userId)
                .filter(other -> !other.equals(userId))
                .toList();
    }

    /** Returns those of the users who take part in no call of another conversation. */
    private List<String> free(List<String> userIds, String conversationId) {
        if (userIds.isEmpty()) {
            return userIds;
        }
        Set<String> busy = new HashSet<>();
        store.calls().of(userIds).stream()
                .filter(call -> !call.conversationId().equals(conversationId))
                .flatMap(call -> call.participants().stream())
                .map(CallParticipant::userId)
                .forEach(busy::add);
        List<String> free = new ArrayList<>(userIds);
        free.removeAll(busy);
        return free;
    }

    /** The other user finds the call in the history. */
    private ChatException busy(StartCall command, String userId) {
        CallDraft draft = new CallDraft(create(command, userId, true, List.of()).call());
        draft.end(CallOutcome.BUSY, null, clock.instant());
        changes.refused(draft.step().call());
        return ChatException.of(ErrorCode.BUSY);
    }

    /** A call that is not stored yet, and its first participant. */
    private record Created(Call call, NewParticipant who) {}

    private Created create(StartCall command, String userId, boolean isDirect, List<String> rings) {
        NewParticipant who = NewParticipant.of(userId);
        Call call = CallState.start(
                CallSecrets.next(), command.conversationId(), isDirect, command.media(), who, rings, clock.instant());
        return new Created(call, who);
    }

    private CompletionStage<Started> store(Created created, CommandContext context) {
        Call call = created.call();
        CallParticipant first = call.participants().get(0);
        return entries.withGrant(call, first.peer(), grant -> store(created, grant, context))
                .thenCompose(Function.identity());
    }

    /** Another server may have stored a call meanwhile; then the device joins that one. */
    private CompletionStage<Started> store(Created created, CallGrants.Grant grant, CommandContext context) {
        Call call = created.call();
        String userId = created.who().userId();
        Call stored = store.calls().start(call, CallState.dueAt(call));
        if (!stored.callId().equals(call.callId())) {
            return stored.isEnded() ? replaced(stored, created, grant, context) : join(stored, userId, context);
        }
        CallDevice device = new CallDevice(created.who().id(), call.callId(), userId, context.session(), 0);
        entries.register(device, new CallStep(call, call, List.of(CallFact.started())), context);
        CallEntry entry = entries.entry(call, created.who().id(), created.who().key(), grant);
        return CompletableFuture.completedFuture(new Started(entry, false, rung(call, userId)));
    }

    /** The message about the call before is stored first. It keeps that call's id, so it is never stored twice. */
    private CompletionStage<Started> replaced(
            Call ended, Created created, CallGrants.Grant grant, CommandContext context) {
        CompletableFuture<Boolean> recorded = new CompletableFuture<>();
        history.record(ended, recorded::complete);
        return entries.after(recorded, isDone -> {
                    if (!isDone) {
                        throw ChatException.of(ErrorCode.STORAGE_UNAVAILABLE);
                    }
                    recorded(ended.callId());
                    return store(created, grant, context);
                })
                .thenCompose(Function.identity());
    }

    /** Frees the conversation for another call. A command that was executed meanwhile may have done it. */
    private void recorded(String callId) {
        try {
            CallStep unused = changes.apply(callId, CallState::record);
        } catch (ChatException failure) {
            if (failure.code() != ErrorCode.CALL_NOT_FOUND) {
                throw failure;
            }
        }
    }
}
