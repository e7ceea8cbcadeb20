package io.roomcast.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;

/** One user that connects, joins a room, sends a message, receives it, and disconnects. Confined to the event loop. */
final class Visit implements Client.Listener {
    private static final int CONTENT_LENGTH = 200;

    private final Visits visits;
    private final String room;
    private final int run;
    private final int counter;
    private final long startNanos = System.nanoTime();
    private boolean received;
    private Runnable disconnect = () -> {};

    Visit(Visits visits, String room, int run, int counter) {
        this.visits = visits;
        this.room = room;
        this.run = run;
        this.counter = counter;
    }

    void dial(Dialer dialer) {
        new Client(dialer, this);
    }

    @Override
    public void connected(Client client) {
        disconnect = () -> {
            client.leaveRoom(room);
            client.disconnect();
        };
        client.joinRoom(room);
        client.send(new MessagePacket(room, "visitor", run, 0, CONTENT_LENGTH).stamped(counter));
    }

    @Override
    public void event(ByteBuf bytes, int from, int to) {
        int mark = bytes.indexOf(from, to, Stamp.MARK);
        if (mark < 0 || Stamp.run(bytes, mark) != run || Stamp.counter(bytes, mark) != counter) {
            return;
        }
        if (received) {
            visits.receivedAgain();
        } else {
            received = true;
            visits.received(System.nanoTime() - startNanos);
            disconnect.run();
        }
    }

    @Override
    public void closed() {
        visits.ended(room, counter, received);
    }
}
