package io.roomcast.chat.internal.presence;

import io.roomcast.chat.event.UserUpdated;
import io.roomcast.chat.internal.execution.HostCaller;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.OtherNodes;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.room.Rooms;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.model.UserProfile;
import io.roomcast.chat.spi.ConversationStore;
import io.roomcast.chat.spi.UserDirectory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The users of the host's directory, if it has one. Safe for use by any thread; never blocks.
 *
 * <p>When a user changes, all nodes forget the user. Each then notifies its sessions in the rooms of the user's
 * conversations. A node with sessions of the user also notifies all nodes with sessions in the rooms of these.
 */
public final class Users {
    /** The most conversations of a user whose rooms are notified, the most recently active first. */
    private static final int MAX_CONVERSATIONS = 1_000;

    /** The conversations that are read and sent to other nodes together. */
    private static final int PAGE_SIZE = 100;

    @Nullable
    private final ProfileLookup lookup;

    private final ConversationStore store;
    private final Rooms rooms;
    private final Executor workers;

    /**
     * Creates an instance that knows nothing yet.
     *
     * @param directory the host's directory, or null
     * @param port calls the directory
     * @param validPart returns a profile without its invalid values
     * @param workers runs what blocks for the store
     */
    public Users(
            @Nullable UserDirectory directory,
            HostCaller port,
            UnaryOperator<UserProfile> validPart,
            ConversationStore store,
            Rooms rooms,
            Executor workers,
            Clock clock) {
        this.lookup = directory == null ? null : new ProfileLookup(directory, port, validPart, clock);
        this.store = store;
        this.rooms = rooms;
        this.workers = workers;
    }

    /** Returns those users that the directory knows, as the viewer sees them. */
    public CompletionStage<List<UserProfile>> find(@Nullable String viewerId, Collection<String> userIds) {
        return required().find(viewerId, userIds);
    }

    /** Returns the name of a user as the viewer sees it; null if it is unknown or cannot be read now. Blocks. */
    public @Nullable String nameOf(String viewerId, String userId) {
        if (lookup == null) {
            return null;
        }
        try {
            return lookup.find(viewerId, List.of(userId)).toCompletableFuture().join().stream()
                    .map(UserProfile::name)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        } catch (CompletionException unavailable) {
            return null;
        }
    }

    private ProfileLookup required() {
        if (lookup == null) {
            throw ChatException.of(ErrorCode.NOT_SUPPORTED);
        }
        return lookup;
    }

    /**
     * Forgets a user whom the host changed, and notifies clients. Completes when the clients of this node are notified.
     *
     * @throws ChatException {@link ErrorCode#NOT_SUPPORTED} without a directory
     */
    public CompletableFuture<Void> changed(String userId) {
        ProfileLookup known = required();
        known.forget(userId);
        rooms.others().userChanged(new OtherNodes.ChangedUser(userId, null, List.of(), false));
        return known.find(null, List.of(userId))
                .thenAcceptAsync(found -> announce(found, userId), workers)
                .toCompletableFuture();
    }

    private void announce(List<UserProfile> found, String userId) {
        UserProfile profile = found.isEmpty() ? new UserProfile(userId, null, null, null) : found.get(0);
        List<String> conversationIds = conversationsOf(userId);
        for (int from = 0; from == 0 || from < conversationIds.size(); from += PAGE_SIZE) {
            List<String> some = conversationIds.subList(from, Math.min(from + PAGE_SIZE, conversationIds.size()));
            OtherNodes.ChangedUser changed = new OtherNodes.ChangedUser(userId, profile, some, from == 0);
            rooms.others().userChanged(changed);
            notifySessions(changed, profile);
        }
    }

    private List<String> conversationsOf(String userId) {
        List<String> ids = new ArrayList<>();
        ConversationQuery.@Nullable Cursor after = null;
        List<Conversation> page;
        do {
            page = store.conversations(new ConversationQuery(userId, after, PAGE_SIZE));
            for (Conversation found : page) {
                ids.add(found.conversationId());
                after = found.cursor();
            }
        } while (page.size() == PAGE_SIZE && ids.size() < MAX_CONVERSATIONS);
        return ids;
    }

    /** Forgets the user, and notifies the sessions of this node. Blocks no longer than a broadcast takes. */
    public void received(OtherNodes.ChangedUser changed) {
        forget(changed.userId());
        UserProfile profile = changed.profile();
        if (profile != null) {
            notifySessions(changed, profile);
        }
    }

    private void notifySessions(OtherNodes.ChangedUser changed, UserProfile profile) {
        Set<String> conversationIds = new LinkedHashSet<>(changed.conversationIds());
        if (changed.spreads()) {
            spread(changed, conversationIds);
        }
        send(profile, conversationIds);
    }

    /** Adds the rooms of the user's sessions on this node, and notifies other nodes with sessions there. */
    private void spread(OtherNodes.ChangedUser changed, Set<String> conversationIds) {
        for (Session session : rooms.registry().sessionsOf(changed.userId())) {
            for (String joined : rooms.registry().roomsOf(session)) {
                if (conversationIds.add(joined)) {
                    rooms.others().userChangedIn(joined, changed);
                }
            }
        }
    }

    private void send(UserProfile profile, Set<String> conversationIds) {
        RoomRegistry registry = rooms.registry();
        Set<Session> recipients = new LinkedHashSet<>(registry.sessionsOf(profile.userId()));
        conversationIds.forEach(id -> recipients.addAll(registry.sessionsIn(id)));
        rooms.publisher().sendHere(new UserUpdated(profile), new Audience.Sessions(List.copyOf(recipients)));
    }

    /** Forgets a user. */
    public void forget(String userId) {
        if (lookup != null) {
            lookup.forget(userId);
        }
    }

    /** Forgets all users, because this node may have missed changes. */
    public void forgetAll() {
        if (lookup != null) {
            lookup.forgetAll();
        }
    }

    /** Returns how many users are cached or are being looked up. */
    public int size() {
        return lookup == null ? 0 : lookup.size();
    }
}
