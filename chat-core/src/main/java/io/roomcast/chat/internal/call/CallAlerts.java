package io.roomcast.chat.internal.call;

import io.roomcast.chat.model.CallOutcome;
import java.time.Duration;
import java.util.Set;

/**
 * Alerts users who are not connected. Called once for each call and user, on the server that carried out the step; must not
 * block.
 */
public interface CallAlerts {
    /** Alerts no users. */
    CallAlerts NONE = new CallAlerts() {
        @Override
        public void rings(Ringing call, Duration ringing) {}

        @Override
        public void stops(Ringing call, CallOutcome reason) {}
    };

    /**
     * A call that rings, or rang.
     *
     * @param from the user who started it
     * @param userIds the users whose devices ring, or rang
     */
    record Ringing(String callId, String conversationId, String from, Set<String> userIds) {
        /** Copies the ids. */
        public Ringing {
            userIds = Set.copyOf(userIds);
        }
    }

    /** A call rings for some time. */
    void rings(Ringing call, Duration ringing);

    /** A call no longer rings. */
    void stops(Ringing call, CallOutcome reason);
}
