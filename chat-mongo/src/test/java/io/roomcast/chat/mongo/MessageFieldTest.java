package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Annotation;
import io.roomcast.chat.model.Deletion;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Pin;
import io.roomcast.chat.model.Reaction;
import io.roomcast.chat.testkit.Components;
import io.roomcast.chat.testkit.Drafts;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.codecs.DecoderContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The fields of a message are complete: for the codec, and for the erasure of a user. */
class MessageFieldTest extends MongoCase {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /** Returns a message of alice in which every component is set, and every other user is zoe. */
    private static Message withEverything() {
        Message sent = Drafts.full("c", "alice", "zoe").at(1);
        Message message = new Message(
                sent.id(),
                sent.conversationId(),
                sent.seq(),
                5,
                sent.senderId(),
                sent.clientMessageId(),
                sent.body(),
                sent.createdAt(),
                NOON,
                new Deletion("zoe", NOON),
                List.of(new Reaction("x", "zoe")),
                new Pin("zoe", NOON),
                NOON,
                List.of(new Annotation("note", "{}")));
        assertThat(Components.unset(message)).isEmpty();
        return message;
    }

    private static BsonDocument document() {
        return MessageCodec.document(new StoredMessage(withEverything()));
    }

    @Test
    void every_component_is_stored_and_read_back() {
        StoredMessage stored = new StoredMessage(withEverything());
        BsonDocument document = MessageCodec.document(stored);
        StoredMessage read = new MessageCodec()
                .decode(
                        new BsonDocumentReader(document),
                        DecoderContext.builder().build());

        assertThat(Components.of(read)).isEqualTo(Components.of(stored));
    }

    @ParameterizedTest
    @EnumSource
    void field_is_written_under_its_name(MessageField field) {
        assertThat(document()).containsKey(field.field());
    }

    static Stream<MessageField> traces() {
        return MessageField.withTraces();
    }

    @ParameterizedTest
    @MethodSource("traces")
    void message_is_not_replaced_by_a_state_from_before_an_erasure(MessageField field) {
        MongoChatStore store = openStore();
        BsonDocument document = namingZoeIn(field);
        database.getCollection("messages", BsonDocument.class).insertOne(document);
        MessageLog log = new MessageLog(ChatDatabase.of(database).messages(), Clock.systemUTC());
        StoredMessage before =
                log.find("c", document.getString("_id").getValue()).orElseThrow();
        assertThat(log.replace(before.message(), before)).isTrue();

        store.eraseUser("zoe");

        assertThat(log.replace(before.message(), before)).isFalse();
        assertThat(everything()).doesNotContain("zoe");
    }

    /** Returns the document of a message that names zoe in one field alone. */
    private static BsonDocument namingZoeIn(MessageField field) {
        BsonDocument document = BsonDocument.parse(document().toJson().replace("zoe", "bob"));
        document.put(field.field(), document().get(field.field()));
        document.remove(DocumentFields.EXPIRES_AT);
        return document;
    }
}
