package io.roomcast.chat.internal.push;

import io.roomcast.chat.model.PendingPush;
import java.time.Instant;

/**
 * A notification that this server is about to send. {@link PushQueue} guards its state, except while it is being sent:
 * then the thread that does so uses it.
 */
final class HeldPush {
    /** The notification as this server has stored it: due at the end of the lease. */
    private PendingPush stored;

    private long seq;
    private Instant sendAt;
    private boolean isSending;
    private final boolean isRecovered;

    /**
     * Creates a notification that waits.
     *
     * @param sendAt when to send it
     * @param isRecovered whether another server, or none, held it before, so that there may be newer messages
     */
    HeldPush(PendingPush stored, Instant sendAt, boolean isRecovered) {
        this.stored = stored;
        this.seq = stored.seq();
        this.sendAt = sendAt;
        this.isRecovered = isRecovered;
    }

    PendingPush stored() {
        return stored;
    }

    /** Returns the highest sequence number of a message that this may be about. */
    long upTo() {
        return isRecovered ? Long.MAX_VALUE : seq;
    }

    Instant sendAt() {
        return sendAt;
    }

    /** Lets this be about a newer message, and be sent earlier. Returns false if it is being sent. */
    boolean merge(PendingPush newer) {
        if (isSending) {
            return false;
        }
        seq = Math.max(seq, newer.seq());
        sendAt = newer.dueAt().isBefore(sendAt) ? newer.dueAt() : sendAt;
        return true;
    }

    /** Begins to send it if it is time. Returns false otherwise. */
    boolean tryStart(Instant now) {
        boolean isDue = !isSending && !now.isBefore(sendAt);
        isSending = isSending || isDue;
        return isDue;
    }

    boolean isSending() {
        return isSending;
    }

    /** Waits again. */
    void delayUntil(Instant at) {
        sendAt = at;
        isSending = false;
    }

    /** Records what is stored now. */
    void replace(PendingPush now) {
        stored = now;
    }

    /** Returns the notification of the newest message. */
    PendingPush newest() {
        return stored.upTo(Math.max(seq, stored.seq()));
    }
}
