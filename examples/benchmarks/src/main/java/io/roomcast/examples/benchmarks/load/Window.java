package io.roomcast.examples.benchmarks.load;

/**
 * Tracks the messages of one sender that are in flight. A new one may follow once the oldest has reached all members.
 */
final class Window {
    private final MessageSender sender;
    private final int[] awaited;
    private final int limit;
    private int oldest;
    private int seen;

    Window(MessageSender sender, int inFlight, int limit) {
        this.sender = sender;
        this.awaited = new int[inFlight];
        this.limit = limit;
    }

    /** Sends as many messages as allowed. */
    void fill() {
        while (sender.sent() < limit && sender.sent() - oldest < awaited.length) {
            awaited[sender.sent() % awaited.length] = sender.recipients();
            sender.send();
        }
    }

    /** Records a delivery. Returns whether more messages may be sent now. */
    boolean delivered(int counter) {
        if (counter < oldest) {
            return false;
        }
        awaited[counter % awaited.length]--;
        int before = oldest;
        while (oldest < sender.sent() && awaited[oldest % awaited.length] == 0) {
            oldest++;
        }
        return oldest > before;
    }

    /**
     * Gives up the oldest message if it was the oldest at the last call too. Returns whether more messages may be sent
     * now.
     */
    boolean giveUp() {
        boolean stuck = oldest == seen && oldest < sender.sent();
        if (stuck) {
            oldest++;
        }
        seen = oldest;
        return stuck;
    }
}
