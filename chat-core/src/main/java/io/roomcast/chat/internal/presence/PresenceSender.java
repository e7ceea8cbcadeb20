package io.roomcast.chat.internal.presence;

import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Session;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends presence events to the sessions of this node that may see them. Safe for use by any thread. */
final class PresenceSender {
    private static final Logger log = LoggerFactory.getLogger(PresenceSender.class);

    private final RoomRegistry rooms;
    private final PresenceVisibility visibility;
    private final HiddenPresence hidden;
    private final PresenceSubscriptions subscriptions;
    private final ConversationLanes lanes;
    private final Publisher publisher;

    PresenceSender(
            RoomRegistry rooms,
            PresenceVisibility visibility,
            HiddenPresence hidden,
            PresenceSubscriptions subscriptions,
            ConversationLanes lanes,
            Publisher publisher) {
        this.rooms = rooms;
        this.visibility = visibility;
        this.hidden = hidden;
        this.subscriptions = subscriptions;
        this.lanes = lanes;
        this.publisher = publisher;
    }

    /** Returns the rooms in which the presence of single users is sent. */
    List<String> small(Collection<String> conversationIds) {
        return conversationIds.stream().filter(id -> !rooms.isLarge(id)).toList();
    }

    /**
     * Sends a presence to the user's subscribers and to the sessions in rooms, as far as they may see it. Sends nothing if
     * the user hides it.
     *
     * @param later sends the user's presence, as it is by then, to those sessions of whom it takes a call of the store or
     *     the host whether they may see it
     */
    void send(Presence presence, Collection<String> conversationIds, Consumer<List<Session>> later) {
        send(
                presence,
                inSmall(conversationIds),
                new LinkedHashSet<>(subscriptions.subscribersOf(presence.userId())),
                later);
    }

    private Set<Session> inSmall(Collection<String> conversationIds) {
        Set<Session> inRooms = new LinkedHashSet<>();
        small(conversationIds).forEach(id -> inRooms.addAll(rooms.sessionsIn(id)));
        return inRooms;
    }

    /** Sends to all who may have seen a user's presence that the user, who hides it now, is offline. */
    void conceal(String userId, Collection<String> conversationIds) {
        Set<Session> recipients = inSmall(conversationIds);
        recipients.addAll(subscriptions.subscribersOf(userId));
        conceal(userId, recipients);
    }

    /** Leaves out the user's own sessions. */
    private void conceal(String userId, Set<Session> recipients) {
        sendTo(
                recipients.stream()
                        .filter(session -> !session.principal()
                                .knownUserId()
                                .filter(userId::equals)
                                .isPresent())
                        .toList(),
                concealed(userId));
    }

    /** Returns the presence of a user who hides it, as others see it. */
    static Presence concealed(String userId) {
        return new Presence(userId, Presence.Status.OFFLINE, null);
    }

    /**
     * Sends a presence that another node publishes in several rooms to the sessions in the first of them. Sessions that
     * receive it otherwise are left out.
     *
     * @param otherRooms rooms of this node in which the presence is sent as well
     * @param later as in {@link #send}
     */
    void sendInFirst(
            Presence presence,
            List<String> conversationIds,
            Collection<String> otherRooms,
            Consumer<List<Session>> later) {
        String first = conversationIds.get(0);
        Set<Session> recipients = new LinkedHashSet<>(rooms.sessionsIn(first));
        if (recipients.isEmpty() || rooms.isLarge(first)) {
            return;
        }
        subscriptions.subscribersOf(presence.userId()).forEach(recipients::remove);
        small(otherRooms).forEach(id -> rooms.sessionsIn(id).forEach(recipients::remove));
        small(conversationIds).stream()
                .filter(id -> id.compareTo(first) < 0)
                .forEach(id -> rooms.sessionsIn(id).forEach(recipients::remove));
        sendFromOther(presence, recipients, later);
    }

    /** Sends a presence as the other node has it, as this one may not know it. That node conceals it for this one, too. */
    private void sendFromOther(Presence presence, Set<Session> inRooms, Consumer<List<Session>> later) {
        String userId = presence.userId();
        Consumer<List<Session>> now = recipients -> sendTo(recipients, presence);
        withPrivacy(userId, inRooms, isHidden -> {
            if (!isHidden) {
                sendVisible(userId, inRooms, Set.of(), now, later);
            } else if (presence.equals(concealed(userId))) {
                conceal(userId, inRooms);
            }
        });
    }

    /** Passes on whether the user hides the presence: now if it is known and on a worker if not. Nothing without recipients. */
    private void withPrivacy(String userId, Set<Session> recipients, Consumer<Boolean> then) {
        if (recipients.isEmpty()) {
            return;
        }
        Boolean known = hidden.ifKnown(userId);
        if (known == null) {
            hidden.read(userId, then);
        } else {
            then.accept(known);
        }
    }

    /** Sends a presence to sessions in rooms, and to others whose right to see it is checked. */
    private void send(Presence presence, Set<Session> inRooms, Set<Session> checked, Consumer<List<Session>> later) {
        String userId = presence.userId();
        boolean isPrivacyKnown = hidden.ifKnown(userId) != null;
        Consumer<List<Session>> now = isPrivacyKnown ? recipients -> sendTo(recipients, presence) : later;
        withPrivacy(userId, inRooms.isEmpty() ? checked : inRooms, isHidden -> {
            if (!isHidden) {
                sendVisible(userId, inRooms, checked, now, later);
            }
        });
    }

    /**
     * Sends a presence that the user does not hide.
     *
     * @param now sends it to sessions that are known to see it
     * @param later sends it to those of whom the store or the host must be asked
     */
    private void sendVisible(
            String userId,
            Set<Session> inRooms,
            Set<Session> checked,
            Consumer<List<Session>> now,
            Consumer<List<Session>> later) {
        Set<Session> recipients = new LinkedHashSet<>(visibility.includesRooms() ? inRooms : Set.of());
        Set<Session> unknown = new LinkedHashSet<>();
        Set<Session> others = new LinkedHashSet<>(checked);
        others.addAll(visibility.includesRooms() ? Set.of() : inRooms);
        others.forEach(session -> (isKnownVisible(userId, session) ? recipients : unknown).add(session));
        now.accept(List.copyOf(recipients));
        unknown.removeAll(recipients);
        sendToVisible(userId, unknown, later);
    }

    void sendTo(Collection<Session> recipients, Presence presence) {
        publisher.send(new PresenceChanged(presence), new Audience.Sessions(List.copyOf(recipients)));
    }

    private boolean isKnownVisible(String userId, Session session) {
        return session.principal()
                .knownUserId()
                .filter(viewer -> visibility.isKnown(viewer, userId))
                .isPresent();
    }

    /** Asks the store on a worker, or the host on its own thread. */
    private void sendToVisible(String userId, Set<Session> sessions, Consumer<List<Session>> later) {
        if (!sessions.isEmpty()) {
            try {
                lanes.execute(() -> sendToVisible(sessions, userId, later));
            } catch (ChatException busy) {
                logDropped(sessions, busy);
            }
        }
    }

    private void sendToVisible(Set<Session> sessions, String userId, Consumer<List<Session>> later) {
        Set<String> viewers = new HashSet<>();
        sessions.forEach(session -> session.principal().knownUserId().ifPresent(viewers::add));
        visibility.viewersOf(userId, viewers).whenComplete((visible, failure) -> {
            if (failure == null) {
                later.accept(among(sessions, visible));
            } else {
                logDropped(sessions, ChatException.from(failure));
            }
        });
    }

    private static List<Session> among(Set<Session> sessions, Set<String> userIds) {
        return sessions.stream()
                .filter(session -> session.principal()
                        .knownUserId()
                        .filter(userIds::contains)
                        .isPresent())
                .toList();
    }

    private static void logDropped(Set<Session> sessions, ChatException refusal) {
        log.debug("dropped a presence event for {} sessions: {}", sessions.size(), refusal.code());
    }
}
