package io.roomcast.chat.internal.call;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.model.CallSignal;
import io.roomcast.chat.model.CallSignalKind;
import io.roomcast.chat.model.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A participant whose session is, or was last, on this server. Safe for use by any thread. */
final class CallDevice {
    /** Numbers the signals for one participant, and keeps the newest ones. Not safe for use by several threads. */
    private static final class SignalBuffer {
        private static final int MAX_SIGNALS = 128;
        private static final int MAX_LENGTH = 256 * 1024;

        private final Deque<CallSignal> kept = new ArrayDeque<>();
        private long next;
        private int length;

        /**
         * Creates a buffer.
         *
         * @param after the number of the last signal that the participant has received
         */
        private SignalBuffer(long after) {
            this.next = after + 1;
        }

        private CallSignal add(String from, CallSignalKind kind, @Nullable String data) {
            CallSignal signal = new CallSignal(next++, from, kind, data);
            kept.add(signal);
            length += lengthOf(signal);
            while (kept.size() > MAX_SIGNALS || length > MAX_LENGTH) {
                length -= lengthOf(kept.remove());
            }
            return signal;
        }

        /** Forgets all signals. The next one follows a number. */
        private void restart(long after) {
            next = after + 1;
            kept.clear();
            length = 0;
        }

        /** Skips a number, since a signal did not arrive. What is kept from before is not enough any more. */
        private void lose() {
            restart(next);
        }

        private static int lengthOf(CallSignal signal) {
            return signal.data() == null ? 0 : signal.data().length();
        }

        /** Returns the kept signals with a higher number. */
        private List<CallSignal> after(long n) {
            return kept.stream().filter(signal -> signal.n() > n).toList();
        }

        /** Returns whether a signal with a higher number is no longer kept, or the number was never used. */
        private boolean hasLost(long n) {
            CallSignal first = kept.peek();
            return n < (first == null ? next : first.n()) - 1 || n >= next;
        }
    }

    private final String participantId;
    private final String callId;
    private final String userId;

    @GuardedBy("this")
    private final SignalBuffer signals;

    @Nullable
    @GuardedBy("this")
    private Session session;

    /** The revision of the call with which the device connected to this server last. */
    private volatile long connectedAt;

    /**
     * Creates a device.
     *
     * @param after the number of the last signal that it has received on another server, or 0
     */
    CallDevice(String participantId, String callId, String userId, Session session, long after) {
        this.participantId = participantId;
        this.callId = callId;
        this.userId = userId;
        this.session = session;
        this.signals = new SignalBuffer(after);
    }

    String participantId() {
        return participantId;
    }

    String callId() {
        return callId;
    }

    String userId() {
        return userId;
    }

    /** Records with which revision of the call the device has connected to this server. */
    void connectedAt(long revision) {
        connectedAt = revision;
    }

    /** Returns the revision of the call with which the device connected to this server last. */
    long connectedAt() {
        return connectedAt;
    }

    /** Returns the session, or null while the device is away. */
    synchronized @Nullable Session session() {
        return session;
    }

    /** Disconnects the device from a session that closed. Returns false if the device has another one by now. */
    synchronized boolean detach(Session closed) {
        boolean isCurrent = session == closed;
        if (isCurrent) {
            session = null;
        }
        return isCurrent;
    }

    /**
     * A signal for the participant.
     *
     * @param session the session to send it to, or null if it waits until the device returns
     */
    record Incoming(CallSignal signal, @Nullable Session session) {}

    /** Numbers a signal for the participant, and keeps it. */
    synchronized Incoming add(String from, CallSignalKind kind, @Nullable String data) {
        return new Incoming(signals.add(from, kind, data), session);
    }

    /** Records that a signal for the participant was lost. */
    synchronized void lose() {
        signals.lose();
    }

    /**
     * Connects the device with a session, and returns the signals that the device has missed. Each signal is either among
     * them or for that session, also if it is added at the same time.
     *
     * @param after the number of the last signal that the device has received
     * @return empty if some of the missed signals are lost; the next one then follows the given number
     */
    synchronized Optional<List<CallSignal>> resume(Session replacement, long after) {
        session = replacement;
        if (signals.hasLost(after)) {
            signals.restart(after);
            return Optional.empty();
        }
        return Optional.of(signals.after(after));
    }
}
