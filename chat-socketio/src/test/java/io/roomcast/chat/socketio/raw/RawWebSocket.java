package io.roomcast.chat.socketio.raw;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Sends exact WebSocket frames, valid or not. */
public final class RawWebSocket implements AutoCloseable {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    /** The close code of a connection that ends without a close frame. */
    public static final int NO_CODE = 1006;

    private static final int TIMEOUT_MILLIS = 15_000;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private RawWebSocket(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** A frame from the server. */
    public record Frame(int opcode, byte[] payload) {
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    public static RawWebSocket open(int port) {
        return open(port, "/socket.io/?EIO=4&transport=websocket");
    }

    /** Opens a WebSocket at the target. Fails unless the server accepts it. */
    public static RawWebSocket open(int port, String target, String... headers) {
        try {
            RawWebSocket made = new RawWebSocket(port);
            String status = made.shakeHands(port, target, headers);
            if (!status.contains(" 101 ")) {
                made.close();
                throw new IllegalStateException(status);
            }
            return made;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String shakeHands(int port, String target, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        String status = line();
        while (!line().isEmpty()) {
            // the headers are not needed
        }
        return status;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.readByte(); next != '\n'; next = in.readByte()) {
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    public void text(String text) {
        frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public void frame(boolean last, int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) ((last ? 0x80 : 0) | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length <= 0xffff) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i % MASK.length]));
        }
        raw(frame.array(), frame.position());
    }

    /** Sends bytes without framing them. */
    public void raw(byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
            out.flush();
        } catch (SocketException closed) {
            // the server may have closed already, which the next read detects
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns the next frame. */
    public Frame next() {
        try {
            int opcode = in.readUnsignedByte() & 0x0f;
            int length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            return new Frame(opcode, in.readNBytes(length));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns the text of the next frame. */
    public String nextText() {
        Frame frame = next();
        if (frame.opcode() != TEXT) {
            throw new IllegalStateException("frame " + frame.opcode() + ": " + frame.text());
        }
        return frame.text();
    }

    /** Reads texts until one contains the given text, and returns it. */
    public List<String> textsUpTo(String words) {
        List<String> texts = new ArrayList<>();
        do {
            texts.add(nextText());
        } while (!texts.get(texts.size() - 1).contains(words));
        return texts;
    }

    /** Reads until the connection ends, and returns the close code of the server. */
    public int closeCode() {
        try {
            for (Frame frame = next(); true; frame = next()) {
                if (frame.opcode() == CLOSE) {
                    return ByteBuffer.wrap(frame.payload()).getShort();
                }
            }
        } catch (UncheckedIOException ended) {
            boolean isEnd = ended.getCause() instanceof EOFException || ended.getCause() instanceof SocketException;
            if (!isEnd) {
                throw ended;
            }
            return NO_CODE;
        }
    }

    /** Returns whether the server closes the connection within the timeout without sending anything else. */
    public boolean isClosedByServer() {
        try {
            return in.read() < 0;
        } catch (IOException reset) {
            return !(reset instanceof SocketTimeoutException);
        }
    }

    /** Opens a session over a WebSocket without polling, and authenticates. */
    public static RawWebSocket connected(int port) {
        return connected(port, "");
    }

    /** Opens a session with the given payload of the CONNECT packet. */
    public static RawWebSocket connected(int port, String auth) {
        RawWebSocket socket = open(port);
        socket.nextText();
        socket.connect(auth);
        return socket;
    }

    /** Authenticates over an open WebSocket, and returns the server's description of the session. */
    public String connect(String auth) {
        text("40" + auth);
        String answer = nextText();
        String session = nextText();
        if (!answer.startsWith("40{\"sid\":\"") || !session.startsWith("42[\"session\",{")) {
            throw new IllegalStateException(answer + session);
        }
        return session;
    }

    /** Sends an event with an ack id, and returns the ack. */
    public String ask(int ackId, String event) {
        text("42" + ackId + event);
        String answer = nextText();
        while (!answer.startsWith("43" + ackId + "[")) {
            answer = nextText();
        }
        return answer.substring(("43" + ackId).length());
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
