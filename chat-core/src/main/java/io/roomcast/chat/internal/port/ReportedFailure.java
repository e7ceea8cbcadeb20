package io.roomcast.chat.internal.port;

import java.io.Serial;

/** Marks a failure of the host's code that has been logged. Its message holds only the failure's class. */
public final class ReportedFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates a marker with the failure as its cause, for host code that catches it. */
    public ReportedFailure(Throwable failure) {
        super(failure.getClass().getName(), failure, false, false);
    }
}
