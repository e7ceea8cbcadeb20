package io.roomcast.chat.testkit;

import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.MessageType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Messages to append, each with an id of its own. */
public final class Drafts {
    private Drafts() {}

    /** Returns a text message with a new idempotency key. */
    public static MessageDraft text(String conversationId, String senderId, String content) {
        return keyed(conversationId, senderId, UUID.randomUUID().toString(), content);
    }

    /** So many messages, whose contents are their numbers from 0 on. */
    public static List<MessageDraft> texts(String conversationId, String senderId, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> text(conversationId, senderId, String.valueOf(i)))
                .toList();
    }

    /** Returns a text message with the given idempotency key, as a client's retry has it. */
    public static MessageDraft keyed(String conversationId, String senderId, String key, String content) {
        return draft(conversationId, senderId, key, MessageType.TEXT, content, null);
    }

    /** Returns a text message of the given time. */
    public static MessageDraft dated(String conversationId, String senderId, String content, Instant createdAt) {
        return new MessageDraft(
                UUID.randomUUID().toString(),
                conversationId,
                senderId,
                UUID.randomUUID().toString(),
                MessageBody.text(content),
                createdAt);
    }

    /** A message with a file. */
    public static MessageDraft file(String conversationId, Attachment attachment) {
        return draft(conversationId, "alice", UUID.randomUUID().toString(), MessageType.FILE, "", attachment);
    }

    /** Returns a message with everything that an author can write, which mentions the given users and expires in a day. */
    public static MessageDraft full(String conversationId, String senderId, String... mentions) {
        List<Attachment> attachments = List.of(
                new Attachment("/files/1", "plan.pdf", 1L, "application/pdf"),
                new Attachment("/files/2", "a.mp4", 2L, "video/mp4", 640L, 480L, 3_000L, "/files/2.png"));
        MessageBody body =
                new MessageBody(MessageType.FILE, "look", attachments, "m-1", List.of(mentions), "{\"a\": 1}", "poll");
        return text(conversationId, senderId, "").withBody(body).expiringBy(now().plus(Duration.ofDays(1)));
    }

    private static MessageDraft draft(
            String conversationId,
            String senderId,
            String key,
            MessageType type,
            String content,
            @Nullable Attachment attachment) {
        return new MessageDraft(
                UUID.randomUUID().toString(),
                conversationId,
                senderId,
                key,
                MessageBody.of(type, content, attachment),
                now());
    }

    /** Returns an id of 26 characters that sorts by time, as the chat creates them. */
    static String idAt(Instant time) {
        StringBuilder id = new StringBuilder();
        for (int shift = 45; shift >= 0; shift -= 5) {
            id.append("0123456789ABCDEFGHJKMNPQRSTVWXYZ".charAt((int) (time.toEpochMilli() >>> shift) & 31));
        }
        return id.append(UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT), 0, 16)
                .toString();
    }

    /** Now, in whole milliseconds. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
