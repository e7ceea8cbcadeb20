package io.roomcast.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** A Socket.IO client of one user. Confined to the event loop. */
final class Client implements PacketHandler {
    private static final byte[] CONNECT = "40".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DISCONNECT = "41".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PONG = "3".getBytes(StandardCharsets.US_ASCII);

    /** Receives the events of one client. */
    interface Listener {
        /** Called once, when the server has accepted the Socket.IO connection. */
        void connected(Client client);

        /** Called for each event packet, which is valid only during the call. */
        void event(ByteBuf bytes, int from, int to);

        /** Called once, when the connection has ended or could not be opened. */
        void closed();
    }

    private final Listener listener;
    private final byte[] connect;
    private final ClientTransport transport;
    private boolean connected;

    Client(Dialer dialer, Listener listener) {
        this(dialer, listener, CONNECT);
    }

    private Client(Dialer dialer, Listener listener, byte[] connect) {
        this.listener = listener;
        this.connect = connect;
        this.transport = dialer.dial(this);
    }

    /** Dials as a client with a token. */
    static Client withToken(Dialer dialer, Listener listener, String token) {
        String packet = "40{\"token\":\"" + token + "\"}";
        return new Client(dialer, listener, packet.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void packet(ByteBuf bytes, int from, int to) {
        switch (bytes.getByte(from)) {
            case '0' -> transport.send(connect);
            case '2' -> transport.send(PONG);
            case '4' -> message(bytes, from, to);
            case '1' -> transport.close();
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
            transport.close();
        }
    }

    @Override
    public void closed() {
        listener.closed();
    }

    /** Sends {@code joinRoom}. */
    void joinRoom(String room) {
        send("42[\"joinRoom\",\"" + room + "\"]");
    }

    /** Sends {@code leaveRoom}. */
    void leaveRoom(String room) {
        send("42[\"leaveRoom\",\"" + room + "\"]");
    }

    /** Sends an Engine.IO packet of ASCII text. */
    void send(String packet) {
        transport.send(packet.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends an Engine.IO packet. */
    void send(byte[] packet) {
        transport.send(packet);
    }

    /** Sends a Socket.IO disconnect packet and closes the connection. */
    void disconnect() {
        transport.send(DISCONNECT);
        transport.close();
    }

    /** Closes the connection without a disconnect packet. */
    void close() {
        transport.close();
    }
}
