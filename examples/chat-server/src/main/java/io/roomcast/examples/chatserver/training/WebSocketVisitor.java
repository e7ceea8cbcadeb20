package io.roomcast.examples.chatserver.training;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A user in a room who is connected over WebSocket. Not safe for use by several threads. */
public final class WebSocketVisitor implements AutoCloseable {
    private static final String UPGRADE = """
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            """;
    private static final int TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int MEDIUM = 126;
    private static final int LENGTH = 0x7f;
    private static final int HEAD_BYTES = 8;

    private final LoopbackConnection connection;
    private final String room;

    private WebSocketVisitor(LoopbackConnection connection, String room) {
        this.connection = connection;
        this.room = room;
    }

    /** Connects and enters a room. */
    public static WebSocketVisitor connect(int port, String token, String room) throws IOException {
        WebSocketVisitor visitor = new WebSocketVisitor(new LoopbackConnection(port), room);
        visitor.connection.request("GET", "/socket.io/?EIO=4&transport=websocket", UPGRADE, "");
        visitor.connection.readHead();
        visitor.await("0");
        visitor.write("40{\"token\":\"" + token + "\"}");
        visitor.await("42[\"session\"");
        visitor.write(SocketPackets.join(room));
        visitor.await("431");
        return visitor;
    }

    /** Sends a message to the room. */
    public void send(String message) throws IOException {
        write(SocketPackets.send(room, message));
    }

    /** Waits for the next message of the room. */
    public void receive() throws IOException {
        await("42[\"receiveMessage\"");
    }

    /** Skips packets until one begins with a text. */
    private void await(String beginning) throws IOException {
        while (!read().startsWith(beginning)) {
            // Other packets, such as acks, need no response.
        }
    }

    private String read() throws IOException {
        DataInputStream in = connection.in();
        in.readUnsignedByte();
        int length = in.readUnsignedByte() & LENGTH;
        byte[] packet = new byte[length == MEDIUM ? in.readUnsignedShort() : length];
        in.readFully(packet);
        return new String(packet, StandardCharsets.UTF_8);
    }

    /** Writes a text frame with a mask of zeros, which leaves the packet unchanged. */
    private void write(String packet) throws IOException {
        byte[] bytes = packet.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(bytes.length + HEAD_BYTES).put((byte) TEXT);
        if (bytes.length < MEDIUM) {
            frame.put((byte) (MASKED | bytes.length));
        } else {
            frame.put((byte) (MASKED | MEDIUM)).putShort((short) bytes.length);
        }
        frame.putInt(0).put(bytes).flip();
        byte[] written = new byte[frame.remaining()];
        frame.get(written);
        connection.write(written);
    }

    /** Leaves the room, disconnects, and closes the connection. */
    @Override
    public void close() throws IOException {
        try (connection) {
            write(SocketPackets.leave(room));
            write("41");
        }
    }
}
