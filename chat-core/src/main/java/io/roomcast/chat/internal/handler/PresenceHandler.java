package io.roomcast.chat.internal.handler;

import static io.roomcast.chat.internal.handler.CommandPlan.NO_FIELDS;
import static io.roomcast.chat.internal.handler.CommandPlan.returning;

import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.GetUsers;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.command.UnsubscribePresence;
import io.roomcast.chat.internal.handler.CommandPlan.Order;
import io.roomcast.chat.internal.presence.HiddenPresence;
import io.roomcast.chat.internal.presence.PresenceTracker;
import io.roomcast.chat.internal.presence.PresenceVisibility;
import io.roomcast.chat.internal.presence.Users;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.Presence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Handles the presence of users, for authenticated users and the host, and their names. May block for the store, but not
 * for the host.
 */
final class PresenceHandler {
    private final PresenceTracker presence;
    private final PresenceVisibility visibility;
    private final HiddenPresence hidden;
    private final Users users;
    private final Executor workers;

    /**
     * Creates a handler.
     *
     * @param workers reads the presence once the host has decided who may see it
     */
    PresenceHandler(
            PresenceTracker presence,
            PresenceVisibility visibility,
            HiddenPresence hidden,
            Users users,
            Executor workers) {
        this.presence = presence;
        this.visibility = visibility;
        this.hidden = hidden;
        this.users = users;
        this.workers = workers;
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans(Rules rules) {
        return List.of(
                new CommandPlan<>(
                        GetUsers.class,
                        Order.CONCURRENT,
                        false,
                        (command, fromClient) -> rules.presence().userIds(command.userIds(), FixedLimits.USERS),
                        CommandPlan.UNPREPARED,
                        this::find),
                CommandPlan.concurrent(
                        GetPresence.class, command -> rules.presence().userIds(command.userIds()), this::get),
                CommandPlan.concurrent(SetPresence.class, NO_FIELDS, returning(this::set)),
                CommandPlan.concurrent(
                        SubscribePresence.class,
                        command -> rules.presence().userIds(command.userIds()),
                        this::subscribe),
                CommandPlan.concurrent(
                        UnsubscribePresence.class,
                        command -> rules.presence().userIds(command.userIds()),
                        this::unsubscribe));
    }

    /** An anonymous client sees what everyone sees, and so does the host. */
    CompletionStage<GetUsers.Found> find(GetUsers command, CommandContext context) {
        return users.find(context.userId(), command.userIds()).thenApply(GetUsers.Found::new);
    }

    CompletionStage<GetPresence.Known> get(GetPresence command, CommandContext context) {
        return context.isHost()
                ? CompletableFuture.completedFuture(new GetPresence.Known(presence.presenceOf(command.userIds())))
                : visiblePresence(context.requireUser(), command.userIds(), userIds -> {})
                        .thenApply(GetPresence.Known::new);
    }

    SetPresence.Set set(SetPresence command, CommandContext context) {
        String userId = context.requireUser();
        Presence own = presence.set(userId, context.session(), command.status());
        context.afterPublishing(() -> presence.publishPending(userId));
        return new SetPresence.Set(own);
    }

    /** Subscribes before it reads the presence, so that no change is missed in between. */
    CompletionStage<SubscribePresence.Subscribed> subscribe(SubscribePresence command, CommandContext context) {
        return visiblePresence(
                        context.requireUser(),
                        command.userIds(),
                        userIds -> presence.subscribe(context.session(), userIds))
                .thenApply(SubscribePresence.Subscribed::new);
    }

    CompletionStage<UnsubscribePresence.Unsubscribed> unsubscribe(UnsubscribePresence command, CommandContext context) {
        String userId = context.requireUser();
        presence.unsubscribe(context.session(), command.userIds());
        return visiblePresence(userId, command.userIds(), userIds -> {})
                .thenApply(UnsubscribePresence.Unsubscribed::new);
    }

    /**
     * Returns the users' presence. Users whom the viewer may not see, and those who hide their presence, are offline,
     * without a last-seen time.
     *
     * @param before is called on a worker, before the presence is read
     */
    private CompletionStage<List<Presence>> visiblePresence(
            String viewer, List<String> userIds, Consumer<List<String>> before) {
        CompletionStage<Set<String>> visible = visibility.seenBy(viewer, userIds);
        Function<Set<String>, List<Presence>> reader = seen -> {
            before.accept(userIds);
            Set<String> shown = new HashSet<>(seen);
            Set<String> concealed = hidden.among(seen);
            shown.removeIf(userId -> concealed.contains(userId) && !userId.equals(viewer));
            return presenceOf(userIds, shown);
        };
        return visible.toCompletableFuture().isDone()
                ? visible.thenApply(reader)
                : visible.thenApplyAsync(reader, workers);
    }

    private List<Presence> presenceOf(List<String> userIds, Set<String> visible) {
        Map<String, Presence> known = new HashMap<>();
        presence.presenceOf(visible).forEach(found -> known.put(found.userId(), found));
        return userIds.stream()
                .map(userId -> known.getOrDefault(userId, new Presence(userId, Presence.Status.OFFLINE, null)))
                .toList();
    }
}
