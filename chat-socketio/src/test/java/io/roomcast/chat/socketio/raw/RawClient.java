package io.roomcast.chat.socketio.raw;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Queue;
import java.util.stream.Stream;

/** Sends exact Socket.IO packets, valid or not, over either transport and protocol version. */
public interface RawClient extends AutoCloseable {
    /** Sends a packet of the Socket.IO protocol. */
    void send(String packet);

    /** Sends a binary attachment. */
    void sendBytes(byte[] content);

    /** Posts a body without encoding it. Supported over polling only. */
    default void post(String body) {
        throw new UnsupportedOperationException();
    }

    /** Returns the next packet of the Socket.IO protocol. */
    String next();

    @Override
    void close();

    /** A transport with a version of the Engine.IO protocol. */
    enum Kind {
        WEBSOCKET_4("websocket", 4),
        WEBSOCKET_3("websocket", 3),
        POLLING_4("polling", 4),
        POLLING_3("polling", 3);

        private final String transport;
        private final int version;

        Kind(String transport, int version) {
            this.transport = transport;
            this.version = version;
        }

        /** Returns whether the server admits such a client without a CONNECT packet. */
        public boolean isLegacy() {
            return version == 3;
        }

        /** Opens a session of the transport without a CONNECT packet. */
        public RawClient open(int port) {
            String target = "/socket.io/?EIO=" + version + "&transport=" + transport;
            return transport.equals("websocket")
                    ? new OverWebSocket(RawWebSocket.open(port, target), isLegacy())
                    : new OverPolling(port, target, isLegacy());
        }

        /** Opens a session and authenticates. */
        public RawClient connected(int port) {
            RawClient client = open(port);
            if (!isLegacy()) {
                client.send("0");
            }
            client.nextWith("0");
            client.nextWith("2[\"session\",");
            return client;
        }
    }

    /** Returns the next packet with the prefix, and drops the packets before it. */
    default String nextWith(String beginning) {
        String packet = next();
        while (!packet.startsWith(beginning)) {
            packet = next();
        }
        return packet;
    }

    /** Connects over a WebSocket without polling. */
    final class OverWebSocket implements RawClient {
        private final RawWebSocket socket;
        private final boolean legacy;

        private OverWebSocket(RawWebSocket socket, boolean legacy) {
            this.socket = socket;
            this.legacy = legacy;
        }

        @Override
        public void send(String packet) {
            socket.text("4" + packet);
        }

        @Override
        public void sendBytes(byte[] content) {
            byte[] message = legacy
                    ? ByteBuffer.allocate(content.length + 1)
                            .put((byte) 4)
                            .put(content)
                            .array()
                    : content;
            socket.frame(true, RawWebSocket.BINARY, message);
        }

        @Override
        public String next() {
            String packet = socket.nextText();
            while (!packet.startsWith("4")) {
                packet = socket.nextText();
            }
            return packet.substring(1);
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** Connects over polling without an upgrade. */
    final class OverPolling implements RawClient {
        private final Queue<String> received = new ArrayDeque<>();
        private final int port;
        private final String target;
        private final boolean legacy;

        private OverPolling(int port, String target, boolean legacy) {
            this.port = port;
            this.legacy = legacy;
            String opened = RawHttp.get(port, target).body();
            receive(opened);
            this.target = target + "&sid=" + opened.replaceAll("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
        }

        @Override
        public void send(String packet) {
            push("4" + packet);
        }

        @Override
        public void sendBytes(byte[] content) {
            push((legacy ? "b4" : "b") + Base64.getEncoder().encodeToString(content));
        }

        private void push(String packet) {
            post(legacy ? packet.length() + ":" + packet : packet);
        }

        @Override
        public void post(String payload) {
            RawHttp.Response answer = RawHttp.post(port, target, payload, "Content-Type: text/plain;charset=UTF-8");
            if (answer.status() != 200) {
                throw new IllegalStateException(answer.status() + " " + answer.body());
            }
        }

        @Override
        public String next() {
            while (received.isEmpty()) {
                RawHttp.Response answer = RawHttp.get(port, target);
                if (answer.status() != 200) {
                    throw new IllegalStateException(answer.status() + " " + answer.body());
                }
                receive(answer.body());
            }
            return received.remove();
        }

        private void receive(String payload) {
            if (legacy) {
                split(payload);
            } else {
                Stream.of(payload.split("\u001e")).forEach(this::add);
            }
        }

        private void split(String payload) {
            for (int next = 0; next < payload.length(); ) {
                int colon = payload.indexOf(':', next);
                int end = colon + 1 + Integer.parseInt(payload.substring(next, colon));
                add(payload.substring(colon + 1, end));
                next = end;
            }
        }

        private void add(String packet) {
            if (packet.startsWith("4")) {
                received.add(packet.substring(1));
            }
        }

        @Override
        public void close() {
            RawHttp.post(port, target, legacy ? "1:1" : "1");
        }
    }
}
