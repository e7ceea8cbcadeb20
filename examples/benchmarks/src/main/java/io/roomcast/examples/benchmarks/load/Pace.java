package io.roomcast.examples.benchmarks.load;

import java.util.List;

/** When messages are sent; confined to the event loop. */
interface Pace {
    /** Begins to send. */
    void start(List<Sender> senders);

    /** A message has reached one more client. */
    void delivered(Sender sender, int counter);

    /** Sends nothing more. */
    void stop();
}
