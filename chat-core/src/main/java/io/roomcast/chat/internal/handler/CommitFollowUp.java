package io.roomcast.chat.internal.handler;

import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.execution.UnconfirmedMessages;
import io.roomcast.chat.internal.port.ListenerQueue;
import io.roomcast.chat.internal.port.MeteredBroadcaster;
import io.roomcast.chat.internal.receipt.UnreadNotifier;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.OutboundEvent;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.MessageStore;
import org.jspecify.annotations.Nullable;

/**
 * Follows up each stored message once, on the server whose append stored it: counts the message, calls the host's
 * listener, and updates the members' unread counts.
 *
 * <p>This also holds if the store's answer was lost, or if the room is empty. A crash between the commit and the
 * follow-up is not repaired. Safe for use by any thread; only {@link #close} blocks.
 */
public final class CommitFollowUp implements AutoCloseable {
    private final UnconfirmedMessages unconfirmed;
    private final ConversationLanes lanes;
    private final Publisher publisher;
    private final ListenerQueue listeners;
    private final UnreadNotifier unread;
    private final MeteredBroadcaster broadcaster;
    private volatile boolean closing;

    CommitFollowUp(
            MessageStore store,
            ConversationLanes lanes,
            SafeScheduler scheduler,
            Publisher publisher,
            ListenerQueue listeners,
            UnreadNotifier unread,
            MeteredBroadcaster broadcaster) {
        this.unconfirmed = new UnconfirmedMessages(store, lanes, scheduler, this::publishFound);
        this.lanes = lanes;
        this.publisher = publisher;
        this.listeners = listeners;
        this.unread = unread;
        this.broadcaster = broadcaster;
    }

    /** Reports a message that is stored to the listener, before it is sent to its room; called once for each message. */
    void stored(Message message) {
        listeners.event(new MessageSent(message));
    }

    /**
     * Follows up a message that is stored and was sent to its room; called once for each message.
     *
     * @param senderSessionId the session that receives the acknowledgement, or null if there is none
     */
    void committed(Message message, @Nullable String senderSessionId) {
        broadcaster.recordPersisted();
        listeners.messageSent(message);
        unread.messageSent(message, senderSessionId);
    }

    /** Records that it is unknown whether the message is stored. */
    void unconfirmed(MessageDraft draft) {
        unconfirmed.add(draft);
    }

    /** Returns whether an already stored message still needs its follow-up. If so, the caller must do it. */
    boolean takeUnconfirmed(Message stored) {
        return unconfirmed.take(stored);
    }

    /** Publishes a stored message whose sender received an uncertain failure and has not repeated it. */
    private boolean publishFound(Message message) {
        if (closing) {
            // The lanes accept no more tasks, and no later message can follow this one.
            publish(message);
            return true;
        }
        return lanes.tryExecute(message.conversationId(), () -> publish(message));
    }

    private void publish(Message message) {
        stored(message);
        try {
            publisher.publish(new OutboundEvent(
                    new MessageSent(message), new Audience.Room(message.conversationId(), null), true));
        } finally {
            committed(message, null);
        }
    }

    /** Returns how many messages may or may not be stored. */
    int size() {
        return unconfirmed.size();
    }

    /** Looks those messages up once more. */
    @Override
    public void close() {
        closing = true;
        unconfirmed.close();
    }
}
