package io.roomcast.examples.chatserver.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A user who reads the page, uses the HTTP API, and connects by long-polling. All requests use one connection. Not safe for
 * use by several threads.
 */
public final class HttpVisitor implements AutoCloseable {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String LENGTH = "\r\ncontent-length: ";

    private final LoopbackConnection connection;
    private final String token;

    /** Opens the connection. */
    public HttpVisitor(int port, String token) throws IOException {
        this.connection = new LoopbackConnection(port);
        this.token = token;
    }

    /** Reads a resource and returns it. */
    public String get(String path) throws IOException {
        return request("GET", path, "", "");
    }

    /** Sends a message over HTTP. */
    public void post(String conversation, String message) throws IOException {
        String headers = "Authorization: Bearer " + token + "\r\nContent-Type: application/json\r\n";
        request(
                "POST",
                "/api/conversations/" + conversation + "/messages",
                headers,
                "{\"content\":\"" + message + "\"}");
    }

    /** Connects by long-polling, enters a room, sends a message, receives it, and disconnects. */
    public void visitByPolling(String room, String message) throws IOException {
        String open = get(POLLING);
        int id = open.indexOf("\"sid\":\"") + 7;
        String session = POLLING + "&sid=" + open.substring(id, open.indexOf('"', id));
        send(session, "40{\"token\":\"" + token + "\"}");
        poll(session, "[\"session\"");
        send(session, SocketPackets.join(room) + '\u001e' + SocketPackets.send(room, message));
        poll(session, "\"receiveMessage\"");
        send(session, "41\u001e1");
    }

    private void send(String session, String packets) throws IOException {
        request("POST", session, "Content-Type: text/plain;charset=UTF-8\r\n", packets);
    }

    /** Polls until the packets contain a text. */
    private void poll(String session, String expected) throws IOException {
        StringBuilder packets = new StringBuilder();
        while (packets.indexOf(expected) < 0) {
            packets.append(get(session));
        }
    }

    private String request(String method, String path, String headers, String body) throws IOException {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        connection.request(method, path, headers + "Content-Length: " + length + "\r\n", body);
        String head = connection.readHead();
        String content = new String(connection.in().readNBytes(contentLength(head)), StandardCharsets.UTF_8);
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new IOException(method + " " + path + ": " + head + content);
        }
        return content;
    }

    private static int contentLength(String head) {
        int start = head.toLowerCase(Locale.ROOT).indexOf(LENGTH) + LENGTH.length();
        return Integer.parseInt(head.substring(start, head.indexOf('\r', start)).strip());
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
