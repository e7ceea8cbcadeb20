package io.roomcast.chat.internal.room;

import io.roomcast.chat.time.VirtualTime;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The steps of a history in virtual time, in milliseconds. A step that throws is an error. */
final class ModelSteps {
    private final VirtualTime time;
    private final Random random;
    private final List<String> errors;
    private final long start;

    ModelSteps(VirtualTime time, Random random, List<String> errors) {
        this.time = time;
        this.random = random;
        this.errors = errors;
        this.start = time.clock().millis();
    }

    long now() {
        return time.clock().millis() - start;
    }

    /** Returns a number between two, both included. */
    long random(long low, long high) {
        return low + random.nextInt((int) (high - low + 1));
    }

    void at(long millis, Runnable step) {
        after(millis - now(), step);
    }

    void after(long millis, Runnable step) {
        time.scheduler().schedule(() -> run(step), millis, TimeUnit.MILLISECONDS);
    }

    /** Takes the step after a random delay. */
    void after(long low, long high, Runnable step) {
        after(random(low, high), step);
    }

    private void run(Runnable step) {
        try {
            step.run();
        } catch (Throwable fault) {
            errors.add("step failed: " + fault);
        }
    }
}
