package io.roomcast.chat.internal.push;

import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.spi.PushResult;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One notification on its way to a push service.
 *
 * @param decidedAt when it was decided that the device is to receive it
 * @param listener receives the outcome
 */
record PushDelivery(PushDevice device, PushMessage message, Instant decidedAt, Listener listener) {
    /** Receives the outcome of one notification: one call of {@link #finished} or {@link #postponed}. Methods may block. */
    interface Listener {
        /**
         * Returns whether the notification is still to be sent by this server. If not, no other method is called.
         *
         * @param limit how long sending may take
         */
        boolean starts(Duration limit);

        /**
         * Decides again about a notification that has waited for its push service. Returns what is to be sent now, or null
         * if nothing is; then no other method is called.
         */
        @Nullable
        PushDelivery decideAgain();

        /**
         * The push service has answered.
         *
         * @param notBefore the time from which the service accepts notifications
         */
        void finished(PushDevice device, PushResult result, Instant notBefore);

        /** The push service accepts no notifications until a time. */
        void postponed(Instant until);
    }
}
