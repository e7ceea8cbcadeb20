package io.roomcast.chat.internal.handler;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.roomcast.chat.command.AcceptCall;
import io.roomcast.chat.command.CallCommand;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.DeclineCall;
import io.roomcast.chat.command.EndCall;
import io.roomcast.chat.command.GetIceServers;
import io.roomcast.chat.command.RejoinCall;
import io.roomcast.chat.command.SignalCall;
import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.command.UpdateCall;
import io.roomcast.chat.command.UserCommand;
import io.roomcast.chat.internal.call.UserCalls;
import io.roomcast.chat.internal.execution.ConversationLocks;
import io.roomcast.chat.internal.port.HostSettings;
import io.roomcast.chat.internal.presence.PresenceTrackers;
import io.roomcast.chat.internal.receipt.ConversationList;
import io.roomcast.chat.internal.rule.CallRules;
import io.roomcast.chat.internal.rule.IdRules;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.session.Sessions;
import io.roomcast.chat.internal.upload.SentFiles;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
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
    private final IdRules ids;

    /**
     * Creates the index.
     *
     * @throws IllegalStateException if a command is missing, or is given twice
     */
    Handlers(List<CommandPlan<?, ?>> plans, IdRules ids) {
        this.ids = ids;
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
            ChatParts parts,
            ConversationEditor editor,
            ConversationLocks locks,
            ConversationDeletion deletion,
            CommitFollowUp followUp) {
        InterceptorRunner interceptor = new InterceptorRunner(
                parts.settings().interceptor(),
                parts.rules().messages(),
                parts.ports().interceptor());
        Rules rules = parts.rules();
        SentFiles files = new SentFiles(parts.files());
        ConversationAccess access =
                new ConversationAccess(editor, locks, parts.sessions().permissions());
        ConversationList list = new ConversationList(
                parts.settings().store(),
                parts.receipts().tracker(),
                parts.settings().clock());
        List<CommandPlan<?, ?>> plans = Stream.of(
                        rooms(parts).plans(),
                        messages(parts, interceptor, followUp, files).plans(rules),
                        changes(parts, interceptor, files).plans(rules),
                        history(parts).plans(rules),
                        receipts(parts).plans(rules),
                        conversations(parts, access, editor, deletion, list).plans(rules),
                        members(parts, access, editor).plans(rules),
                        new AttentionHandler(parts, list).plans(rules),
                        activity(parts).plans(),
                        new CustomEventHandler(parts).plans(rules),
                        presence(parts).plans(rules),
                        new UploadHandler(
                                        parts.files().orElse(null),
                                        parts.sessions().authorizer(),
                                        parts.sessions().permissions(),
                                        parts.execution().workers())
                                .plans(rules),
                        calls(parts),
                        tokens(parts.sessions()).plans())
                .<CommandPlan<?, ?>>flatMap(List::stream)
                .toList();
        return new Handlers(plans, rules.ids());
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

    private static MessageHandler messages(
            ChatParts parts, InterceptorRunner interceptor, CommitFollowUp followUp, SentFiles files) {
        return new MessageHandler(
                parts.execution().commits(),
                parts.settings().store(),
                interceptor,
                parts.presence().typing(),
                parts.receipts().tracker(),
                followUp,
                parts.attention().drafts(),
                files,
                parts.sessions().permissions(),
                parts.settings().clock());
    }

    private static ChangeHandler changes(ChatParts parts, InterceptorRunner interceptor, SentFiles files) {
        HostSettings settings = parts.settings();
        ChangeAuthorizer authorizer = new ChangeAuthorizer(
                settings.store(), parts.sessions().permissions(), settings.limits(), settings.clock());
        return new ChangeHandler(
                settings.store(),
                authorizer,
                interceptor,
                parts.execution().workers(),
                parts.receipts().unread(),
                files,
                settings.clock());
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
                parts.attention().preferences(),
                parts.rooms().feeds(),
                parts.sessions().authorizer(),
                parts.settings().store(),
                parts.settings().clock());
    }

    private static ConversationHandler conversations(
            ChatParts parts,
            ConversationAccess access,
            ConversationEditor editor,
            ConversationDeletion deletion,
            ConversationList list) {
        return new ConversationHandler(
                access,
                editor,
                deletion,
                parts.sessions(),
                list,
                parts.receipts().unread(),
                CommandPlan.receiving(parts.rooms().cluster()),
                parts.settings().clock());
    }

    private static MemberHandler members(ChatParts parts, ConversationAccess access, ConversationEditor editor) {
        return new MemberHandler(
                access, editor, parts.joins().evictor(), parts.rooms().others());
    }

    private static ActivityHandler activity(ChatParts parts) {
        return new ActivityHandler(
                parts.presence().typing(),
                parts.presence().viewing(),
                parts.attention().settings(),
                parts.settings().limits().typingTimeout());
    }

    private static PresenceHandler presence(ChatParts parts) {
        PresenceTrackers trackers = parts.presence();
        return new PresenceHandler(
                trackers.presence(),
                trackers.visibility(),
                ChatParts.hiddenPresence(parts.attention().settings()),
                parts.users(),
                parts.execution().workers());
    }

    /** Without calls of the host, each command is refused. */
    private static List<CommandPlan<?, ?>> calls(ChatParts parts) {
        CallRules rules = parts.rules().calls();
        return List.of(
                CommandPlan.serial(
                        StartCall.class,
                        CommandPlan.NO_FIELDS,
                        (command, context) -> require(parts).starter().start(command, context)),
                CommandPlan.serial(
                        AcceptCall.class,
                        command -> rules.callId(command.callId()),
                        (command, context) -> require(parts).commands().accept(command, context)),
                CommandPlan.serial(
                        DeclineCall.class,
                        command -> rules.callId(command.callId()),
                        CommandPlan.returning(
                                (command, context) -> require(parts).commands().decline(command, context))),
                CommandPlan.serial(
                        SignalCall.class,
                        rules::signal,
                        CommandPlan.returning(
                                (command, context) -> require(parts).commands().signal(command, context))),
                CommandPlan.serial(
                        UpdateCall.class,
                        command -> rules.callId(command.callId()),
                        CommandPlan.returning(
                                (command, context) -> require(parts).commands().update(command, context))),
                CommandPlan.serial(
                        RejoinCall.class,
                        rules::rejoin,
                        (command, context) -> require(parts).commands().rejoin(command, context)),
                CommandPlan.serial(
                        EndCall.class,
                        command -> rules.callId(command.callId()),
                        CommandPlan.returning(
                                (command, context) -> require(parts).commands().end(command, context))),
                CommandPlan.serial(
                        GetIceServers.class,
                        command -> rules.callId(command.callId()),
                        (command, context) -> require(parts).commands().iceServers(command, context)));
    }

    private static UserCalls require(ChatParts parts) {
        return parts.calls().orElseThrow(() -> ChatException.of(ErrorCode.NOT_SUPPORTED));
    }

    private static TokenHandler tokens(Sessions sessions) {
        return new TokenHandler(sessions.authentication(), sessions.lifecycle());
    }

    /** Returns how all commands run. */
    List<CommandPlan<?, ?>> plans() {
        return List.copyOf(plans.values());
    }

    /**
     * Checks the form of a command, without asking the store or the access policy.
     *
     * @param fromClient whether a client sends it; otherwise the host does, which may do more
     * @throws ChatException if no such caller could be allowed the command
     */
    public <R> void validate(Command<R> command, boolean fromClient) {
        if (!(command instanceof UserCommand || command instanceof CallCommand)) {
            ids.conversationId(command.conversationId());
        }
        plan(command).rule().check(command, fromClient);
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
