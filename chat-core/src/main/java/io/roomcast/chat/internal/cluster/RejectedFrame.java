package io.roomcast.chat.internal.cluster;

/** A frame cannot be read. Without a stack trace, because any program that reaches the bus can cause it. */
public final class RejectedFrame extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final DropReason reason;

    RejectedFrame(DropReason reason) {
        super(reason.label(), null, false, false);
        this.reason = reason;
    }

    /** Returns why. */
    public DropReason reason() {
        return reason;
    }
}
