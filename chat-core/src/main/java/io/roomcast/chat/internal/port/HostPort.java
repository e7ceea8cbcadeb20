package io.roomcast.chat.internal.port;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.ServiceUnavailableException;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the host's code, and contains whatever it throws. The chat calls host code in no other way.
 *
 * <p>A failure is logged at most once in five seconds for each port, by its class and the line that threw it. Its
 * message is not logged, as it may hold a token or user content. Safe for use by any thread.
 */
public final class HostPort {
    private static final Logger log = LoggerFactory.getLogger(HostPort.class);

    private final String name;
    private final LogThrottle pace = new LogThrottle();

    /** A port that the log calls by the given name, such as "access policy". */
    public HostPort(String name) {
        this.name = name;
    }

    /** Returns what the call returns, or the fallback if it throws or returns null. Blocks as long as the call does. */
    <T> T call(Supplier<? extends @Nullable T> call, T fallback) {
        try {
            T answer = call.get();
            return answer == null ? fallback : answer;
        } catch (Throwable failure) {
            failed(failure);
            return fallback;
        }
    }

    /** Makes a call that returns nothing. Blocks as long as the call does. */
    public void run(Runnable call) {
        try {
            call.run();
        } catch (Throwable failure) {
            failed(failure);
        }
    }

    /** Logs a failure that the caller deals with. */
    void failed(Throwable failure) {
        note("failed with " + describe(failure));
    }

    /** Logs what went wrong, in words that contain nothing of a user's. */
    public void note(String what) {
        if (pace.isDue()) {
            log.warn("the {} {}{}", name, what, pace.leftOut());
        }
    }

    /** The same at a lower level, for what is in order but worth knowing. */
    public void mention(String what) {
        if (pace.isDue()) {
            log.info("the {} {}{}", name, what, pace.leftOut());
        }
    }

    /**
     * Returns the answer to a command that a port has failed: a refusal of the host's own as it is, {@link
     * ErrorCode#UNAVAILABLE} for a {@link ServiceUnavailableException}, and {@link ErrorCode#INTERNAL_ERROR} for all else.
     */
    ChatException refusal(Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return refusal(failure.getCause());
        }
        if (failure instanceof ChatException refusal) {
            return refusal;
        }
        failed(failure);
        ErrorCode code =
                failure instanceof ServiceUnavailableException ? ErrorCode.UNAVAILABLE : ErrorCode.INTERNAL_ERROR;
        return ChatException.of(code, new ReportedFailure(failure));
    }

    /** The failure's class and the line that threw it, but not its message. */
    public static String describe(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        String kind = failure.getClass().getName();
        return trace.length == 0 ? kind : kind + " at " + trace[0];
    }
}
