package io.roomcast.chat.spi;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Converts the facts of a file to and from bytes. Later versions may append fields, which this one ignores. */
final class StoredFileFormat {
    private static final int VERSION = 1;
    private static final int ABSENT = -1;

    private StoredFileFormat() {}

    static byte[] bytes(StoredFile file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(VERSION);
        write(out, file.id());
        write(out, file.conversationId());
        write(out, file.userId());
        write(out, file.name());
        out.writeLong(file.size());
        write(out, file.mimeType());
        write(out, file.clientUploadId());
        out.writeLong(file.createdAt().toEpochMilli());
        StoredFile.Use use = file.use();
        write(out, use == null ? null : use.clientMessageId());
        write(out, use == null ? null : use.messageId());
        out.writeBoolean(use != null && use.stored());
        write(out, file.state());
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, UploadState state) throws IOException {
        ErrorCode code = state.code();
        write(out, state.status().name());
        out.writeLong(state.since().toEpochMilli());
        write(out, code == null ? null : code.name());
        write(out, state.message());
    }

    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(ABSENT);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Reads the facts.
     *
     * @throws IOException if they are damaged
     */
    static StoredFile read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readByte() != VERSION) {
            throw new IOException("the facts of a file have an unknown version");
        }
        StoredFile file = new StoredFile(
                required(in),
                required(in),
                required(in),
                required(in),
                in.readLong(),
                required(in),
                text(in),
                Instant.ofEpochMilli(in.readLong()),
                use(in));
        // An earlier version has stored no state.
        return in.available() == 0 ? file : file.at(state(in));
    }

    private static UploadState state(DataInputStream in) throws IOException {
        try {
            UploadState.Status status = UploadState.Status.valueOf(required(in));
            Instant since = Instant.ofEpochMilli(in.readLong());
            String code = text(in);
            return new UploadState(status, since, code == null ? null : ErrorCode.valueOf(code), text(in));
        } catch (IllegalArgumentException unknown) {
            throw new IOException("the state of an upload is unknown", unknown);
        }
    }

    private static StoredFile.@Nullable Use use(DataInputStream in) throws IOException {
        String clientMessageId = text(in);
        String messageId = text(in);
        boolean stored = in.readBoolean();
        return clientMessageId == null || messageId == null
                ? null
                : new StoredFile.Use(clientMessageId, messageId, stored);
    }

    private static String required(DataInputStream in) throws IOException {
        String text = text(in);
        if (text == null) {
            throw new IOException("the facts of a file are incomplete");
        }
        return text;
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length == ABSENT) {
            return null;
        }
        if (length < 0 || length > in.available()) {
            throw new IOException("the facts of a file are damaged");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
