package io.roomcast.chat.internal;

import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.MessageStore;

/**
 * What happens once for each stored message, on the server whose append stored it: it is counted, the host's listener
 * is called, and the members' unread counts are told.
 *
 * <p>That the store's answer was lost makes no difference, nor whether anybody is in the room. A crash between the
 * commit and here is not made good. Safe for use by any thread; only {@link #close} blocks.
 */
final class CommitFollowUp implements AutoCloseable {
    private final UnconfirmedMessages unconfirmed;
    private final ConversationLanes lanes;
    private final Publisher publisher;
    private final ListenerQueue listeners;
    private final UnreadNews unread;
    private final Tally tally;
    private volatile boolean closing;

    CommitFollowUp(
            MessageStore store,
            ConversationLanes lanes,
            Timers timers,
            Publisher publisher,
            ListenerQueue listeners,
            UnreadNews unread,
            Tally tally) {
        this.unconfirmed = new UnconfirmedMessages(store, lanes, timers, this::found);
        this.lanes = lanes;
        this.publisher = publisher;
        this.listeners = listeners;
        this.unread = unread;
        this.tally = tally;
    }

    /** A message is stored, and its room was told; called once for each message. */
    void committed(Message message) {
        tally.persist();
        listeners.messageSent(message);
        unread.messageSent(message);
    }

    /** It is not known whether a message is stored. */
    void unconfirmed(MessageDraft draft) {
        unconfirmed.add(draft);
    }

    /** Whether a message that was stored before has not been followed up; the caller then sees to it. */
    boolean isOwed(Message stored) {
        return unconfirmed.claim(stored);
    }

    /** A message was stored whose sender was told that this is not known, and has not repeated it. */
    private boolean found(Message message) {
        if (closing) {
            // No lane takes anything any more, and nothing comes after the message.
            tell(message);
            return true;
        }
        return lanes.offer(message.conversationId(), () -> tell(message));
    }

    private void tell(Message message) {
        try {
            publisher.publish(
                    new Publication(new MessageSent(message), new Audience.Room(message.conversationId(), null), true));
        } finally {
            committed(message);
        }
    }

    /** How many messages are not known to be stored. */
    int size() {
        return unconfirmed.size();
    }

    /** Asks the store once more about those messages. */
    @Override
    public void close() {
        closing = true;
        unconfirmed.close();
    }
}
