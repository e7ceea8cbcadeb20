package io.roomcast.examples.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Long-polling of an Engine.IO client: a GET request waits for packets, and POST requests send them. */
final class PollingClientTransport implements ClientTransport {
    private static final byte SEPARATOR = 0x1e;
    private static final String PATH = "/socket.io/?EIO=4&transport=polling";

    private final ByteArrayOutputStream outbound = new ByteArrayOutputStream();
    private final InetSocketAddress server;
    private final PacketHandler handler;
    private final HttpLink polls;
    private final HttpLink posts;
    private byte[] poll;
    private String sid = "";
    private boolean closed;

    PollingClientTransport(Bootstrap bootstrap, InetSocketAddress server, PacketHandler handler) {
        this.server = server;
        this.handler = handler;
        this.polls = new HttpLink(bootstrap, server, new Polls());
        this.posts = new HttpLink(bootstrap, server, new Posts());
        this.poll = head("GET", "").getBytes(StandardCharsets.US_ASCII);
    }

    /** Starts the session with a GET request. */
    void open() {
        polls.request(poll);
    }

    private String head(String method, String headers) {
        return "%s %s%s HTTP/1.1\r\nHost: %s:%d\r\n%s\r\n"
                .formatted(method, PATH, sid, server.getHostString(), server.getPort(), headers);
    }

    @Override
    public void send(byte[] packet) {
        if (outbound.size() > 0) {
            outbound.write(SEPARATOR);
        }
        outbound.writeBytes(packet);
        post();
    }

    private void post() {
        if (posts.isIdle() && outbound.size() > 0 && !closed) {
            String headers = "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: " + outbound.size() + "\r\n";
            ByteArrayOutputStream request = new ByteArrayOutputStream(outbound.size() + 256);
            request.writeBytes(head("POST", headers).getBytes(StandardCharsets.US_ASCII));
            request.writeBytes(outbound.toByteArray());
            outbound.reset();
            posts.request(request.toByteArray());
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            polls.close();
            posts.close();
            handler.closed();
        }
    }

    private void packets(ByteBuf bytes, int from, int to) {
        for (int start = from; start < to; ) {
            int separator = bytes.indexOf(start, to, SEPARATOR);
            int end = separator < 0 ? to : separator;
            if (end > start) {
                handler.packet(bytes, start, end);
            }
            start = end + 1;
        }
    }

    /** Reads the session id from the open packet, the first one of a session. */
    private void readSessionId(ByteBuf bytes, int from, int to) {
        String open = bytes.toString(from, to - from, StandardCharsets.US_ASCII);
        int start = open.indexOf("\"sid\":\"") + 7;
        sid = "&sid=" + open.substring(start, open.indexOf('"', start));
        poll = head("GET", "").getBytes(StandardCharsets.US_ASCII);
    }

    private final class Polls implements HttpLink.ResponseHandler {
        @Override
        public void response(ByteBuf bytes, int from, int to) {
            if (sid.isEmpty()) {
                readSessionId(bytes, from, to);
            }
            packets(bytes, from, to);
            if (!closed) {
                polls.request(poll);
            }
        }

        @Override
        public void failed() {
            close();
        }
    }

    private final class Posts implements HttpLink.ResponseHandler {
        @Override
        public void response(ByteBuf bytes, int from, int to) {
            post();
        }

        @Override
        public void failed() {
            close();
        }
    }
}
