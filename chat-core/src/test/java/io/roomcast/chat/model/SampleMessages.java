package io.roomcast.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.testkit.Components;
import java.time.Instant;
import java.util.List;

/** Stored messages to look at. */
final class SampleMessages {
    static final Instant SENT_AT = Instant.parse("2026-01-01T00:00:00Z");

    private SampleMessages() {}

    /** Returns alice's file with a text, a reply, a mention, metadata and two reactions. */
    static Message rich() {
        List<Attachment> attachments = List.of(
                new Attachment("/files/1", "plan.pdf", 1L, "application/pdf"),
                new Attachment("/files/2", "a.mp4", 2L, "video/mp4", 640L, 480L, 3_000L, "/files/2.png"));
        MessageBody body = new MessageBody(MessageType.FILE, "look", attachments, "m-0", List.of("bob"), "{}", "poll");
        return new Message(
                "m-1",
                "c",
                7,
                3,
                "alice",
                "k",
                body,
                SENT_AT,
                null,
                null,
                List.of(new Reaction("👍", "bob"), new Reaction("🎉", "alice")),
                null,
                null,
                List.of());
    }

    /** Returns a message of alice in which every component is set, and every other user is bob. */
    static Message everything() {
        Message rich = rich();
        Message everything = new Message(
                rich.id(),
                rich.conversationId(),
                rich.seq(),
                rich.version(),
                rich.senderId(),
                rich.clientMessageId(),
                rich.body(),
                rich.createdAt(),
                SENT_AT.plusSeconds(1),
                new Deletion("bob", SENT_AT.plusSeconds(2)),
                List.of(new Reaction("👍", "bob")),
                new Pin("bob", SENT_AT.plusSeconds(3)),
                SENT_AT.plusSeconds(60),
                List.of(new Annotation("note", "{}")));
        assertThat(Components.unset(everything)).isEmpty();
        return everything;
    }

    /** Returns alice's unchanged text message. */
    static Message text(String content) {
        return new MessageDraft("m-1", "c", "alice", "k", MessageBody.text(content), SENT_AT).at(7);
    }
}
