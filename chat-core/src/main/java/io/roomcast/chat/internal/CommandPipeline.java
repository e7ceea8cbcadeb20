package io.roomcast.chat.internal;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.InFlight;
import io.roomcast.chat.internal.execution.LaneTask;
import io.roomcast.chat.internal.execution.PendingReply;
import io.roomcast.chat.internal.execution.ReplyTimeouts;
import io.roomcast.chat.internal.execution.Waits;
import io.roomcast.chat.internal.handler.CommandPlan;
import io.roomcast.chat.internal.handler.Handlers;
import io.roomcast.chat.internal.handler.RoomGuard;
import io.roomcast.chat.internal.handler.UserErasure;
import io.roomcast.chat.internal.port.FaultLog;
import io.roomcast.chat.internal.room.HostSession;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.rule.CommandRules;
import io.roomcast.chat.internal.session.Authorizer;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.session.RateLimitGuard;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only entry for commands. Validates, limits, authorises, handles, answers and publishes, in this order.
 *
 * <p>Validation runs on the caller's thread. All else runs on a worker in the conversation's order. No worker waits
 * while the host's policy or interceptor is called. The answer is sent before any event is published. Only events of
 * successful commands are published. A command that was already answered, because it waited too long, does not begin.
 */
final class CommandPipeline {
    private static final Logger log = LoggerFactory.getLogger(CommandPipeline.class);
    private static final CompletionStage<?> NOTHING = CompletableFuture.completedStage(null);

    private final CommandRules validator;
    private final RateLimitGuard rates;
    private final Authorizer gate;
    private final RoomGuard guard;
    private final UserErasure erasures;
    private final InFlight inFlight;
    private final ConversationLanes lanes;
    private final Handlers handlers;
    private final Publisher publisher;
    private final ReplyTimeouts deadlines;
    private final FaultLog faults = new FaultLog();

    CommandPipeline(
            CommandRules validator,
            RateLimitGuard rates,
            Authorizer gate,
            RoomGuard guard,
            UserErasure erasures,
            InFlight inFlight,
            ConversationLanes lanes,
            Handlers handlers,
            Publisher publisher,
            ReplyTimeouts deadlines) {
        this.validator = validator;
        this.rates = rates;
        this.gate = gate;
        this.guard = guard;
        this.erasures = erasures;
        this.inFlight = inFlight;
        this.lanes = lanes;
        this.handlers = handlers;
        this.publisher = publisher;
        this.deadlines = deadlines;
    }

    /** Runs a command and answers it once, whatever happens; never blocks. */
    <R> void run(Session session, Command<R> command, Reply<R> reply) {
        PendingReply<R> pending = deadlines.track(reply);
        try {
            validate(session, command);
            CommandContext call = gate.identify(session, command);
            rates.pass(call, command);
            schedule(call, command, pending);
        } catch (Throwable failure) {
            refuse(command, failure, pending);
        }
    }

    private void validate(Session session, Command<?> command) {
        if (session instanceof HostSession) {
            validator.validate(command);
        } else {
            validator.validateFromClient(command);
        }
    }

    private <R> void schedule(CommandContext call, Command<R> command, PendingReply<R> reply) {
        CommandPlan plan = handlers.plan(command);
        switch (plan.order()) {
            case IMMEDIATE -> answer(call, command, reply);
            case CONCURRENT -> lanes.execute(task(call, command, plan, reply));
            case SERIAL, COMMIT -> lanes.executeSerially(command.conversationId(), task(call, command, plan, reply));
        }
    }

    private <R> LaneTask task(CommandContext call, Command<R> command, CommandPlan plan, PendingReply<R> reply) {
        Supplier<CompletionStage<?>> preparation = () -> prepare(call, command, plan, reply);
        Function<@Nullable Throwable, CompletionStage<?>> work = failure -> carryOut(call, command, failure, reply);
        return plan.order() == CommandPlan.Order.COMMIT
                ? LaneTask.message(call.session(), preparation, work)
                : LaneTask.step(Waits.forOwnMessages(call.session()), preparation, work);
    }

    /** Calls the host's ports that decide whether the command may be handled. */
    private CompletionStage<?> prepare(
            CommandContext call, Command<?> command, CommandPlan plan, PendingReply<?> reply) {
        if (reply.isAnswered()) {
            return NOTHING;
        }
        CompletionStage<?> permitted = gate.authorise(call, command);
        return permitted == Authorizer.PERMITTED
                ? checkMembers(call, command, plan)
                : permitted.thenCompose(answer -> checkMembers(call, command, plan));
    }

    private CompletionStage<?> checkMembers(CommandContext call, Command<?> command, CommandPlan plan) {
        CompletionStage<?> checked =
                plan.checksMembers() ? guard.check(command.conversationId()) : Authorizer.PERMITTED;
        return checked == Authorizer.PERMITTED
                ? plan.preparation().prepare(call)
                : checked.thenCompose(answer -> plan.preparation().prepare(call));
    }

    private <R> CompletionStage<?> carryOut(
            CommandContext call, Command<R> command, @Nullable Throwable refusal, PendingReply<R> reply) {
        if (refusal != null) {
            refuse(command, refusal, reply);
            return NOTHING;
        }
        if (reply.isAnswered()) {
            return NOTHING;
        }
        InFlight.Phase phase = inFlight.begin();
        try {
            return answer(call, command, reply).whenComplete((result, failure) -> phase.end());
        } catch (Throwable failure) {
            refuse(command, failure, reply);
            phase.end();
            return NOTHING;
        }
    }

    /**
     * Handles the command and answers it. Joins start here directly: they call the policy themselves, and later enter
     * the room in the conversation's order.
     */
    private <R> CompletionStage<R> answer(CommandContext call, Command<R> command, PendingReply<R> reply) {
        if (call.userId() != null && erasures.isErasing(call.userId())) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
        CompletionStage<R> answered = command.accept(handlers, call)
                .whenComplete((result, failure) -> finish(call, command, result, failure, reply));
        call.awaited();
        return answered;
    }

    private <R> void finish(
            CommandContext call, Command<R> command, @Nullable R result, @Nullable Throwable failure, Reply<R> reply) {
        if (result == null) {
            refuse(command, requireNonNull(failure), reply);
            return;
        }
        reply.succeeded(result);
        call.publications().forEach(publisher::publish);
        afterwards(call);
    }

    private static void afterwards(CommandContext call) {
        try {
            call.told();
        } catch (Throwable fault) {
            log.error("what follows a command failed", fault);
        }
    }

    private void refuse(Command<?> command, Throwable failure, Reply<?> reply) {
        ChatException refusal = ChatException.from(failure);
        faults.log(command, refusal);
        reply.failed(refusal);
    }
}
