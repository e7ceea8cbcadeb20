package io.roomcast.chat.internal.handler;

import static io.roomcast.chat.internal.handler.CommandPlan.returning;

import io.roomcast.chat.command.SendEvent;
import io.roomcast.chat.event.CustomEventSent;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.room.OutboundEvent;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Role;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Sends events of the application's own to rooms. Stores nothing. */
final class CustomEventHandler {
    private final RoomRegistry rooms;
    private final MembershipCache memberships;
    private final Clock clock;

    CustomEventHandler(RoomRegistry rooms, MembershipCache memberships, Clock clock) {
        this.rooms = rooms;
        this.memberships = memberships;
        this.clock = clock;
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans(Rules rules) {
        return List.of(CommandPlan.serialAmongMembers(SendEvent.class, rules.events()::send, returning(this::send)));
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
        if (rooms.isLarge(conversationId) && !context.isHost() && !isStaff(conversationId, context.author())) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
    }

    private boolean isStaff(String conversationId, String userId) {
        return memberships
                .member(conversationId, userId)
                .map(Member::role)
                .filter(role -> role != Role.MEMBER)
                .isPresent();
    }
}
