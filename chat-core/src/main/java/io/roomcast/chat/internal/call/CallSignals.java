package io.roomcast.chat.internal.call;

import io.roomcast.chat.command.SignalCall;
import io.roomcast.chat.event.CallSignalled;
import io.roomcast.chat.internal.room.OtherNodes;
import java.util.List;

/** Passes signals between participants. Safe for use by any thread; never blocks. */
final class CallSignals {
    private final CallDevices devices;
    private final CallAnnouncer announcer;
    private final OtherNodes others;

    CallSignals(CallDevices devices, CallAnnouncer announcer, OtherNodes others) {
        this.devices = devices;
        this.announcer = announcer;
        this.others = others;
    }

    void send(SignalCall signal, CallDevice from, String toUserId) {
        if (!deliver(signal, from.participantId()) && others.mayExist()) {
            others.sendCallSignal(toUserId, CallFields.write(signal, from.participantId()));
        }
    }

    /** A signal of another server for a participant on this one is lost. */
    void lose(SignalCall signal) {
        devices.find(signal.callId(), signal.to()).ifPresent(CallDevice::lose);
    }

    /** Delivers a signal to a participant on this server. Returns false if it is on another. */
    boolean deliver(SignalCall signal, String from) {
        CallDevice device = devices.find(signal.callId(), signal.to()).orElse(null);
        if (device == null) {
            return false;
        }
        CallDevice.Incoming incoming = device.add(from, signal.kind(), signal.data());
        if (incoming.session() != null) {
            announcer.send(new CallSignalled(signal.callId(), incoming.signal()), List.of(incoming.session()));
        }
        return true;
    }
}
