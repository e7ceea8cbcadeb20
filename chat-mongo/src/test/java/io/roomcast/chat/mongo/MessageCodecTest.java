package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.MessageType;
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
    private static final Message TEXT =
            new MessageDraft("m1", "c", "alice", "k", MessageBody.text("hello"), CREATED_AT).at(7);
    private static final Message FILE = new Message(
            "m2",
            "c",
            8,
            3,
            "alice",
            "k2",
            MessageBody.of(MessageType.FILE, "", new Attachment("/files/1", "plan.pdf", 12L, "application/pdf")),
            CREATED_AT,
            null,
            null,
            List.of());

    private static final BsonDocument TEXT_DOCUMENT = BsonDocument.parse("""
            {_id: "m1", conversationId: "c", seq: {$numberLong: "7"}, senderId: "alice", clientMessageId: "k",
             type: "text", content: "hello", createdAt: {$date: "2026-03-01T12:00:00.123Z"}}
            """);
    private static final BsonDocument FILE_DOCUMENT = BsonDocument.parse("""
            {_id: "m2", conversationId: "c", seq: {$numberLong: "8"}, version: {$numberLong: "3"}, senderId: "alice",
             clientMessageId: "k2", type: "file", content: "", fileUrl: "/files/1", fileName: "plan.pdf",
             fileSize: {$numberLong: "12"}, mimeType: "application/pdf",
             createdAt: {$date: "2026-03-01T12:00:00.123Z"}}
            """);

    private final MessageCodec codec = new MessageCodec();

    @Test
    void text_has_the_fields_of_the_wire_and_no_others() {
        assertThat(bytes(codec, TEXT)).isEqualTo(bytes(new BsonDocumentCodec(), TEXT_DOCUMENT));
    }

    @Test
    void file_has_its_attachment_and_its_version() {
        assertThat(bytes(codec, FILE)).isEqualTo(bytes(new BsonDocumentCodec(), FILE_DOCUMENT));
    }

    @Test
    void documents_are_read_back() {
        assertThat(read(TEXT_DOCUMENT)).isEqualTo(TEXT);
        assertThat(read(FILE_DOCUMENT)).isEqualTo(FILE);
    }

    @Test
    void unknown_fields_are_ignored() {
        BsonDocument newer = BsonDocument.parse(
                "{future: {a: [1, {b: 2}]}, reactions: [{key: 'x', userId: 'y'}], editedAt: {$date: 0}}");
        newer.putAll(TEXT_DOCUMENT);

        assertThat(read(newer)).isEqualTo(TEXT);
    }

    @Test
    void fields_in_any_order_are_read() {
        BsonDocument turned = new BsonDocument();
        List<String> names = List.copyOf(FILE_DOCUMENT.keySet());
        for (int i = names.size() - 1; i >= 0; i--) {
            turned.put(names.get(i), FILE_DOCUMENT.get(names.get(i)));
        }

        assertThat(read(turned)).isEqualTo(FILE);
    }

    @Test
    void null_is_absent() {
        assertThat(read(with(TEXT_DOCUMENT, "{fileUrl: null, version: null}"))).isEqualTo(TEXT);
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
                .hasMessageEndingWith("has no field " + name);
    }

    @Test
    void encoding_works_with_any_writer() {
        BsonDocument written = new BsonDocument();
        codec.encode(
                new BsonDocumentWriter(written), FILE, EncoderContext.builder().build());

        assertThat(written).isEqualTo(FILE_DOCUMENT);
    }

    private static BsonDocument with(BsonDocument document, String changes) {
        BsonDocument changed = document.clone();
        changed.putAll(BsonDocument.parse(changes));
        return changed;
    }

    private Message read(BsonDocument document) {
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
