package io.roomcast.chat.internal.port;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.util.function.Supplier;

/** Runs the steps of a request that follow its first write, after which no failure may mean that nothing was stored. */
public final class AfterWrite {
    private AfterWrite() {}

    /** Runs a step. Fails with {@link ErrorCode#TIMEOUT} if the store is unavailable. */
    public static <T> T call(Supplier<T> step) {
        try {
            return step.get();
        } catch (ChatException failure) {
            throw failed(failure);
        }
    }

    /** Does the same as {@link #call} for a step without a result. */
    public static void run(Runnable step) {
        call(() -> {
            step.run();
            return true;
        });
    }

    /** Returns the failure of a request that may have stored something. */
    public static ChatException failed(ChatException failure) {
        return failure.code() == ErrorCode.STORAGE_UNAVAILABLE ? ChatException.of(ErrorCode.TIMEOUT, failure) : failure;
    }
}
