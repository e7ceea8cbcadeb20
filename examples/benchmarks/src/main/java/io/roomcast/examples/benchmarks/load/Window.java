package io.roomcast.examples.benchmarks.load;

/**
 * Limits the messages of one sender that are in flight. Allows a new message once the oldest one has reached all
 * recipients.
 */
final class Window {
    private final MessageSender sender;
    private final int[] missing;
    private final int limit;
    private int oldest;
    private int oldestAtLastCheck;

    Window(MessageSender sender, int inFlight, int limit) {
        this.sender = sender;
        this.missing = new int[inFlight];
        this.limit = limit;
    }

    /** Sends as many messages as the window allows. */
    void fill() {
        while (sender.sent() < limit && sender.sent() - oldest < missing.length) {
            missing[sender.sent() % missing.length] = sender.recipients();
            sender.send();
        }
    }

    /** Records a delivery. Returns whether the window now allows another message. */
    boolean delivered(int counter) {
        if (counter < oldest) {
            return false;
        }
        missing[counter % missing.length]--;
        int before = oldest;
        while (oldest < sender.sent() && missing[oldest % missing.length] == 0) {
            oldest++;
        }
        return oldest > before;
    }

    /**
     * Skips the oldest message if it was the oldest at the previous call too. Returns whether the window now allows
     * another message.
     */
    boolean skipIfStuck() {
        boolean stuck = oldest == oldestAtLastCheck && oldest < sender.sent();
        if (stuck) {
            oldest++;
        }
        oldestAtLastCheck = oldest;
        return stuck;
    }
}
