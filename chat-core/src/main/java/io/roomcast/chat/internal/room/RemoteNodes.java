package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.CallAccepted;
import io.roomcast.chat.event.CallDeclined;
import io.roomcast.chat.event.CallEnded;
import io.roomcast.chat.event.CallLeft;
import io.roomcast.chat.event.CallSignalled;
import io.roomcast.chat.event.CallStarted;
import io.roomcast.chat.event.CallUpdated;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.ConversationDeleted;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.CustomEventSent;
import io.roomcast.chat.event.IncomingCall;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.event.MemberUpdated;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.PreferencesChanged;
import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.event.ReceiptChanged;
import io.roomcast.chat.event.RoomStats;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.SessionRevoked;
import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.event.TokenExpiring;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.event.UploadFinished;
import io.roomcast.chat.event.UploadProgress;
import io.roomcast.chat.event.UserJoined;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.event.UserUpdated;
import io.roomcast.chat.event.ViewingStarted;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.cluster.ClusterEvent;
import io.roomcast.chat.internal.cluster.ClusterEvent.ConversationNotice;
import io.roomcast.chat.internal.cluster.ClusterEvent.ConversationNotice.Cause;
import io.roomcast.chat.internal.cluster.ClusterLink;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends this node's events to the other nodes; does nothing on a single node. Safe for use by any thread; never blocks. */
final class RemoteNodes {
    private static final Logger log = LoggerFactory.getLogger(RemoteNodes.class);
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);
    private static final long MIN_DELAY_MILLIS = 40;
    private static final long MAX_DELAY_MILLIS = 80;

    /** The events that are not passed on: they concern sessions of this node, or other parts notify the other nodes. */
    static final Set<Class<? extends ChatEvent>> LOCAL = Set.of(
            CallAccepted.class,
            CallDeclined.class,
            CallEnded.class,
            CallLeft.class,
            CallSignalled.class,
            CallStarted.class,
            CallUpdated.class,
            ConversationDeleted.class,
            IncomingCall.class,
            PreferencesChanged.class,
            PresenceChanged.class,
            RoomStats.class,
            RoomSynced.class,
            SessionRevoked.class,
            SessionStarted.class,
            SyncRequired.class,
            TokenExpiring.class,
            UnreadChanged.class,
            UserJoined.class,
            UserLeft.class,
            UserUpdated.class,
            ViewingStarted.class,
            ViewingStopped.class);

    /** Null on a single node, and before the start. */
    @Nullable
    private volatile ClusterLink link;

    /** Sends events through a link from now on. */
    void connect(ClusterLink opened) {
        link = opened;
    }

    /** Returns whether there may be other nodes. */
    boolean isOpen() {
        return link != null;
    }

    /** Returns whether this node receives the events of other nodes now. */
    boolean isConnected() {
        ClusterLink current = link;
        return current != null && current.isConnected();
    }

    /** Returns how long to wait for missing events: they may be on their way, or no other node sends them. */
    Duration readDelay() {
        return isConnected()
                ? Duration.ofMillis(ThreadLocalRandom.current().nextLong(MIN_DELAY_MILLIS, MAX_DELAY_MILLIS + 1))
                : Duration.ZERO;
    }

    /**
     * Notifies the other nodes with sessions in the room, or of the users, if they know such an event. Logs a failure.
     *
     * @param repeats whether the event was sent before; then the other nodes compare their positions only
     */
    void send(ChatEvent event, Audience audience, boolean repeats) {
        ClusterLink current = link;
        if (current == null) {
            return;
        }
        try {
            if (audience instanceof Audience.Room room) {
                send(event, room.conversationId(), repeats, current);
            } else if (audience instanceof Audience.OtherUsers others) {
                send(event, others.conversationId(), repeats, current);
            } else if (audience instanceof Audience.OtherSessions others) {
                send(event, others, current);
            } else if (audience instanceof Audience.Users users) {
                send(event, users.userIds(), current);
            }
        } catch (Throwable fault) {
            log.error("failed to send {} to other nodes", event.getClass().getSimpleName(), fault);
        }
    }

    private static void send(ChatEvent event, String conversationId, boolean repeats, ClusterLink link) {
        ClusterEvent remote = remoteForm(event, repeats);
        if (remote != null) {
            link.publish(Channel.conversation(conversationId), remote);
        }
    }

    private static void send(ChatEvent event, Audience.OtherSessions others, ClusterLink link) {
        if (event instanceof CustomEventSent custom) {
            String conversationId = others.conversationId();
            link.publish(Channel.conversation(conversationId), roomEvent(conversationId, custom, others.userIds()));
        } else {
            requireLocal(event);
        }
    }

    private static ClusterEvent roomEvent(String conversationId, CustomEventSent custom, Collection<String> userIds) {
        return new ClusterEvent.RoomEvent(
                conversationId, custom.userId(), custom.name(), custom.data(), custom.at(), List.copyOf(userIds));
    }

    private static void send(ChatEvent event, Collection<String> userIds, ClusterLink link) {
        for (String userId : userIds) {
            ClusterEvent notice = notice(event, userId);
            if (notice != null) {
                link.publish(Channel.user(userId), notice);
            }
        }
    }

    /** Returns what a user's sessions on other nodes are notified of, or null if nothing. */
    static @Nullable ClusterEvent notice(ChatEvent event, String userId) {
        if (event instanceof ConversationUpdated updated) {
            String conversationId = updated.conversation().conversationId();
            return new ConversationNotice(userId, conversationId, Cause.UPDATED, null, updated.updatedBy());
        } else if (event instanceof MemberAdded added) {
            String conversationId = added.conversation().conversationId();
            return new ConversationNotice(userId, conversationId, Cause.MEMBER_ADDED, added.userId(), added.addedBy());
        }
        if (event instanceof MemberRemoved removed) {
            return new ConversationNotice(
                    userId, removed.conversationId(), Cause.MEMBER_REMOVED, removed.userId(), removed.removedBy());
        }
        if (event instanceof MemberUpdated updated) {
            return new ConversationNotice(
                    userId,
                    updated.conversationId(),
                    Cause.MEMBER_UPDATED,
                    updated.member().userId(),
                    updated.changedBy());
        }
        if (event instanceof UploadFinished finished) {
            return new ClusterEvent.UploadEnded(finished, false);
        }
        if (event instanceof CustomEventSent custom && custom.conversationId() == null) {
            return new ClusterEvent.UserEvent(userId, custom.name(), custom.data(), custom.at());
        }
        requireLocal(event);
        return null;
    }

    /** Returns what a room's sessions on other nodes are notified of, or null if nothing. */
    static @Nullable ClusterEvent remoteForm(ChatEvent event, boolean repeats) {
        if (event instanceof MessageSent sent) {
            return repeats ? head(sent.message()) : new ClusterEvent.MessageStored(sent.message());
        } else if (event instanceof MessageChanged changed) {
            return new ClusterEvent.Change(changed);
        } else if (event instanceof TypingStarted typing) {
            return new ClusterEvent.Ephemeral(typing.conversationId(), typing.userId(), true, typing.expiresIn());
        } else if (event instanceof TypingStopped typing) {
            return new ClusterEvent.Ephemeral(typing.conversationId(), typing.userId(), false, Duration.ZERO);
        } else if (event instanceof ReceiptChanged changed) {
            return new ClusterEvent.Receipt(changed.receipt());
        } else if (event instanceof CustomEventSent custom && custom.conversationId() != null) {
            return roomEvent(custom.conversationId(), custom, Set.of());
        }
        if (event instanceof UploadProgress progress) {
            return new ClusterEvent.UploadProgressed(progress);
        } else if (event instanceof UploadFinished finished) {
            return new ClusterEvent.UploadEnded(finished, true);
        }
        requireLocal(event);
        return null;
    }

    private static void requireLocal(ChatEvent event) {
        if (!LOCAL.contains(event.getClass())) {
            throw new IllegalArgumentException("event: " + event.getClass().getSimpleName()
                    + " (expected: one with a form for this audience on other nodes, or a local one)");
        }
    }

    private static ClusterEvent head(Message message) {
        return new ClusterEvent.Head(message.conversationId(), new Position(message.seq(), message.version()));
    }

    /** Publishes an event in a channel. */
    void publish(Channel channel, ClusterEvent event) {
        ClusterLink current = link;
        if (current != null) {
            current.publish(channel, event);
        }
    }

    /** Subscribes to a channel. The stage completes when this node receives its events. */
    CompletionStage<Void> subscribe(Channel channel) {
        ClusterLink current = link;
        return current == null ? DONE : current.subscribe(List.of(channel));
    }

    void unsubscribe(List<Channel> channels) {
        ClusterLink current = link;
        if (current != null) {
            current.unsubscribe(channels);
        }
    }
}
