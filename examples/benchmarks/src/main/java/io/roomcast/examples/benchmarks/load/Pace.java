package io.roomcast.examples.benchmarks.load;

import java.util.List;

/** Decides when messages are sent. Confined to the event loop. */
interface Pace {
    /** Starts to send. */
    void start(List<MessageSender> senders);

    /** Called when a message has reached one more client. */
    void delivered(MessageSender sender, int counter);

    /** Stops sending. */
    void stop();
}
