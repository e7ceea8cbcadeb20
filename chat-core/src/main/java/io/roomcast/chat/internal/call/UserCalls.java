package io.roomcast.chat.internal.call;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.internal.execution.Execution;
import io.roomcast.chat.internal.execution.HostCaller;
import io.roomcast.chat.internal.room.OtherNodes;
import io.roomcast.chat.internal.room.Rooms;
import io.roomcast.chat.internal.session.SessionLifecycle;
import io.roomcast.chat.internal.session.Sessions;
import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.CallSummary;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Assembles the package, and passes on what concerns calls: sessions, members and conversations. Safe for use by any thread. */
public final class UserCalls implements SessionLifecycle.Observer, AutoCloseable {
    private final ChatStore store;
    private final CallChanges changes;
    private final CallDevices devices;
    private final CallTimers timers;
    private final RingingSessions ringing;
    private final CallCommands commands;
    private final CallStarter starter;
    private final CallRemovals removals;
    private final Clock clock;
    private final RecentCalls recent;

    private volatile CallHistory.@Nullable Runner runner;
    private volatile Optional<Alerts> alerts = Optional.empty();

    /** Notifies devices that are not connected. Methods must not block. */
    public interface Alerts {
        /** A call rings until a time. Called once for each call and user, on the server where the call was started. */
        void rings(Ringing call, Instant until);

        /**
         * A call no longer rings. Called on each server.
         *
         * @param isHere whether this server carried out the step, and so notifies the devices
         */
        void stops(Ringing call, CallOutcome reason, boolean isHere);
    }

    /**
     * A call that rings, or rang.
     *
     * @param from the user who started it
     * @param media what the call is meant to transmit
     * @param userIds the users whose devices ring, or rang
     */
    public record Ringing(String callId, String conversationId, String from, CallMedia media, Set<String> userIds) {
        /** Copies the ids. */
        public Ringing {
            userIds = Set.copyOf(userIds);
        }
    }

    /**
     * What the host supplies, and the rest of the chat.
     *
     * @param port calls the host's ports
     * @param positions knows which messages users have read
     * @param connected returns those of some users who are connected, as others may know; may block
     */
    public record Parts(
            CallOptions options,
            ChatStore store,
            ChatMetrics metrics,
            Clock clock,
            HostCaller port,
            CallHistory.ReadPositions positions,
            UnaryOperator<List<String>> connected) {}

    private UserCalls(Parts parts, Execution execution, Rooms rooms, Sessions sessions) {
        store = parts.store();
        clock = parts.clock();
        Executor workers = execution.workers();
        devices = new CallDevices();
        recent = new RecentCalls(clock);
        CallAnnouncer announcer = new CallAnnouncer(devices, rooms.registry(), rooms.publisher(), recent, clock);
        CallPace pace = new CallPace(clock);
        CallHistory history = new CallHistory(new LateRunner(), parts.positions(), workers);
        changes = new CallChanges(
                store.calls(),
                execution.lanes(),
                notice -> announce(notice, announcer, rooms.others()),
                history,
                pace,
                parts.metrics(),
                clock);
        removals = new CallRemovals(changes, store.calls(), execution.scheduler(), workers, clock);
        timers = new CallTimers(changes, devices, announcer, store.calls(), execution.scheduler(), workers, clock);
        ringing = new RingingSessions(store.calls(), announcer, rooms.registry(), execution.lanes(), workers);
        CallGrants grants = new CallGrants(parts.options(), parts.port(), clock);
        CallEntries entries =
                new CallEntries(changes, grants, devices, rooms.registry(), rooms.membershipCache(), workers, clock);
        entries.onClosed(session -> closed(session, false));
        CallSignals signals = new CallSignals(devices, announcer, rooms.others());
        rooms.cluster()
                .onCall(new RemoteCalls(
                        execution.lanes(),
                        devices,
                        signals,
                        notice -> announceHere(notice, announcer, false),
                        this::correct));
        commands = new CallCommands(
                changes,
                entries,
                devices,
                signals,
                sessions.authorizer(),
                sessions.permissions(),
                rooms.membershipCache(),
                clock);
        starter = new CallStarter(store, changes, entries, grants, pace, history, parts.connected(), clock);
    }

    /** Creates the parts, and starts their timers. */
    public static UserCalls create(Parts parts, Execution execution, Rooms rooms, Sessions sessions) {
        UserCalls calls = new UserCalls(parts, execution, rooms, sessions);
        calls.timers.start();
        return calls;
    }

    private void announceHere(CallNotice notice, CallAnnouncer announcer, boolean isHere) {
        recent.add(notice);
        alerts.ifPresent(found -> notice.facts().forEach(fact -> alert(found, fact, notice, isHere)));
        announcer.announce(notice);
    }

    /** Steps that only renew participants concern no other node. */
    private void announce(CallNotice notice, CallAnnouncer announcer, OtherNodes others) {
        announceHere(notice, announcer, true);
        if (others.mayExist() && !notice.facts().isEmpty()) {
            others.sendCall(CallFields.write(notice));
        }
    }

    private static void alert(Alerts alerts, CallFact fact, CallNotice notice, boolean isHere) {
        CallFact.Kind kind = fact.kind();
        if (kind == CallFact.Kind.STARTED && isHere && !notice.ringing().isEmpty()) {
            alerts.rings(ringing(notice, notice.ringing()), notice.startedAt().plus(CallState.RING));
        } else if (kind == CallFact.Kind.SILENCED && fact.userId() != null) {
            alerts.stops(ringing(notice, Set.of(fact.userId())), requireNonNull(fact.outcome()), isHere);
        } else if (kind == CallFact.Kind.ENDED && !notice.ringing().isEmpty()) {
            alerts.stops(ringing(notice, notice.ringing()), requireNonNull(fact.outcome()), isHere);
        }
    }

    private static Ringing ringing(CallNotice notice, Set<String> userIds) {
        return new Ringing(notice.callId(), notice.conversationId(), notice.startedBy(), notice.media(), userIds);
    }

    /** Sets what notifies devices that are not connected. */
    public void onAlert(Alerts replacement) {
        alerts = Optional.of(replacement);
    }

    /** Sets what runs the commands that store messages about calls. Called once, before the first session opens. */
    public void onCommand(CallHistory.Runner commandRunner) {
        runner = commandRunner;
    }

    /** Runs commands with the part that is set later. */
    private final class LateRunner implements CallHistory.Runner {
        @Override
        public <R> void run(@Nullable Session session, Command<R> command, Command.Reply<R> reply) {
            requireNonNull(runner, "runner").run(session, command, reply);
        }
    }

    /** Returns the handler of the commands about one call. */
    public CallCommands commands() {
        return commands;
    }

    /** Returns the handler of the command that starts a call. */
    public CallStarter starter() {
        return starter;
    }

    /** Lets the session ring if a call rings for its user. */
    @Override
    public void opened(Session session) {
        ringing.opened(session);
    }

    /** The participants of the session are away for a while, or leave if the server ended the session. */
    @Override
    public void closed(Session session, boolean isRevoked) {
        for (CallDevice device : devices.close(session)) {
            boolean isLast = device.detach(session);
            if (isLast && isRevoked) {
                removals.leave(device);
            } else if (isLast) {
                changes.changeLater(device.callId(), call -> away(call, device.participantId()));
            }
        }
    }

    /** Changes nothing if the device has returned meanwhile, on this server or another. */
    private CallStep away(Call call, String participantId) {
        boolean isHere = devices.find(call.callId(), participantId).isPresent();
        return isHere && !isConnected(call, participantId)
                ? CallState.away(call, participantId, clock.instant())
                : CallStep.unchanged(call);
    }

    private boolean isConnected(Call call, String participantId) {
        return devices.find(call.callId(), participantId)
                .filter(device -> device.session() != null)
                .isPresent();
    }

    /** Another server considers a device away that has returned to this one, as its connection there was closed later. */
    private void correct(CallDevice device) {
        changes.changeLater(
                device.callId(),
                call -> call.participant(device.participantId())
                        .filter(found -> found.peer().away() && isConnected(call, found.id()))
                        .map(found -> CallState.rejoin(call, found.id(), clock.instant()))
                        .orElseGet(() -> CallStep.unchanged(call)));
    }

    /** A user may no longer take part in the calls of a conversation. */
    public void removed(String conversationId, String userId) {
        removals.remove(conversationId, userId);
    }

    /** Ends the call of a conversation that is about to be deleted. Blocks for the store. */
    public void deleting(String conversationId) {
        for (Call call : store.calls().in(List.of(conversationId))) {
            changes.finish(changes.apply(call.callId(), found -> CallState.end(found, null, clock.instant())));
        }
    }

    /** Reads the calls of some conversations, by conversation. Blocks for the store. */
    public Map<String, CallSummary> read(Collection<String> conversationIds) {
        return conversationIds.isEmpty()
                ? Map.of()
                : store.calls().in(conversationIds).stream()
                        .collect(Collectors.toMap(Call::conversationId, CallSummary::of));
    }

    /** Returns the call of a conversation now; the one that was read a moment ago, unless this server knows better. */
    public @Nullable CallSummary current(String conversationId, @Nullable CallSummary read) {
        return recent.current(conversationId, read);
    }

    /** Stops the timers. */
    @Override
    public void close() {
        timers.close();
    }
}
