package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.command.UnsubscribePresence;
import io.roomcast.chat.internal.presence.PresenceTracker;
import io.roomcast.chat.internal.presence.PresenceVisibility;
import io.roomcast.chat.internal.room.HostSession;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Presence;
import java.util.List;
import java.util.Set;

/** Who is here; a matter between users who have proved who they are, and the host. */
public final class PresenceHandler {
    private final PresenceTracker presence;
    private final PresenceVisibility acquaintances;

    public PresenceHandler(PresenceTracker presence, PresenceVisibility acquaintances) {
        this.presence = presence;
        this.acquaintances = acquaintances;
    }

    GetPresence.Known get(GetPresence command, CommandContext call) {
        if (call.session() instanceof HostSession) {
            return new GetPresence.Known(
                    command.userIds().stream().map(presence::presenceOf).toList());
        }
        return known(requireUser(call), command.userIds());
    }

    SetPresence.Set set(SetPresence command, CommandContext call) {
        String userId = requireUser(call);
        Presence seen = presence.set(userId, call.session(), command.status());
        call.afterwards(() -> presence.publishPending(userId));
        return new SetPresence.Set(seen);
    }

    /** Watches first and looks then: no change can fall between the two. */
    GetPresence.Known subscribe(SubscribePresence command, CommandContext call) {
        String userId = requireUser(call);
        presence.subscribe(call.session(), command.userIds());
        return known(userId, command.userIds());
    }

    GetPresence.Known unsubscribe(UnsubscribePresence command, CommandContext call) {
        String userId = requireUser(call);
        presence.unsubscribe(call.session(), command.userIds());
        return known(userId, command.userIds());
    }

    private static String requireUser(CommandContext call) {
        if (call.userId() == null) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        return call.userId();
    }

    /** Returns the users' presence. Users whom the viewer may not see are offline, without a last-seen time. */
    private GetPresence.Known known(String viewer, List<String> userIds) {
        Set<String> seen = acquaintances.visibleTo(viewer, userIds);
        return new GetPresence.Known(userIds.stream()
                .map(userId -> seen.contains(userId)
                        ? presence.presenceOf(userId)
                        : new Presence(userId, Presence.Status.OFFLINE, null))
                .toList());
    }
}
