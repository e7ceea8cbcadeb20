package io.roomcast.examples.benchmarks.load;

/** The messages of one sender that are still on their way: a new one may go once the oldest has reached everybody. */
final class Window {
    private final Sender sender;
    private final int[] awaited;
    private final int limit;
    private int oldest;
    private int seen;

    Window(Sender sender, int inFlight, int limit) {
        this.sender = sender;
        this.awaited = new int[inFlight];
        this.limit = limit;
    }

    /** Sends as much as may go. */
    void fill() {
        while (sender.sent() < limit && sender.sent() - oldest < awaited.length) {
            awaited[sender.sent() % awaited.length] = sender.recipients();
            sender.send();
        }
    }

    /** Whether more may go now. */
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

    /** Gives up the oldest message if it was the oldest at the last call too; whether more may go now. */
    boolean giveUp() {
        boolean stuck = oldest == seen && oldest < sender.sent();
        if (stuck) {
            oldest++;
        }
        seen = oldest;
        return stuck;
    }
}
