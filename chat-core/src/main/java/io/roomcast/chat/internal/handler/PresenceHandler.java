package io.roomcast.chat.internal.handler;

import static io.roomcast.chat.internal.handler.CommandPlan.NO_FIELDS;
import static io.roomcast.chat.internal.handler.CommandPlan.returning;

import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.command.UnsubscribePresence;
import io.roomcast.chat.internal.presence.PresenceTracker;
import io.roomcast.chat.internal.presence.PresenceVisibility;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.Presence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Handles the presence of users, for authenticated users and the host. May block for the store. */
final class PresenceHandler {
    private final PresenceTracker presence;
    private final PresenceVisibility visibility;

    PresenceHandler(PresenceTracker presence, PresenceVisibility visibility) {
        this.presence = presence;
        this.visibility = visibility;
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans(Rules rules) {
        return List.of(
                CommandPlan.concurrent(
                        GetPresence.class,
                        command -> rules.presence().userIds(command.userIds()),
                        returning(this::get)),
                CommandPlan.concurrent(SetPresence.class, NO_FIELDS, returning(this::set)),
                CommandPlan.concurrent(
                        SubscribePresence.class,
                        command -> rules.presence().userIds(command.userIds()),
                        returning(this::subscribe)),
                CommandPlan.concurrent(
                        UnsubscribePresence.class,
                        command -> rules.presence().userIds(command.userIds()),
                        returning(this::unsubscribe)));
    }

    GetPresence.Known get(GetPresence command, CommandContext context) {
        if (context.isHost()) {
            return new GetPresence.Known(presence.presenceOf(command.userIds()));
        }
        return new GetPresence.Known(visiblePresence(context.requireUser(), command.userIds()));
    }

    SetPresence.Set set(SetPresence command, CommandContext context) {
        String userId = context.requireUser();
        Presence own = presence.set(userId, context.session(), command.status());
        context.afterPublishing(() -> presence.publishPending(userId));
        return new SetPresence.Set(own);
    }

    /** Subscribes before it reads the presence, so that no change is missed in between. */
    SubscribePresence.Subscribed subscribe(SubscribePresence command, CommandContext context) {
        String userId = context.requireUser();
        presence.subscribe(context.session(), command.userIds());
        return new SubscribePresence.Subscribed(visiblePresence(userId, command.userIds()));
    }

    UnsubscribePresence.Unsubscribed unsubscribe(UnsubscribePresence command, CommandContext context) {
        String userId = context.requireUser();
        presence.unsubscribe(context.session(), command.userIds());
        return new UnsubscribePresence.Unsubscribed(visiblePresence(userId, command.userIds()));
    }

    /** Returns the users' presence. Users whom the viewer may not see are offline, without a last-seen time. */
    private List<Presence> visiblePresence(String viewer, List<String> userIds) {
        Set<String> visible = visibility.visibleTo(viewer, userIds);
        Map<String, Presence> known = new HashMap<>();
        presence.presenceOf(visible).forEach(found -> known.put(found.userId(), found));
        return userIds.stream()
                .map(userId -> known.getOrDefault(userId, new Presence(userId, Presence.Status.OFFLINE, null)))
                .toList();
    }
}
