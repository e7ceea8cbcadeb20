package io.roomcast.examples.benchmarks.load;

import java.util.List;

/** Decides when messages are sent. Confined to the event loop. */
interface Pace {
    /** Starts sending. */
    void start(List<Sender> senders);

    /** Records that a message has reached one more client. */
    void delivered(Sender sender, int counter);

    /** Stops sending. */
    void stop();
}
