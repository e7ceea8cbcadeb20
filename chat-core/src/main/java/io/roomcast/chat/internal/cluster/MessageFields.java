package io.roomcast.chat.internal.cluster;

import io.roomcast.chat.event.AnnotationChanged;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.PinChanged;
import io.roomcast.chat.event.ReactionsChanged;
import io.roomcast.chat.model.Annotation;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.Deletion;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.Pin;
import io.roomcast.chat.model.Reaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads messages and their changes. Messages contain no conversation id, which their channel names. */
final class MessageFields {
    private static final int EDITED = 1;
    private static final int DELETED = 2;
    private static final int REACTIONS = 3;
    private static final int PIN_CHANGED = 4;
    private static final int ANNOTATED = 5;

    /** The tag of all attachments, if the first one's name, size and type are not all that there is. */
    private static final int ATTACHMENTS = 1;

    private static final int PIN = 2;
    private static final int EXPIRES_AT = 3;
    private static final int CUSTOM_TYPE = 4;
    private static final int ANNOTATIONS = 5;

    private static final EnumCodes<MessageType> TYPES = new EnumCodes<>(MessageType.class, type -> switch (type) {
        case TEXT -> 1;
        case FILE -> 2;
        case IMAGE -> 3;
        case SYSTEM -> 4;
        case CALL -> 5;
        case CUSTOM -> 6;
    });

    private MessageFields() {}

    static void write(FrameWriter out, Message message) {
        out.writeText(message.id());
        out.writeLong(message.seq());
        out.writeLong(message.version());
        out.writeText(message.senderId());
        out.writeText(message.clientMessageId());
        write(out, message.body());
        out.writeInstant(message.createdAt());
        out.writeInstant(message.editedAt());
        write(out, message.deletion());
        out.writeList(message.reactions(), MessageFields::write);
        writeAdded(out, message);
    }

    /** Writes what releases before this one do not know. */
    private static void writeAdded(FrameWriter out, Message message) {
        Pin pin = message.pin();
        String customType = message.body().customType();
        int countAt = out.beginFields();
        if (hasMore(message.attachments())) {
            out.writeField(countAt, ATTACHMENTS, () -> out.writeList(message.attachments(), MessageFields::writeAll));
        }
        if (pin != null) {
            out.writeField(countAt, PIN, () -> write(out, pin));
        }
        if (message.expiresAt() != null) {
            out.writeField(countAt, EXPIRES_AT, () -> out.writeInstant(message.expiresAt()));
        }
        if (customType != null) {
            out.writeField(countAt, CUSTOM_TYPE, () -> out.writeText(customType));
        }
        if (!message.annotations().isEmpty()) {
            out.writeField(countAt, ANNOTATIONS, () -> out.writeList(message.annotations(), MessageFields::write));
        }
    }

    private static boolean hasMore(List<Attachment> attachments) {
        return attachments.size() > 1
                || (attachments.size() == 1 && !attachments.get(0).isPlain());
    }

    /** Collects what releases before this one do not know. */
    private static final class Added implements FrameReader.FieldListener {
        private @Nullable List<Attachment> attachments;
        private @Nullable Pin pin;
        private @Nullable Instant expiresAt;
        private @Nullable String customType;
        private List<Annotation> annotations = List.of();

        @Override
        public void onField(int tag, FrameReader content) {
            if (tag == ATTACHMENTS) {
                attachments = content.readList(MessageFields::readAttachment);
            } else if (tag == PIN) {
                pin = new Pin(content.readText(), content.readInstant());
            } else if (tag == EXPIRES_AT) {
                expiresAt = content.readInstant();
            } else if (tag == CUSTOM_TYPE) {
                customType = content.readText();
            } else if (tag == ANNOTATIONS) {
                annotations = content.readList(MessageFields::readAnnotation);
            }
        }

        private MessageBody addedTo(MessageBody body) {
            return attachments == null && customType == null
                    ? body
                    : new MessageBody(
                            body.type(),
                            body.content(),
                            attachments == null ? body.attachments() : attachments,
                            body.replyTo(),
                            body.mentions(),
                            body.metadata(),
                            customType);
        }
    }

    static Message read(FrameReader in, String conversationId) {
        String id = in.readText();
        long seq = in.readCount();
        long version = in.readCount();
        String senderId = in.readText();
        String clientMessageId = in.readText();
        MessageBody body = readBody(in);
        Instant createdAt = in.readInstant();
        Instant editedAt = in.readOptionalInstant();
        Deletion deletion = readDeletion(in);
        List<Reaction> reactions = in.readList(MessageFields::readReaction);
        Added added = new Added();
        in.endRecord(added);
        return new Message(
                id,
                conversationId,
                seq,
                version,
                senderId,
                clientMessageId,
                added.addedTo(body),
                createdAt,
                editedAt,
                deletion,
                reactions,
                added.pin,
                added.expiresAt,
                added.annotations);
    }

    static void write(FrameWriter out, MessagePreview preview) {
        out.writeText(preview.id());
        out.writeLong(preview.seq());
        out.writeLong(preview.version());
        out.writeText(preview.senderId());
        out.writeByte(TYPES.codeOf(preview.type()));
        out.writeText(preview.content());
        out.writeInstant(preview.createdAt());
        out.writeBoolean(preview.deleted());
        if (preview.expiresAt() != null) {
            out.writeInstant(preview.expiresAt());
        }
    }

    /** Reads a preview that ends where the reader does. */
    static MessagePreview readPreview(FrameReader in) {
        return new MessagePreview(
                in.readText(),
                in.readCount(),
                in.readCount(),
                in.readText(),
                in.readEnum(TYPES),
                in.readText(),
                in.readInstant(),
                in.readBoolean(),
                in.isAtEnd() ? null : in.readInstant());
    }

    private static void write(FrameWriter out, MessageBody body) {
        out.writeByte(TYPES.codeOf(body.type()));
        out.writeText(body.content());
        write(out, body.attachment());
        out.writeText(body.replyTo());
        out.writeTexts(body.mentions());
        out.writeText(body.metadata());
    }

    private static MessageBody readBody(FrameReader in) {
        return new MessageBody(
                in.readEnum(TYPES),
                in.readText(),
                readFirstAttachment(in),
                in.readOptionalText(),
                in.readTexts(),
                in.readOptionalText());
    }

    private static void write(FrameWriter out, @Nullable Attachment attachment) {
        if (attachment == null) {
            out.writeText(null);
            return;
        }
        out.writeText(attachment.fileUrl());
        out.writeText(attachment.fileName());
        out.writeOptionalLong(attachment.fileSize());
        out.writeText(attachment.mimeType());
    }

    private static List<Attachment> readFirstAttachment(FrameReader in) {
        String fileUrl = in.readOptionalText();
        return fileUrl == null
                ? List.of()
                : List.of(new Attachment(fileUrl, in.readOptionalText(), in.readOptionalLong(), in.readOptionalText()));
    }

    private static void writeAll(FrameWriter out, Attachment attachment) {
        write(out, attachment);
        out.writeOptionalLong(attachment.width());
        out.writeOptionalLong(attachment.height());
        out.writeOptionalLong(attachment.durationMs());
        out.writeText(attachment.thumbnailUrl());
    }

    private static Attachment readAttachment(FrameReader in) {
        return new Attachment(
                in.readText(),
                in.readOptionalText(),
                in.readOptionalLong(),
                in.readOptionalText(),
                in.readOptionalLong(),
                in.readOptionalLong(),
                in.readOptionalLong(),
                in.readOptionalText());
    }

    private static void write(FrameWriter out, @Nullable Deletion deletion) {
        out.writeText(deletion == null ? null : deletion.deletedBy());
        if (deletion != null) {
            out.writeInstant(deletion.deletedAt());
        }
    }

    private static @Nullable Deletion readDeletion(FrameReader in) {
        String deletedBy = in.readOptionalText();
        return deletedBy == null ? null : new Deletion(deletedBy, in.readInstant());
    }

    private static void write(FrameWriter out, Reaction reaction) {
        out.writeText(reaction.key());
        out.writeText(reaction.userId());
    }

    private static Reaction readReaction(FrameReader in) {
        return new Reaction(in.readText(), in.readText());
    }

    private static void write(FrameWriter out, Pin pin) {
        out.writeText(pin.by());
        out.writeInstant(pin.at());
    }

    private static void write(FrameWriter out, Annotation annotation) {
        out.writeText(annotation.key());
        out.writeText(annotation.json());
    }

    private static Annotation readAnnotation(FrameReader in) {
        return new Annotation(in.readText(), in.readText());
    }

    static void writeChange(FrameWriter out, MessageChanged change) {
        if (change instanceof ReactionsChanged reactions) {
            out.writeByte(REACTIONS);
            write(out, reactions.reaction());
            out.writeBoolean(reactions.added());
        } else if (change instanceof MessageDeleted) {
            out.writeByte(DELETED);
        } else if (change instanceof MessageEdited) {
            out.writeByte(EDITED);
        } else if (change instanceof PinChanged) {
            out.writeByte(PIN_CHANGED);
        } else if (change instanceof AnnotationChanged annotated) {
            out.writeByte(ANNOTATED);
            out.writeText(annotated.key());
        } else {
            throw new IllegalArgumentException(
                    "change: " + change.getClass().getSimpleName() + " (expected: a kind with a code)");
        }
        write(out, change.message());
    }

    static MessageChanged readChange(FrameReader in, String conversationId) {
        return switch (in.readByte()) {
            case EDITED -> new MessageEdited(read(in, conversationId));
            case DELETED -> new MessageDeleted(read(in, conversationId));
            case ANNOTATED -> readAnnotationChanged(in, conversationId);
            case PIN_CHANGED -> new PinChanged(read(in, conversationId));
            case REACTIONS -> readReactionsChanged(in, conversationId);
            default -> throw FrameReader.malformed();
        };
    }

    private static AnnotationChanged readAnnotationChanged(FrameReader in, String conversationId) {
        String key = in.readText();
        return new AnnotationChanged(read(in, conversationId), key);
    }

    private static ReactionsChanged readReactionsChanged(FrameReader in, String conversationId) {
        Reaction reaction = readReaction(in);
        boolean added = in.readBoolean();
        return new ReactionsChanged(read(in, conversationId), reaction, added);
    }
}
