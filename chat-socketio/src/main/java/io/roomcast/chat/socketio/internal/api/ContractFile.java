package io.roomcast.chat.socketio.internal.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * A file that comes with the server.
 *
 * @param name its name
 * @param type its media type
 * @param bytes what is in it; never changed
 * @param tag tells one version of it from another
 */
@SuppressWarnings("ArrayRecordComponent")
record ContractFile(String name, String type, byte[] bytes, String tag) {
    private static final String PATHNAME = "pathname: ";
    private static final String DEFAULT_PATH = "/socket.io/";
    private static final String FOLDER = "/io/roomcast/chat/socketio/contract/";

    /** Reads the file; blocks. */
    static ContractFile read(String name, String type) {
        try (InputStream file = ContractFile.class.getResourceAsStream(FOLDER + name)) {
            byte[] bytes = Objects.requireNonNull(file, name).readAllBytes();
            return new ContractFile(name, type, bytes, tag(bytes));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns the file with another endpoint path, which begins and ends with a slash. */
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
