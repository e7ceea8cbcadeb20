package io.roomcast.chat.internal.port;

import java.io.Serial;

/** Stands for a failure of a host's code that is in the log already, and carries none of its text. */
public final class ReportedFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Keeps the failure as the cause, for host code that catches it. */
    public ReportedFailure(Throwable failure) {
        super(failure.getClass().getName(), failure, false, false);
    }
}
