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
 * Calls the host's code, and catches and logs what it throws. The chat calls host code in no other way.
 *
 * <p>A failure is logged at most once in five seconds for each port, by its class and the line that threw it. Its
 * message is not logged, as it may contain a token or user content. Safe for use by any thread.
 */
public final class HostPort {
    private static final Logger log = LoggerFactory.getLogger(HostPort.class);

    private final String name;
    private final LogThrottle throttle = new LogThrottle();

    /**
     * Creates a port.
     *
     * @param name the port's name in the log, such as "access policy"
     */
    public HostPort(String name) {
        this.name = name;
    }

    /** Returns what the call returns, or the fallback if it throws or returns null. Blocks as long as the call does. */
    public <T> T call(Supplier<? extends @Nullable T> call, T fallback) {
        try {
            T result = call.get();
            return result == null ? fallback : result;
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

    /** Logs a failure that the caller handles. */
    void failed(Throwable failure) {
        warn("failed with " + describe(failure));
    }

    /**
     * Logs a warning.
     *
     * @param what completes a sentence that begins with the port's name; contains nothing that users wrote
     */
    public void warn(String what) {
        if (throttle.isDue()) {
            log.warn("the {} {}{}", name, what, throttle.skipped());
        }
    }

    /** As {@link #warn}, at the level {@code info}, for expected refusals. */
    public void info(String what) {
        if (throttle.isDue()) {
            log.info("the {} {}{}", name, what, throttle.skipped());
        }
    }

    /**
     * Returns the refusal of a command whose port has failed, and logs the failure. A {@link ChatException} of the host is
     * returned as it is and not logged. A {@link ServiceUnavailableException} becomes {@link ErrorCode#UNAVAILABLE}, and
     * any other failure {@link ErrorCode#INTERNAL_ERROR}.
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

    /** Returns the failure's class and the line that threw it, without its message. */
    public static String describe(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        String kind = failure.getClass().getName();
        return trace.length == 0 ? kind : kind + " at " + trace[0];
    }
}
