package io.roomcast.chat.internal;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.InFlight;
import io.roomcast.chat.internal.execution.LaneTask;
import io.roomcast.chat.internal.execution.PendingReply;
import io.roomcast.chat.internal.execution.Waits;
import io.roomcast.chat.internal.handler.ChatParts;
import io.roomcast.chat.internal.handler.CommandPlan;
import io.roomcast.chat.internal.handler.HandlerParts;
import io.roomcast.chat.internal.join.SessionResumer;
import io.roomcast.chat.internal.port.FaultLog;
import io.roomcast.chat.internal.session.Authorizer;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.model.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs commands: validates, limits, authorizes and handles each one, replies, and publishes its events, in this order.
 * The only entry for commands. Safe for use by any thread; never blocks the caller.
 *
 * <p>Validation and the rate limit run on the caller's thread, all else on workers, in the order that the command's
 * {@link CommandPlan} says. No worker waits while the host's policy or interceptor runs. The reply is sent before any
 * event is published. Only successful commands publish events. A command whose reply has timed out while it waited does
 * not start.
 */
final class CommandPipeline {
    private static final Logger log = LoggerFactory.getLogger(CommandPipeline.class);
    private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

    private final ChatParts parts;
    private final HandlerParts handlers;
    private final Predicate<String> isErasing;
    private final Authorizer authorizer;
    private final ConversationLanes lanes;
    private final FaultLog faults = new FaultLog();

    /**
     * Creates a pipeline.
     *
     * @param isErasing whether the user with an id is being erased
     */
    CommandPipeline(ChatParts parts, HandlerParts handlers, Predicate<String> isErasing) {
        this.parts = parts;
        this.handlers = handlers;
        this.isErasing = isErasing;
        this.authorizer = parts.sessions().authorizer();
        this.lanes = parts.execution().lanes();
    }

    /** Runs a command. Calls the reply once, in all cases. */
    <R> void run(Session session, Command<R> command, Reply<R> reply) {
        run(session, command, reply, true);
    }

    /** As {@link #run(Session, Command, Reply)}, for a command whose permit was taken before. */
    <R> void runPermitted(Session session, Command<R> command, Reply<R> reply) {
        run(session, command, reply, false);
    }

    private <R> void run(Session session, Command<R> command, Reply<R> reply, boolean isLimited) {
        PendingReply<R> pending = parts.execution().timeouts().track(reply);
        try {
            handlers.commands().validate(command, !CommandContext.isHost(session));
            CommandContext context = authorizer.identify(session, command);
            if (isLimited) {
                parts.sessions().rates().acquire(context, command);
            }
            new Run<>(context, command, pending).start();
        } catch (Throwable failure) {
            refuse(command, failure, pending);
        }
    }

    /** Returns a session to the rooms that its client was in. Refuses each room with an invalid id or position. */
    void resume(Session session, Resume known) {
        SessionResumer resumer = parts.joins().resumer();
        List<JoinRoom> valid = new ArrayList<>(known.rooms().size());
        known.rooms().forEach((conversationId, position) -> {
            JoinRoom join = JoinRoom.after(conversationId, position);
            try {
                handlers.commands().validate(join, true);
                valid.add(join);
            } catch (ChatException invalid) {
                resumer.refuse(session, join, invalid);
            }
        });
        resumer.resume(session, known.epoch(), valid);
    }

    private void refuse(Command<?> command, Throwable failure, Reply<?> reply) {
        ChatException refusal = ChatException.from(failure);
        faults.log(command, refusal);
        reply.failed(refusal);
    }

    /** One command on its way. Used by one thread at a time. */
    private final class Run<R> {
        private final CommandContext context;
        private final Command<R> command;
        private final PendingReply<R> reply;
        private final CommandPlan<Command<R>, R> plan;

        Run(CommandContext context, Command<R> command, PendingReply<R> reply) {
            this.context = context;
            this.command = command;
            this.reply = reply;
            this.plan = handlers.commands().plan(command);
        }

        void start() {
            switch (plan.order()) {
                case IMMEDIATE -> handle();
                case CONCURRENT -> lanes.execute(step());
                case SERIAL -> lanes.executeSerially(command.lane(), step());
                case COMMIT -> lanes.executeSerially(command.conversationId(), message());
            }
        }

        private LaneTask step() {
            return LaneTask.step(Waits.forOwnMessages(context.session()), this::prepare, this::handleInOrder);
        }

        private LaneTask message() {
            return LaneTask.message(context.session(), this::prepare, this::handleInOrder);
        }

        /** Calls the host's ports that decide whether the command may be handled. */
        private CompletionStage<?> prepare() {
            if (reply.isAnswered()) {
                return DONE;
            }
            CompletionStage<?> permitted = authorizer.authorize(context, command);
            return permitted == Authorizer.PERMITTED
                    ? prepareAuthorized()
                    : permitted.thenCompose(done -> prepareAuthorized());
        }

        private CompletionStage<?> prepareAuthorized() {
            CompletionStage<?> checked = plan.checksMembers()
                    ? parts.sessions().guard().check(command.conversationId())
                    : Authorizer.PERMITTED;
            return checked == Authorizer.PERMITTED
                    ? plan.preparation().prepare(command, context)
                    : checked.thenCompose(done -> plan.preparation().prepare(command, context));
        }

        /**
         * Handles a prepared command.
         *
         * @param refusal the failure of the preparation, or null
         * @return completes when the command is done, so that the next one of the conversation may start
         */
        private CompletionStage<?> handleInOrder(@Nullable Throwable refusal) {
            if (refusal != null) {
                refuse(command, refusal, reply);
                handlers.deletion().refused(command.conversationId(), ChatException.from(refusal));
                return DONE;
            }
            if (reply.isAnswered()) {
                return DONE;
            }
            InFlight.Phase phase = parts.execution().inFlight().begin();
            try {
                return handle().whenComplete((result, failure) -> phase.end());
            } catch (Throwable failure) {
                refuse(command, failure, reply);
                phase.end();
                return DONE;
            }
        }

        /** Handles the command now. A join calls the policy itself, and enters the conversation's order later. */
        private CompletionStage<R> handle() {
            if (context.userId() != null && isErasing.test(context.userId())) {
                throw ChatException.of(ErrorCode.FORBIDDEN);
            }
            CompletionStage<R> finished = result().whenComplete(this::finish);
            context.startDeferred();
            return finished;
        }

        private CompletionStage<R> result() {
            try {
                return plan.handler().handle(command, context);
            } catch (Throwable failure) {
                context.end();
                throw failure;
            }
        }

        private void finish(@Nullable R result, @Nullable Throwable failure) {
            try {
                if (result == null) {
                    refuse(command, requireNonNull(failure), reply);
                } else {
                    reply.succeeded(result);
                    publish();
                }
            } finally {
                context.end();
            }
        }

        private void publish() {
            context.events().forEach(parts.rooms().publisher()::publish);
            try {
                context.runAfterPublishing();
            } catch (Throwable fault) {
                log.error(
                        "a task after publishing the events of {} failed",
                        command.getClass().getSimpleName(),
                        fault);
            }
        }
    }
}
