package io.roomcast.chat.socketio.internal.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file with the operator's certificates or keys, in the text form of RFC 7468.
 *
 * @param path the path of the file
 * @param bytes the content; never changed
 */
@SuppressWarnings("ArrayRecordComponent")
record PemFile(Path path, byte[] bytes) {
    private static final int MAX_BYTES = 1 << 20;
    private static final int DER_SEQUENCE = 0x30;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /**
     * Reads the file; blocks.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    static PemFile read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            PemFile file = new PemFile(path, bytes);
            if (bytes.length > MAX_BYTES) {
                throw file.refused("is larger than a megabyte", "a PEM file");
            }
            return file;
        } catch (NoSuchFileException absent) {
            throw new PemFile(path, new byte[0]).refused("does not exist", "a PEM file");
        } catch (IOException unreadable) {
            throw new PemFile(path, new byte[0]).refused("cannot be read", "a PEM file that this process may read");
        }
    }

    boolean hasSameBytes(PemFile other) {
        return Arrays.equals(bytes, other.bytes);
    }

    /** Returns whether the file is in the binary form (DER). */
    boolean isBinary() {
        return bytes.length > 0 && bytes[0] == DER_SEQUENCE;
    }

    /** Returns the labelled parts, in order. A part that is not encoded correctly is empty. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Matcher found = BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        while (found.find()) {
            blocks.add(new Block(found.group(1), found.group(2)));
        }
        return blocks;
    }

    /** Returns an exception about the file, worded like all errors in settings. */
    IllegalArgumentException refused(String cause, String expected) {
        return new IllegalArgumentException("tls: " + path + " " + cause + " (expected: " + expected + ")");
    }

    /**
     * A part of the file.
     *
     * @param label its label, such as {@code CERTIFICATE}
     * @param text its text
     */
    record Block(String label, String text) {
        /** Returns whether reading the part needs a pass phrase. */
        boolean isEncrypted() {
            return label.startsWith("ENCRYPTED") || text.contains("ENCRYPTED");
        }

        byte[] der() {
            try {
                return Base64.getMimeDecoder().decode(text);
            } catch (IllegalArgumentException malformed) {
                return new byte[0];
            }
        }
    }
}
