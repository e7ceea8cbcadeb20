package io.roomcast.chat.socketio.raw;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends exact bytes over HTTP, valid or not. */
public final class RawHttp implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 15_000;

    private final Socket socket;
    private final InputStream in;
    private final int port;

    public RawHttp(int port) {
        try {
            this.port = port;
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** A response. The names of its headers are in lower case. */
    public record Response(int status, Map<String, String> headers, String body) {}

    public static Response get(int port, String target, String... headers) {
        try (RawHttp http = new RawHttp(port)) {
            return http.exchange("GET", target, "", headers);
        }
    }

    public static Response post(int port, String target, String body, String... headers) {
        try (RawHttp http = new RawHttp(port)) {
            return http.exchange("POST", target, body, headers);
        }
    }

    /** Posts a body with one byte for each character, which must be below 256. */
    public static Response postBytes(int port, String target, String bytes) {
        try (RawHttp http = new RawHttp(port)) {
            String head = "POST " + target + " HTTP/1.1\r\nHost: localhost:" + port
                    + "\r\nContent-Type: application/octet-stream\r\nContent-Length: " + bytes.length() + "\r\n\r\n";
            http.write((head + bytes).getBytes(StandardCharsets.ISO_8859_1));
            return http.read();
        }
    }

    public Response exchange(String method, String target, String body, String... headers) {
        send(method, target, body, headers);
        return read();
    }

    public void send(String method, String target, String body, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (!body.isEmpty()) {
            head.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        write(bytes);
    }

    public void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public Response read() {
        Response head = head();
        int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
        return new Response(head.status(), head.headers(), new String(bytes(length), StandardCharsets.UTF_8));
    }

    /** Reads the status line and headers of a response. */
    public Response head() {
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] header = line.split(": ", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
        }
        return new Response(status, headers, "");
    }

    private String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = next(); next != '\n'; next = next()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private int next() {
        try {
            int next = in.read();
            if (next < 0) {
                throw new IllegalStateException("the server closed the connection without an answer");
            }
            return next;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private byte[] bytes(int length) {
        try {
            return in.readNBytes(length);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns whether the server closes the connection within the timeout without sending anything else. */
    public boolean isClosedByServer() {
        try {
            return in.read() < 0;
        } catch (IOException reset) {
            return !(reset instanceof java.net.SocketTimeoutException);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
