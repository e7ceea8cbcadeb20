package io.roomcast.chat.internal;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.CommandHandler;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The only way in: validate, limit, authorise, handle, answer, publish.
 *
 * <p>The form is checked on the caller's thread, the rest runs on a worker in the conversation's order. The answer comes
 * before anything is published, and nothing is published that was not carried out. What was answered already, because it
 * waited too long, is not begun.
 */
final class CommandPipeline {
    private static final CompletionStage<?> NOTHING = CompletableFuture.completedStage(null);

    private final CommandValidator validator;
    private final RateGate rates;
    private final AccessGate gate;
    private final RoomGuard guard;
    private final ConversationLanes lanes;
    private final CommandHandler<Call> handlers;
    private final Publisher publisher;
    private final Deadlines deadlines;
    private final FaultLog faults = new FaultLog();

    CommandPipeline(
            CommandValidator validator,
            RateGate rates,
            AccessGate gate,
            RoomGuard guard,
            ConversationLanes lanes,
            CommandHandler<Call> handlers,
            Publisher publisher,
            Deadlines deadlines) {
        this.validator = validator;
        this.rates = rates;
        this.gate = gate;
        this.guard = guard;
        this.lanes = lanes;
        this.handlers = handlers;
        this.publisher = publisher;
        this.deadlines = deadlines;
    }

    /** Runs a command and answers it once, whatever happens; never blocks. */
    <R> void run(Session session, Command<R> command, Reply<R> reply) {
        PendingReply<R> pending = deadlines.track(reply);
        try {
            validator.validate(command);
            Call call = gate.identify(session, command);
            rates.pass(call, command);
            boolean commits = command instanceof SendMessage;
            schedule(command, new LaneTask(owner(session, command), commits, () -> carryOut(call, command, pending)));
        } catch (RuntimeException failure) {
            refuse(command, failure, pending);
        }
    }

    /** Who joins with what they missed joins between two messages, so that each comes once. */
    private static Object owner(Session session, Command<?> command) {
        return command instanceof JoinRoom join && join.after() != null ? LaneTask.EVERYBODY : session;
    }

    private void schedule(Command<?> command, LaneTask task) {
        if (command.ordered()) {
            lanes.inOrder(command.conversationId(), task);
        } else {
            lanes.anyTime(task);
        }
    }

    private <R> CompletionStage<?> carryOut(Call call, Command<R> command, PendingReply<R> reply) {
        if (reply.isAnswered()) {
            return NOTHING;
        }
        try {
            gate.authorise(call, command);
            if (isTold(command)) {
                guard.check(command.conversationId());
            }
            return command.accept(handlers, call)
                    .whenComplete((result, failure) -> finish(call, command, result, failure, reply));
        } catch (Throwable failure) {
            refuse(command, failure, reply);
            return NOTHING;
        }
    }

    /** Whether the room hears what the command says; receipts tell too little to look at who is there. */
    private static boolean isTold(Command<?> command) {
        return command.action()
                .filter(action -> action == Action.SEND
                        || action == Action.EDIT
                        || action == Action.REACT
                        || action == Action.TYPE)
                .isPresent();
    }

    private <R> void finish(
            Call call, Command<R> command, @Nullable R result, @Nullable Throwable failure, Reply<R> reply) {
        if (result == null) {
            refuse(command, requireNonNull(failure), reply);
            return;
        }
        reply.succeeded(result);
        call.publications().forEach(publisher::publish);
        call.told();
    }

    private void refuse(Command<?> command, Throwable failure, Reply<?> reply) {
        ChatException refusal = ChatException.from(failure);
        faults.note(command, refusal);
        reply.failed(refusal);
    }
}
