package io.roomcast.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Runs one user's Socket.IO session. Confined to the event loop. */
final class Client implements PacketHandler {
    private static final byte[] CONNECT = "40".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DISCONNECT = "41".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PONG = "3".getBytes(StandardCharsets.US_ASCII);

    /** Receives the events of one client. */
    interface Listener {
        /** The server admitted the client. */
        void connected(Client client);

        /**
         * The client received an event.
         *
         * @param bytes the buffer that holds its packet from {@code from} to {@code to}
         */
        void event(ByteBuf bytes, int from, int to);

        /** The connection ended. Called once. */
        void closed();
    }

    private final Listener listener;
    private final ClientTransport wire;
    private boolean connected;

    Client(Dialer dialer, Listener listener) {
        this.listener = listener;
        this.wire = dialer.dial(this);
    }

    @Override
    public void packet(ByteBuf bytes, int from, int to) {
        switch (bytes.getByte(from)) {
            case '0' -> wire.send(CONNECT);
            case '2' -> wire.send(PONG);
            case '4' -> message(bytes, from, to);
            case '1' -> wire.close();
            default -> {}
        }
    }

    private void message(ByteBuf bytes, int from, int to) {
        byte type = to - from < 2 ? 0 : bytes.getByte(from + 1);
        if (type == '2') {
            listener.event(bytes, from, to);
        } else if (type == '0' && !connected) {
            connected = true;
            listener.connected(this);
        } else if (type == '4') {
            wire.close();
        }
    }

    @Override
    public void closed() {
        listener.closed();
    }

    void joinRoom(String room) {
        send("42[\"joinRoom\",\"" + room + "\"]");
    }

    void leaveRoom(String room) {
        send("42[\"leaveRoom\",\"" + room + "\"]");
    }

    void send(String packet) {
        wire.send(packet.getBytes(StandardCharsets.US_ASCII));
    }

    void send(byte[] packet) {
        wire.send(packet);
    }

    /** Disconnects from Socket.IO and closes the connection. */
    void leave() {
        wire.send(DISCONNECT);
        wire.close();
    }

    /** Closes the connection without a packet. */
    void close() {
        wire.close();
    }
}
