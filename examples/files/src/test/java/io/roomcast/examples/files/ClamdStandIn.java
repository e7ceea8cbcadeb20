package io.roomcast.examples.files;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** Speaks clamd's protocol, as far as INSTREAM with zero-terminated text. */
final class ClamdStandIn implements AutoCloseable {
    private final ServerSocket server;
    private final int maxBytes;
    private final UnaryOperator<String> answer;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Starts a server.
     *
     * @param maxBytes the most bytes of a file
     * @param answer returns the answer to a file, including its end; empty to close the connection, null to hang
     */
    ClamdStandIn(int maxBytes, UnaryOperator<String> answer) throws IOException {
        this.maxBytes = maxBytes;
        this.answer = answer;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "clamd");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                serve(client);
            } catch (IOException | InterruptedException ended) {
                // The client has what it needs, or the test ends.
                continue;
            }
        }
    }

    private void serve(Socket client) throws IOException, InterruptedException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        if (!command(in).equals("zINSTREAM")) {
            out.write("UNKNOWN COMMAND\0".getBytes(StandardCharsets.US_ASCII));
            return;
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int length = in.readInt(); length != 0; length = in.readInt()) {
            if (file.size() + length > maxBytes) {
                out.write("INSTREAM size limit exceeded. ERROR\0".getBytes(StandardCharsets.US_ASCII));
                return;
            }
            file.write(in.readNBytes(length));
        }
        String text = answer.apply(file.toString(StandardCharsets.ISO_8859_1));
        if (text == null) {
            closed.await();
        } else {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String command(DataInputStream in) throws IOException {
        StringBuilder command = new StringBuilder();
        for (int next = in.read(); next > 0; next = in.read()) {
            command.append((char) next);
        }
        return command.toString();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
    }
}
