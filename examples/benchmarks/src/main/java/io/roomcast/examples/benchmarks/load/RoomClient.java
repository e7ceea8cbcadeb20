package io.roomcast.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client in a room. Confined to the event loop. */
final class RoomClient implements Client.Listener {
    private final LoadRoom room;
    private final int node;
    private final Sequence[] sequences;
    private final Optional<String> token;
    private final Runnable whenConnected;

    @Nullable
    private Client client;

    private boolean joined;

    RoomClient(LoadRoom room, int node, LoadPlan plan, Runnable whenConnected) {
        this.room = room;
        this.node = node;
        this.whenConnected = whenConnected;
        this.token = room.user(plan);
        this.sequences = new Sequence[plan.sendersPerRoom()];
        Arrays.setAll(sequences, sender -> new Sequence());
    }

    /** Returns the index of its server. */
    int node() {
        return node;
    }

    /** Connects. */
    void dial(Dialer dialer) {
        client = token.map(known -> Client.withToken(dialer, this, known)).orElseGet(() -> new Client(dialer, this));
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
            room.received(this, bytes, mark, to - from);
        }
    }

    /** Records a message, and returns how it arrived. */
    Sequence.Arrival received(int sender, int counter) {
        return sequences[sender].received(counter);
    }

    /** Returns the number of the sender's messages that have not arrived. */
    int missing(MessageSender sender) {
        return sequences[sender.index()].missing(sender.sent());
    }

    /** Records that the client receives the room's messages. Returns false if that was recorded before. */
    boolean setJoined() {
        boolean first = !joined;
        joined = true;
        return first;
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
        room.connectionLost();
    }
}
