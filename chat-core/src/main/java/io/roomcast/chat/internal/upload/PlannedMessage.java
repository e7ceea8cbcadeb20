package io.roomcast.chat.internal.upload;

import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.model.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that the chat sends when its file is complete, as the store of files keeps it until then. Another server may
 * send it, after a crash.
 *
 * @param message the message, without its file or with {@link StartUpload#THIS_FILE}
 * @param attributes those of the principal that began the upload, which the access policy sees again
 */
record PlannedMessage(SendMessage message, Map<String, String> attributes) {
    private static final int VERSION = 1;
    private static final int ABSENT = -1;

    /** Returns the message of an upload; it has one. */
    static PlannedMessage of(StoredFile file) {
        String text = Objects.requireNonNull(file.state().message(), "message");
        byte[] bytes = Base64.getDecoder().decode(text);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return read(in, file.conversationId());
        } catch (IOException damaged) {
            throw ChatException.of(ErrorCode.INTERNAL_ERROR, damaged);
        }
    }

    /** Returns the session in whose name the message is sent. */
    Session session(StoredFile file) {
        return Session.detached(new Principal(file.userId(), attributes, null));
    }

    /** Returns the key under which the message of a file is sent once. */
    String key(StoredFile file) {
        return Objects.requireNonNullElse(message.clientMessageId(), file.id());
    }

    /** Returns the message with its file. */
    SendMessage with(StoredFile file) {
        return StartUpload.withFile(message, file.url()).withClientMessageId(key(file));
    }

    /** Returns the message as text. */
    String write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out);
        } catch (IOException impossible) {
            throw ChatException.of(ErrorCode.INTERNAL_ERROR, impossible);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeByte(VERSION);
        write(out, message.type().wireName());
        write(out, message.content());
        write(out, message.clientMessageId());
        write(out, message.replyTo());
        write(out, message.metadata());
        write(out, message.customType());
        write(
                out,
                message.expiresIn() == null ? null : (Long) message.expiresIn().toMillis());
        write(out, message.ifLatestSeq());
        out.writeInt(message.mentions().size());
        for (String mention : message.mentions()) {
            write(out, mention);
        }
        out.writeInt(message.attachments().size());
        for (Attachment attachment : message.attachments()) {
            write(out, attachment);
        }
        out.writeInt(attributes.size());
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            write(out, attribute.getKey());
            write(out, attribute.getValue());
        }
    }

    private static void write(DataOutputStream out, Attachment attachment) throws IOException {
        write(out, attachment.fileUrl());
        write(out, attachment.fileName());
        write(out, attachment.fileSize());
        write(out, attachment.mimeType());
        write(out, attachment.width());
        write(out, attachment.height());
        write(out, attachment.durationMs());
        write(out, attachment.thumbnailUrl());
    }

    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text == null ? ABSENT : bytes.length);
        out.write(bytes);
    }

    private static void write(DataOutputStream out, @Nullable Long number) throws IOException {
        out.writeLong(number == null ? ABSENT : number);
    }

    private static PlannedMessage read(DataInputStream in, String conversationId) throws IOException {
        if (in.readByte() != VERSION) {
            throw new IOException("the message of an upload has an unknown version");
        }
        MessageType type = MessageType.ofWireName(String.valueOf(text(in)))
                .orElseThrow(() -> new IOException("the message of an upload has an unknown type"));
        String content = text(in);
        String clientMessageId = text(in);
        String replyTo = text(in);
        String metadata = text(in);
        String customType = text(in);
        Long expiresIn = number(in);
        Long ifLatestSeq = number(in);
        List<String> mentions = texts(in);
        SendMessage message = new SendMessage(
                conversationId,
                null,
                type,
                content,
                attachments(in),
                clientMessageId,
                replyTo,
                mentions,
                metadata,
                expiresIn == null ? null : Duration.ofMillis(expiresIn),
                ifLatestSeq,
                customType);
        return new PlannedMessage(message, attributes(in));
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length == ABSENT) {
            return null;
        }
        if (length < 0 || length > in.available()) {
            throw new IOException("the message of an upload is damaged");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static @Nullable Long number(DataInputStream in) throws IOException {
        long number = in.readLong();
        return number == ABSENT ? null : (Long) number;
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            texts.add(String.valueOf(text(in)));
        }
        return texts;
    }

    private static List<Attachment> attachments(DataInputStream in) throws IOException {
        List<Attachment> attachments = new ArrayList<>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            attachments.add(new Attachment(
                    String.valueOf(text(in)),
                    text(in),
                    number(in),
                    text(in),
                    number(in),
                    number(in),
                    number(in),
                    text(in)));
        }
        return attachments;
    }

    private static Map<String, String> attributes(DataInputStream in) throws IOException {
        Map<String, String> attributes = new HashMap<>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            attributes.put(String.valueOf(text(in)), String.valueOf(text(in)));
        }
        return attributes;
    }
}
