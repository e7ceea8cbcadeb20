package io.roomcast.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One client in a room. */
final class RoomClient implements Client.Listener {
    private final LoadRoom room;
    private final Sequence[] sequences;
    private final Runnable whenConnected;

    @Nullable
    private Client client;

    private boolean joined;

    RoomClient(LoadRoom room, int senders, Runnable whenConnected) {
        this.room = room;
        this.whenConnected = whenConnected;
        this.sequences = new Sequence[senders];
        Arrays.setAll(sequences, sender -> new Sequence());
    }

    void dial(Dialer dialer) {
        client = new Client(dialer, this);
    }

    @Override
    public void connected(Client connected) {
        connected.joinRoom(room.id());
        whenConnected.run();
    }

    @Override
    public void event(ByteBuf bytes, int from, int to) {
        int mark = bytes.indexOf(from, to, Stamp.MARK);
        if (mark >= 0) {
            room.arrived(this, bytes, mark, to - from);
        }
    }

    Sequence.Arrival arrived(int sender, int counter) {
        return sequences[sender].arrived(counter);
    }

    int missing(MessageSender sender) {
        return sequences[sender.index()].missing(sender.sent());
    }

    /** Records that the member receives the room's messages. Returns false if that was recorded before. */
    boolean join() {
        boolean news = !joined;
        joined = true;
        return news;
    }

    void send(byte[] packet) {
        if (client != null) {
            client.send(packet);
        }
    }

    void close() {
        if (client != null) {
            client.close();
        }
    }

    @Override
    public void closed() {
        room.lost();
    }
}
