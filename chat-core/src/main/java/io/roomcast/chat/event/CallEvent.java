package io.roomcast.chat.event;

/** An event about a call. It is never dropped. */
public sealed interface CallEvent extends ChatEvent
        permits CallAccepted, CallDeclined, CallEnded, CallLeft, CallSignalled, CallStarted, CallUpdated, IncomingCall {
    /** Returns the id of the call. */
    String callId();

    @Override
    default Delivery delivery() {
        return Delivery.REQUIRED;
    }
}
