package io.roomcast.chat.internal.call;

import io.roomcast.chat.model.Call;
import java.util.List;

/**
 * The result of a step of the state machine. Immutable.
 *
 * @param before the call before the step
 * @param call the call after it
 * @param facts what has changed for those who are notified, in order
 */
record CallStep(Call before, Call call, List<CallFact> facts) {
    CallStep {
        facts = List.copyOf(facts);
    }

    static CallStep unchanged(Call call) {
        return new CallStep(call, call, List.of());
    }

    boolean isUnchanged() {
        return facts.isEmpty() && before.revision() == call.revision();
    }

    /** Returns whether the call has ended by this step. */
    boolean ends() {
        return call.isEnded() && !before.isEnded();
    }
}
