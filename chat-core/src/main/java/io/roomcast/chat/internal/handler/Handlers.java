package io.roomcast.chat.internal.handler;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.internal.execution.ConversationLocks;
import io.roomcast.chat.internal.port.HostSettings;
import io.roomcast.chat.internal.presence.PresenceTrackers;
import io.roomcast.chat.internal.session.Sessions;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Creates the handlers of all families, and is the index of their commands.
 *
 * <p>No chat starts unless every permitted command has exactly one plan.
 */
public final class Handlers {
    private final Map<Class<?>, CommandPlan<?, ?>> plans;

    /**
     * Creates the index.
     *
     * @throws IllegalStateException if a command is missing, or is given twice
     */
    Handlers(List<CommandPlan<?, ?>> plans) {
        this.plans = plans.stream().collect(toUnmodifiableMap(CommandPlan::type, Function.identity()));
        List<String> missing = permitted(Command.class)
                .filter(type -> !this.plans.containsKey(type))
                .map(Class::getSimpleName)
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("commands without a plan: " + missing);
        }
    }

    private static Stream<Class<?>> permitted(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(Handlers::permitted)
                : Stream.of(type);
    }

    static Handlers create(
            ChatParts parts, ConversationEditor editor, ConversationLocks locks, CommitFollowUp followUp) {
        InterceptorRunner interceptor = new InterceptorRunner(
                parts.settings().interceptor(), parts.rules(), parts.ports().interceptor());
        return new Handlers(Stream.of(
                        rooms(parts).plans(),
                        messages(parts, interceptor, followUp).plans(),
                        changes(parts, interceptor).plans(),
                        history(parts).plans(),
                        receipts(parts).plans(),
                        conversations(parts, editor, locks).plans(),
                        activity(parts).plans(),
                        presence(parts.presence()).plans(),
                        tokens(parts.sessions()).plans())
                .flatMap(List::stream)
                .toList());
    }

    private static RoomHandler rooms(ChatParts parts) {
        return new RoomHandler(
                parts.joins().pending(),
                parts.sessions().leaver(),
                parts.rules(),
                parts.sessions().rates(),
                parts.rooms().catchUpReader(),
                parts.rooms().publisher());
    }

    private static MessageHandler messages(ChatParts parts, InterceptorRunner interceptor, CommitFollowUp followUp) {
        return new MessageHandler(
                parts.execution().commits(),
                interceptor,
                parts.presence().typing(),
                parts.receipts().tracker(),
                followUp,
                parts.settings().clock());
    }

    private static ChangeHandler changes(ChatParts parts, InterceptorRunner interceptor) {
        HostSettings settings = parts.settings();
        ChangeAuthorizer authorizer = new ChangeAuthorizer(
                settings.store(), parts.rooms().membershipCache(), settings.limits(), settings.clock());
        return new ChangeHandler(
                settings.store(), authorizer, interceptor, parts.execution().workers(), settings.clock());
    }

    private static HistoryHandler history(ChatParts parts) {
        return new HistoryHandler(
                parts.rooms().feeds(),
                parts.settings().store(),
                parts.settings().limits(),
                parts.rooms().catchUpReader(),
                parts.receipts().tracker());
    }

    private static ReceiptHandler receipts(ChatParts parts) {
        return new ReceiptHandler(
                parts.receipts(),
                parts.rooms().feeds(),
                parts.sessions().authorizer(),
                parts.settings().store(),
                parts.settings().clock());
    }

    private static ConversationHandler conversations(
            ChatParts parts, ConversationEditor editor, ConversationLocks locks) {
        return new ConversationHandler(
                editor,
                locks,
                parts.joins().evictor(),
                parts.rooms().cluster(),
                parts.receipts().tracker(),
                parts.settings().store(),
                parts.settings().clock());
    }

    private static ActivityHandler activity(ChatParts parts) {
        return new ActivityHandler(
                parts.presence().typing(),
                parts.presence().viewing(),
                parts.settings().limits().typingTimeout());
    }

    private static PresenceHandler presence(PresenceTrackers trackers) {
        return new PresenceHandler(trackers.presence(), trackers.visibility());
    }

    private static TokenHandler tokens(Sessions sessions) {
        return new TokenHandler(sessions.authentication(), sessions.lifecycle());
    }

    /** Returns how all commands run. */
    List<CommandPlan<?, ?>> plans() {
        return List.copyOf(plans.values());
    }

    /**
     * Returns how the pipeline runs the command.
     *
     * @param <R> the result of a success
     */
    @SuppressWarnings("unchecked") // The plan is of the command's type.
    public <R> CommandPlan<Command<R>, R> plan(Command<R> command) {
        return (CommandPlan<Command<R>, R>) requireNonNull(plans.get(command.getClass()));
    }
}
