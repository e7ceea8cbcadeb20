package io.roomcast.examples.benchmarks.uploads;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Sends one file of a new user in the body of a PUT request. For one thread, except {@link #close} and {@link #sent}. */
final class Upload implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AtomicInteger CREATED_USERS = new AtomicInteger();
    private static final int BLOCK_BYTES = 65_536;
    private static final int CREATED = 201;
    private static final double NANOS_PER_SECOND = 1e9;

    private final InetSocketAddress server;
    private final Socket socket;
    private final String authorization = "Bearer user-" + CREATED_USERS.incrementAndGet();
    private final AtomicLong sent = new AtomicLong();

    Upload(InetSocketAddress server) throws IOException {
        this.server = server;
        this.socket = new Socket(server.getAddress(), server.getPort());
    }

    /** Begins the upload of a file at Roomcast; returns its path. */
    String begin(long size) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getPort() + "/api/uploads"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("Authorization", authorization)
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", String.valueOf(size))
                .header("Upload-Metadata", "conversationId " + base64("files") + ",filename " + base64("file"))
                .build();
        HttpResponse<String> created = HTTP.send(request, BodyHandlers.ofString());
        if (created.statusCode() != CREATED) {
            throw new IOException("the upload was refused: " + created.statusCode() + " " + created.body());
        }
        return created.headers().firstValue("location").orElseThrow();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Sends the file, and waits for the answer.
     *
     * @param bytesPerSecond the rate; infinite for none
     */
    void put(String path, long size, double bytesPerSecond) throws IOException, InterruptedException {
        String head = "PUT " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + socket.getPort() + "\r\nAuthorization: "
                + authorization + "\r\nContent-Length: " + size + "\r\n\r\n";
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        byte[] block = new byte[BLOCK_BYTES];
        long begin = System.nanoTime();
        while (sent.get() < size) {
            int length = (int) Math.min(BLOCK_BYTES, size - sent.get());
            out.write(block, 0, length);
            long due = begin + (long) (sent.addAndGet(length) / bytesPerSecond * NANOS_PER_SECOND);
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        }
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        String status = String.valueOf(in.readLine());
        if (!status.startsWith("HTTP/1.1 2")) {
            throw new IOException("the upload failed: " + status);
        }
    }

    /** Returns the number of bytes that were sent. */
    long sent() {
        return sent.get();
    }

    /** Ends the connection, perhaps in the middle of the file. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
