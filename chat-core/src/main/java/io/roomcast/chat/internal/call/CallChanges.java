package io.roomcast.chat.internal.call;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.spi.CallStore;
import io.roomcast.chat.spi.ChatMetrics;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies steps of the state machine to calls in the store, and notifies of what they changed. Safe for use by any thread;
 * blocks for the store.
 */
final class CallChanges {
    private static final Logger log = LoggerFactory.getLogger(CallChanges.class);

    /** The servers of a call change it at the same time only now and then. */
    private static final int MAX_ATTEMPTS = 16;

    private final CallStore store;
    private final ConversationLanes lanes;
    private final Consumer<CallNotice> announcer;
    private final CallHistory history;
    private final CallPace pace;
    private final ChatMetrics metrics;
    private final Clock clock;
    private volatile Consumer<Call> timers = call -> {};

    CallChanges(
            CallStore store,
            ConversationLanes lanes,
            Consumer<CallNotice> announcer,
            CallHistory history,
            CallPace pace,
            ChatMetrics metrics,
            Clock clock) {
        this.store = store;
        this.lanes = lanes;
        this.announcer = announcer;
        this.history = history;
        this.pace = pace;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Sets the part that has a call looked at when it is due, as long as it has not ended. */
    void onChange(Consumer<Call> listener) {
        timers = listener;
    }

    /** Returns a call that has not ended. */
    Call running(String callId) {
        return store.find(callId).filter(call -> !call.isEnded()).orElseThrow(CallState::notFound);
    }

    /**
     * Stores what a step changes about a call. The caller {@linkplain #finish finishes} the step when others may learn of
     * it.
     *
     * @throws ChatException {@code call_not_found} if there is no such call, or the failure of the step
     */
    CallStep apply(String callId, Function<Call, CallStep> change) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            CallStep step = change.apply(store.find(callId).orElseThrow(CallState::notFound));
            if (step.isUnchanged() || store.update(step.call(), CallState.dueAt(step.call()))) {
                return step;
            }
        }
        throw ChatException.of(ErrorCode.CONFLICT);
    }

    /** Notifies of a step, and begins what follows from it. Never blocks. */
    void finish(CallStep step) {
        if (step.isUnchanged()) {
            return;
        }
        announcer.accept(CallNotice.of(step));
        timers.accept(step.call());
        if (step.ends()) {
            ended(step.call());
        }
    }

    /** Counts a call that was not stored, since the other user is in another one, and stores the message about it. */
    void refused(Call call) {
        count(call);
        history.record(call, isDone -> {});
    }

    private void ended(Call call) {
        count(call);
        record(call);
    }

    private void count(Call call) {
        metrics.onCall(requireNonNull(call.outcome()));
        if (call.isDirect() && call.users().size() == 1) {
            pace.unanswered(call.startedBy(), call.conversationId());
        } else if (call.isDirect()) {
            pace.answered(call.startedBy(), call.conversationId());
        }
    }

    /** Stores the message about an ended call. The sweep does so later if this fails. */
    void record(Call call) {
        String callId = call.callId();
        history.record(call, isDone -> {
            if (isDone) {
                later(callId, () -> apply(callId, CallState::record));
            }
        });
    }

    /**
     * Applies a step in the order of the call, and finishes it. Has no effect if the call does not exist. A step that is
     * dropped or fails is repeated by the sweep, if time alone demands it.
     */
    void changeLater(String callId, Function<Call, CallStep> change) {
        changeLater(callId, change, () -> {});
    }

    /**
     * Applies a step as {@link #changeLater(String, Function)} does.
     *
     * @param ifFailed runs if too many tasks wait, or the store fails. Must not block
     */
    void changeLater(String callId, Function<Call, CallStep> change, Runnable ifFailed) {
        later(callId, () -> finish(apply(callId, change)), ifFailed);
    }

    /** Runs a task in the order of the call. A task that is dropped or fails is repeated by the sweep. */
    void later(String callId, Runnable task) {
        later(callId, task, () -> {});
    }

    private void later(String callId, Runnable task, Runnable ifFailed) {
        inLane(laneOf(callId), task, ifFailed);
    }

    /**
     * Runs a task after the calls that are being started in a conversation.
     *
     * @param ifFailed runs if too many tasks wait, or the task fails. Must not block
     */
    void afterStarts(String conversationId, Runnable task, Runnable ifFailed) {
        inLane(new StartCall(conversationId, CallMedia.AUDIO).lane(), task, ifFailed);
    }

    private void inLane(String lane, Runnable task, Runnable ifFailed) {
        boolean isAccepted = lanes.tryExecute(lane, () -> {
            try {
                task.run();
            } catch (ChatException failure) {
                log.debug("a task of {} failed: {}", lane, failure.code());
                if (failure.code() != ErrorCode.CALL_NOT_FOUND) {
                    ifFailed.run();
                }
            }
        });
        if (!isAccepted && !lanes.isClosed()) {
            ifFailed.run();
        }
    }

    static String laneOf(String callId) {
        return "call:" + callId;
    }

    /** Applies what the time demands, or stores the message about the ended call. */
    void look(String callId) {
        changeLater(callId, call -> {
            CallStep step = CallState.expire(call, clock.instant());
            if (call.isEnded()) {
                record(call);
            } else if (step.isUnchanged()) {
                timers.accept(call);
            }
            return step;
        });
    }
}
