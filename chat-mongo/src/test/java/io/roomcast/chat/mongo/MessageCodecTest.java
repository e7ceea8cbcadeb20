package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.model.Annotation;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.Deletion;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.Pin;
import io.roomcast.chat.model.Reaction;
import java.time.Instant;
import java.util.List;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonDocumentWriter;
import org.bson.BsonInvalidOperationException;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
    private static final Instant CREATED_AT = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final StoredMessage TEXT =
            new StoredMessage(new MessageDraft("m1", "c", "alice", "k", MessageBody.text("hello"), CREATED_AT).at(7));
    private static final StoredMessage FULL = new StoredMessage(new Message(
            "m2",
            "c",
            8,
            3,
            "alice",
            "k2",
            new MessageBody(
                    MessageType.FILE,
                    "the plan",
                    List.of(
                            new Attachment("/files/1", "plan.pdf", 12L, "application/pdf"),
                            new Attachment("/2", null, null, null, 640L, 480L, 3_000L, "/2.png")),
                    "m1",
                    List.of("bob", "carol"),
                    "{\"a\":1}",
                    "poll"),
            CREATED_AT,
            CREATED_AT.plusSeconds(1),
            null,
            List.of(new Reaction("x", "bob"), new Reaction("y", "bob")),
            new Pin("carol", CREATED_AT.plusSeconds(3)),
            CREATED_AT.plusSeconds(60),
            List.of(new Annotation("note", "{\"b\":2}"))));
    private static final StoredMessage TOMBSTONE = new StoredMessage(new Message(
            "m3",
            "c",
            9,
            4,
            "alice",
            "k3",
            MessageBody.text(""),
            CREATED_AT,
            null,
            new Deletion("bob", CREATED_AT.plusSeconds(2)),
            List.of(),
            null,
            null,
            List.of()));

    private static final BsonDocument TEXT_DOCUMENT = BsonDocument.parse("""
            {_id: "m1", conversationId: "c", seq: {$numberLong: "7"}, senderId: "alice", clientMessageId: "k",
             type: "text", content: "hello", createdAt: {$date: "2026-03-01T12:00:00.123Z"}}
            """);
    private static final BsonDocument FULL_DOCUMENT = BsonDocument.parse("""
            {_id: "m2", conversationId: "c", seq: {$numberLong: "8"}, version: {$numberLong: "3"}, senderId: "alice",
             clientMessageId: "k2", type: "file", content: "the plan", fileUrl: "/files/1", fileName: "plan.pdf",
             fileSize: {$numberLong: "12"}, mimeType: "application/pdf",
             attachments: [
               {fileUrl: "/files/1", fileName: "plan.pdf", fileSize: {$numberLong: "12"}, mimeType: "application/pdf"},
               {fileUrl: "/2", width: {$numberLong: "640"}, height: {$numberLong: "480"},
                durationMs: {$numberLong: "3000"}, thumbnailUrl: "/2.png"}],
             replyTo: "m1", mentions: ["bob", "carol"],
             metadata: '{"a":1}', customType: "poll", createdAt: {$date: "2026-03-01T12:00:00.123Z"},
             editedAt: {$date: "2026-03-01T12:00:01.123Z"},
             reactions: [{key: "x", userId: "bob"}, {key: "y", userId: "bob"}],
             pinned: {by: "carol", at: {$date: "2026-03-01T12:00:03.123Z"}},
             annotations: [{key: "note", json: '{"b":2}'}],
             expiresAt: {$date: "2026-03-01T12:01:00.123Z"}}
            """);
    private static final BsonDocument TOMBSTONE_DOCUMENT = BsonDocument.parse("""
            {_id: "m3", conversationId: "c", seq: {$numberLong: "9"}, version: {$numberLong: "4"}, senderId: "alice",
             clientMessageId: "k3", type: "text", content: "", createdAt: {$date: "2026-03-01T12:00:00.123Z"},
             deletedAt: {$date: "2026-03-01T12:00:02.123Z"}, deletedBy: "bob"}
            """);

    private final MessageCodec codec = new MessageCodec();

    @Test
    void text_has_the_fields_of_the_wire_and_no_others() {
        assertThat(bytes(codec, TEXT)).isEqualTo(bytes(new BsonDocumentCodec(), TEXT_DOCUMENT));
    }

    @Test
    void message_with_everything_has_the_fields_of_the_wire() {
        assertThat(bytes(codec, FULL)).isEqualTo(bytes(new BsonDocumentCodec(), FULL_DOCUMENT));
    }

    @Test
    void tombstone_has_the_deleter_and_the_time() {
        assertThat(bytes(codec, TOMBSTONE)).isEqualTo(bytes(new BsonDocumentCodec(), TOMBSTONE_DOCUMENT));
    }

    @Test
    void documents_are_read_back() {
        assertThat(read(TEXT_DOCUMENT)).isEqualTo(TEXT);
        assertThat(read(FULL_DOCUMENT)).isEqualTo(FULL);
        assertThat(read(TOMBSTONE_DOCUMENT)).isEqualTo(TOMBSTONE);
    }

    /** As releases that know one file write it, and as they can read it. */
    @Test
    void one_file_without_dimensions_is_stored_in_fields_of_the_message() {
        StoredMessage stored = new StoredMessage(withFile(new Attachment("/1", "a", 1L, "a/b")));
        BsonDocument document =
                with(TEXT_DOCUMENT, "{fileUrl: '/1', fileName: 'a', fileSize: {$numberLong: '1'}, mimeType: 'a/b'}");

        assertThat(MessageCodec.document(stored)).isEqualTo(document);
        assertThat(read(document)).isEqualTo(stored);
    }

    @Test
    void unknown_fields_of_a_file_are_ignored() {
        assertThat(read(with(TEXT_DOCUMENT, "{fileUrl: '/1', attachments: [{tone: [1], width: 3, fileUrl: '/1'}]}")))
                .isEqualTo(new StoredMessage(withFile(new Attachment("/1", null, null, null, 3L, null, null, null))));
    }

    @Test
    void unknown_fields_are_ignored() {
        BsonDocument newer = BsonDocument.parse("{future: {a: [1, {b: 2}]}, past: [{a: 1}], present: {$date: 0}}");
        newer.putAll(TEXT_DOCUMENT);

        assertThat(read(newer)).isEqualTo(TEXT);
    }

    @Test
    void unknown_fields_of_a_reaction_are_ignored() {
        BsonDocument newer =
                with(FULL_DOCUMENT, "{reactions: [{tone: 3, userId: 'bob', key: 'x'}, {key: 'y', userId: 'bob'}]}");

        assertThat(read(newer)).isEqualTo(FULL);
    }

    @Test
    void fields_in_any_order_are_read() {
        BsonDocument turned = new BsonDocument();
        List<String> names = List.copyOf(FULL_DOCUMENT.keySet());
        for (int i = names.size() - 1; i >= 0; i--) {
            turned.put(names.get(i), FULL_DOCUMENT.get(names.get(i)));
        }

        assertThat(read(turned)).isEqualTo(FULL);
    }

    @Test
    void null_is_absent() {
        assertThat(read(with(
                        TEXT_DOCUMENT,
                        "{fileUrl: null, version: null, reactions: null, mentions: null, expiresAt: null}")))
                .isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{seq: 7}", "{seq: 7.0}", "{seq: {$numberLong: '7'}}"})
    void whole_numbers_of_any_type_are_read(String seq) {
        assertThat(read(with(TEXT_DOCUMENT, seq))).isEqualTo(TEXT);
    }

    @Test
    void type_of_a_newer_version_is_read_as_text() {
        assertThat(read(with(TEXT_DOCUMENT, "{type: 'hologram'}"))).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_id", "conversationId", "seq", "senderId", "clientMessageId", "content", "createdAt"})
    void absence_of_a_required_field_is_named(String name) {
        BsonDocument broken = TEXT_DOCUMENT.clone();
        broken.remove(name);

        assertThatThrownBy(() -> read(broken))
                .isInstanceOf(BsonInvalidOperationException.class)
                .hasMessage("no field " + name);
    }

    @Test
    void encoding_works_with_any_writer() {
        BsonDocument written = new BsonDocument();
        codec.encode(
                new BsonDocumentWriter(written), FULL, EncoderContext.builder().build());

        assertThat(written).isEqualTo(FULL_DOCUMENT);
    }

    private static BsonDocument with(BsonDocument document, String changes) {
        BsonDocument changed = document.clone();
        changed.putAll(BsonDocument.parse(changes));
        return changed;
    }

    private static Message withFile(Attachment file) {
        MessageBody body = MessageBody.text("hello").withAttachments(List.of(file));
        return new MessageDraft("m1", "c", "alice", "k", body, CREATED_AT).at(7);
    }

    private StoredMessage read(BsonDocument document) {
        return codec.decode(
                new BsonDocumentReader(document), DecoderContext.builder().build());
    }

    private static <T> byte[] bytes(Codec<T> codec, T value) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            codec.encode(writer, value, EncoderContext.builder().build());
            return buffer.toByteArray();
        }
    }
}
