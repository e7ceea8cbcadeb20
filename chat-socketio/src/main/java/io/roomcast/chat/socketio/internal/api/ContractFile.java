package io.roomcast.chat.socketio.internal.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * A contract file of the server.
 *
 * @param name the file name
 * @param type the media type
 * @param bytes the content; never modified
 * @param tag the entity tag, which changes with the content
 */
@SuppressWarnings("ArrayRecordComponent")
record ContractFile(String name, String type, byte[] bytes, String tag) {
    private static final String PATHNAME = "pathname: ";
    private static final String DEFAULT_PATH = "/socket.io/";
    private static final String FOLDER = "/io/roomcast/chat/socketio/contract/";

    /** Reads the file from the class path. Blocks. */
    static ContractFile read(String name, String type) {
        try (InputStream file = ContractFile.class.getResourceAsStream(FOLDER + name)) {
            byte[] bytes = Objects.requireNonNull(file, name).readAllBytes();
            return new ContractFile(name, type, bytes, tag(bytes));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Returns the file with another path of the Socket.IO endpoint.
     *
     * @param path begins and ends with a slash
     */
    ContractFile at(String path) {
        String text = new String(bytes, StandardCharsets.UTF_8).replace(PATHNAME + DEFAULT_PATH, PATHNAME + path);
        byte[] changed = text.getBytes(StandardCharsets.UTF_8);
        return new ContractFile(name, type, changed, tag(changed));
    }

    private static String tag(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return '"' + Long.toHexString(sum.getValue()) + '"';
    }
}
