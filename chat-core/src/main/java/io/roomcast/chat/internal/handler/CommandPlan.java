package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.internal.room.Cluster;
import io.roomcast.chat.internal.rule.Rule;
import io.roomcast.chat.internal.session.CommandContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * How the pipeline runs one type of command, and who handles it.
 *
 * @param type the type of the command
 * @param order when the command runs, relative to others
 * @param checksMembers whether the room's sessions are compared with the conversation's members before, because the
 *     command sends content to the room
 * @param rule checks the command's form, before anything else; the conversation's id is checked already
 * @param preparation calls the host's ports, before the command is handled
 * @param handler handles the command
 * @param <C> the type of the command
 * @param <R> the result of a success
 */
public record CommandPlan<C extends Command<R>, R>(
        Class<C> type,
        Order order,
        boolean checksMembers,
        Rule<? super C> rule,
        Preparation<? super C> preparation,
        Handler<C, R> handler) {
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

    /**
     * Calls the host's ports for one command. Runs on a worker; must not block it.
     *
     * @param <C> the type of the command
     */
    @FunctionalInterface
    public interface Preparation<C> {
        /** Returns a stage that fails if the command is refused. */
        CompletionStage<?> prepare(C command, CommandContext context);
    }

    /**
     * Handles one type of command.
     *
     * @param <C> the type of the command
     * @param <R> the result of a success
     */
    @FunctionalInterface
    public interface Handler<C, R> {
        /** Returns the result immediately or later, or throws instead. */
        CompletionStage<R> handle(C command, CommandContext context);
    }

    private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

    /** Calls no port. */
    static final Preparation<Object> UNPREPARED = (command, context) -> DONE;

    /** Waits until the user's session receives the events of other nodes, so that it misses no change of what it reads. */
    static Preparation<Object> receiving(Cluster cluster) {
        return (command, context) -> {
            String userId = context.userId();
            return userId == null ? DONE : cluster.receives(userId);
        };
    }

    /** Accepts every command, as it has no fields but the conversation's id. */
    static final Consumer<Object> NO_FIELDS = command -> {};

    static <C extends Command<R>, R> CommandPlan<C, R> immediate(
            Class<C> type, Consumer<? super C> rule, Handler<C, R> handler) {
        return unprepared(type, Order.IMMEDIATE, false, rule, handler);
    }

    static <C extends Command<R>, R> CommandPlan<C, R> concurrent(
            Class<C> type, Consumer<? super C> rule, Handler<C, R> handler) {
        return unprepared(type, Order.CONCURRENT, false, rule, handler);
    }

    static <C extends Command<R>, R> CommandPlan<C, R> serial(
            Class<C> type, Consumer<? super C> rule, Handler<C, R> handler) {
        return unprepared(type, Order.SERIAL, false, rule, handler);
    }

    static <C extends Command<R>, R> CommandPlan<C, R> serialAmongMembers(
            Class<C> type, Consumer<? super C> rule, Handler<C, R> handler) {
        return unprepared(type, Order.SERIAL, true, rule, handler);
    }

    private static <C extends Command<R>, R> CommandPlan<C, R> unprepared(
            Class<C> type, Order order, boolean checksMembers, Consumer<? super C> rule, Handler<C, R> handler) {
        return new CommandPlan<>(
                type, order, checksMembers, (command, fromClient) -> rule.accept(command), UNPREPARED, handler);
    }

    /** Returns the plan of a command that is prepared before it is handled. */
    CommandPlan<C, R> preparedBy(Preparation<? super C> prepared) {
        return new CommandPlan<>(type, order, checksMembers, rule, prepared, handler);
    }

    /** Returns a handler that returns its result immediately. */
    static <C, R> Handler<C, R> returning(BiFunction<C, CommandContext, R> handler) {
        return (command, context) -> CompletableFuture.completedFuture(handler.apply(command, context));
    }
}
