package io.roomcast.chat.socketio.guard;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/** Finds the programs that tests need. */
public final class Programs {
    private Programs() {}

    /** Returns whether a program is installed: whether it succeeds with the argument. */
    public static boolean runs(String program, String argument) {
        try {
            return new ProcessBuilder(program, argument)
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Skips a test for the reason. Fails it instead if the environment variable CI is true. */
    public static ConditionEvaluationResult skipOrFail(String reason) {
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            throw new IllegalStateException(reason);
        }
        return ConditionEvaluationResult.disabled(reason);
    }
}
