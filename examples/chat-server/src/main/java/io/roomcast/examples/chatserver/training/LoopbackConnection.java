package io.roomcast.examples.chatserver.training;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection to a port of this machine. Not safe for use by several threads. */
final class LoopbackConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** Opens the connection. */
    LoopbackConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    DataInputStream in() {
        return in;
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** Writes the head of a request and its body, in one packet. */
    void request(String method, String path, String headers, String body) throws IOException {
        String request = method + " " + path + " HTTP/1.1\r\nHost: localhost:" + socket.getPort() + "\r\n" + headers;
        write((request + "\r\n" + body).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the head of a response, with the empty line at its end. */
    String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(END_OF_HEAD) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the server closed the connection after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
