package io.roomcast.examples.files;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.spi.FileInspector;
import io.roomcast.chat.spi.FileVerdict;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Lets clamd scan files, by the command INSTREAM of its protocol. Rejects files that are longer than clamd reads, because
 * it would accept their rest unread. Safe for use by any thread; blocks.
 */
public final class ClamAvInspector implements FileInspector {
    private static final byte[] COMMAND = "zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK_BYTES = 65_536;
    private static final int MAX_ANSWER_BYTES = 4_096;
    private static final String CLEAN = "stream: OK";
    private static final String INFECTED = " FOUND";

    private final InetSocketAddress address;
    private final long maxBytes;
    private final int timeoutMillis;

    /**
     * Creates an inspector.
     *
     * @param address the address of clamd's {@code TCPSocket}
     * @param maxBytes the lowest of {@code StreamMaxLength}, {@code MaxFileSize} and {@code MaxScanSize} in {@code
     *     clamd.conf}; at least the limit {@code fileBytes} of the chat, or larger files are rejected
     * @param timeout the time for which clamd may be silent
     */
    public ClamAvInspector(InetSocketAddress address, long maxBytes, Duration timeout) {
        this.address = address;
        this.maxBytes = maxBytes;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    @Override
    public FileVerdict inspect(StoredFile file, ReadableByteChannel bytes) throws IOException {
        if (file.size() > maxBytes) {
            return FileVerdict.reject(ErrorCode.FILE_TOO_LARGE);
        }
        try (Socket clamd = new Socket()) {
            clamd.connect(address, timeoutMillis);
            clamd.setSoTimeout(timeoutMillis);
            send(bytes, new DataOutputStream(clamd.getOutputStream()));
            return verdict(answer(clamd.getInputStream()));
        }
    }

    /** Sends the file in chunks, each behind its length. A length of zero is the end. */
    private static void send(ReadableByteChannel bytes, DataOutputStream out) throws IOException {
        out.write(COMMAND);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        while (bytes.read(chunk) >= 0) {
            if (chunk.position() > 0) {
                out.writeInt(chunk.position());
                out.write(chunk.array(), 0, chunk.position());
                chunk.clear();
            }
        }
        out.writeInt(0);
        out.flush();
    }

    /** Reads the answer, which ends with a zero. */
    private static String answer(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        int next = in.read();
        while (next > 0 && answer.length() < MAX_ANSWER_BYTES) {
            answer.append((char) next);
            next = in.read();
        }
        if (next != 0) {
            throw new IOException("clamd gave no whole answer");
        }
        return answer.toString().strip();
    }

    private static FileVerdict verdict(String answer) throws IOException {
        if (answer.equals(CLEAN)) {
            return FileVerdict.accept();
        }
        if (answer.endsWith(INFECTED)) {
            return FileVerdict.reject(ErrorCode.REJECTED);
        }
        throw new IOException("clamd answered neither that the file is clean nor that it is infected");
    }
}
