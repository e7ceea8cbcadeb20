package io.roomcast.chat.internal.handler;

import io.roomcast.chat.internal.session.CommandContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How the pipeline runs a command.
 *
 * @param order when the command runs, relative to others
 * @param checksMembers whether the room's sessions are compared with the conversation's members before, because the
 *     command sends content to the room
 * @param preparation calls the host's ports, before the command is handled
 */
public record CommandPlan(Order order, boolean checksMembers, Preparation preparation) {
    /** When a command runs. */
    public enum Order {
        /** Runs on the caller's thread without waiting. Joins enter the conversation's order later, on their own. */
        IMMEDIATE,
        /** Runs on a worker, in no order. */
        CONCURRENT,
        /** Runs on a worker, after all earlier commands of its conversation. */
        SERIAL,
        /** As {@link #SERIAL}, but later messages do not wait until this one is stored. So messages are stored in groups. */
        COMMIT
    }

    /** Calls the host's ports for one command. Runs on a worker; must not block it. */
    @FunctionalInterface
    public interface Preparation {
        /** Needs no port. */
        Preparation NONE = context -> CompletableFuture.completedStage(null);

        /** Returns a stage that fails if the command is refused. */
        CompletionStage<?> prepare(CommandContext context);
    }

    static final CommandPlan IMMEDIATE = new CommandPlan(Order.IMMEDIATE, false, Preparation.NONE);
    static final CommandPlan CONCURRENT = new CommandPlan(Order.CONCURRENT, false, Preparation.NONE);
    static final CommandPlan SERIAL = new CommandPlan(Order.SERIAL, false, Preparation.NONE);
    static final CommandPlan SERIAL_AMONG_MEMBERS = new CommandPlan(Order.SERIAL, true, Preparation.NONE);
}
