package io.roomcast.chat.internal.handler;

import static io.roomcast.chat.internal.handler.CommandPlan.returning;

import io.roomcast.chat.command.HandleEvent;
import io.roomcast.chat.command.HandleEvent.Handled;
import io.roomcast.chat.command.SendEvent;
import io.roomcast.chat.event.CustomEventSent;
import io.roomcast.chat.internal.port.EventFunction;
import io.roomcast.chat.internal.port.IsolatedPort;
import io.roomcast.chat.internal.port.Ports;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.room.OutboundEvent;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.rule.EventRules;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Session;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Sends events of the application's own to rooms, and calls the host's handlers of others, each on threads of its own. Stores
 * nothing.
 */
final class CustomEventHandler {
    /** The bytes of a client's queue that an answer leaves free, for what surrounds it on the wire. */
    private static final int RESERVED_BYTES = 1_024;

    private static final int MAX_BYTES_PER_UNIT = 3;

    private final RoomRegistry rooms;
    private final MembershipCache memberships;
    private final Clock clock;
    private final Map<String, EventFunction> functions;
    private final Ports ports;
    private final int maxAnswerBytes;

    CustomEventHandler(ChatParts parts) {
        this.rooms = parts.rooms().registry();
        this.memberships = parts.rooms().membershipCache();
        this.clock = parts.settings().clock();
        this.functions = parts.settings().events();
        this.ports = parts.ports();
        this.maxAnswerBytes = parts.settings().limits().pendingBytes() - RESERVED_BYTES;
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans(Rules rules) {
        return List.of(
                CommandPlan.serialAmongMembers(SendEvent.class, rules.events()::send, returning(this::send)),
                CommandPlan.concurrent(HandleEvent.class, rules.events()::handle, this::handle));
    }

    /** Sends the event to the room, after the reply. */
    private SendEvent.Sent send(SendEvent command, CommandContext context) {
        requireAuthor(context);
        requireStaff(command.conversationId(), context);
        CustomEventSent event = new CustomEventSent(
                command.conversationId(), context.userId(), command.name(), command.data(), clock.instant());
        Audience others = new Audience.OtherSessions(
                command.conversationId(), context.session(), Set.copyOf(command.toUserIds()));
        context.sendAll(List.of(new OutboundEvent(event, others)));
        return new SendEvent.Sent();
    }

    private static void requireAuthor(CommandContext context) {
        if (context.userId() == null && !context.isHost()) {
            throw ChatException.missing("userId");
        }
    }

    /** In a large room one member's event costs hundreds of deliveries, so members without a role send none. */
    private void requireStaff(String conversationId, CommandContext context) {
        if (rooms.isLarge(conversationId)
                && !context.isHost()
                && !memberships.isStaff(conversationId, context.author())) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
    }

    private CompletionStage<Handled> handle(HandleEvent command, CommandContext context) {
        EventFunction function = functions.get(command.name());
        if (function == null) {
            throw ChatException.of(ErrorCode.NOT_SUPPORTED);
        }
        IsolatedPort port = ports.event(command.name());
        Session session = context.session();
        String caller = session.principal().knownUserId().orElse(session.id());
        return port.<String>callAsync(caller, () -> function.call(session, command.payload()))
                .thenApply(answer -> handled(answer, port, rooms.isOpen(session)));
    }

    /**
     * Refuses an answer that no client could receive: its connection would be closed as too slow.
     *
     * @param isConnected whether the answer is sent on a connection, and not as the response of an HTTP request
     */
    private Handled handled(String answer, IsolatedPort port, boolean isConnected) {
        if (isConnected && !isShort(answer)) {
            throw fault(port, "returned more than " + maxAnswerBytes + " bytes");
        } else if (!EventRules.isJson(answer)) {
            throw fault(port, "returned a text that is not JSON");
        }
        return new Handled(answer);
    }

    private boolean isShort(String answer) {
        return answer.length() <= maxAnswerBytes / MAX_BYTES_PER_UNIT
                || answer.getBytes(StandardCharsets.UTF_8).length <= maxAnswerBytes;
    }

    private static ChatException fault(IsolatedPort port, String what) {
        port.port().warn(what);
        return ChatException.of(ErrorCode.INTERNAL_ERROR);
    }
}
