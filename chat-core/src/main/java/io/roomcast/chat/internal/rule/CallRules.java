package io.roomcast.chat.internal.rule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomcast.chat.command.RejoinCall;
import io.roomcast.chat.command.SignalCall;
import io.roomcast.chat.model.CallSignalKind;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import java.util.regex.Pattern;

/** Checks the form of requests about calls. */
public final class CallRules {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Checks the id of a call. */
    public void callId(String callId) {
        id(callId, "callId");
    }

    private static void id(String id, String field) {
        if (id.isEmpty()) {
            throw ChatException.missing(field);
        }
        FieldRules.require(ID.matcher(id).matches(), field);
    }

    /** Checks a signal. Only the end of the candidates has no data. */
    public void signal(SignalCall signal) {
        callId(signal.callId());
        id(signal.to(), "to");
        String data = signal.data();
        if (data == null) {
            FieldRules.require(signal.kind() == CallSignalKind.CANDIDATES, "data");
            return;
        }
        if (data.getBytes(UTF_8).length > FixedLimits.CALL_SIGNAL_BYTES) {
            throw ChatException.of(ErrorCode.PAYLOAD_TOO_LARGE);
        }
        FieldRules.require(EventRules.isJson(data), "data");
    }

    /** Checks a return to a call. */
    public void rejoin(RejoinCall rejoin) {
        callId(rejoin.callId());
        id(rejoin.key(), "key");
        FieldRules.require(FieldRules.isCount(rejoin.after()), "after");
    }
}
