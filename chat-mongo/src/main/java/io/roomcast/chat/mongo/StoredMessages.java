package io.roomcast.chat.mongo;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import io.roomcast.chat.model.Message;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.RawBsonDocument;

/**
 * Reads messages from their documents. Safe for use by several threads; every method blocks.
 *
 * <p>Expired messages are filtered out here and not by the query. A condition on the time would let a server choose the
 * index on expiry times, which covers the messages of all conversations.
 */
final class StoredMessages {
    private static final MessageCodec CODEC = new MessageCodec();

    private final DocumentReader<RawBsonDocument> reader = new DocumentReader<>("messages");
    private final MongoCollection<RawBsonDocument> documents;
    private final Clock clock;

    StoredMessages(MongoCollection<?> messages, Clock clock) {
        this.documents = messages.withDocumentClass(RawBsonDocument.class);
        this.clock = clock;
    }

    private static StoredMessage decode(RawBsonDocument document) {
        return document.decode(CODEC);
    }

    /** Returns all messages that match the filter, in no particular order, expired or not. */
    List<StoredMessage> all(Document wanted) {
        return reader.all(Reads.find(documents, wanted), StoredMessages::decode);
    }

    /** Returns the first message in the order, expired or not. */
    Optional<StoredMessage> first(Document wanted, Document order) {
        return page(wanted, order, 1).stream().findFirst();
    }

    /**
     * Returns the first messages in the order, expired or not. Returns fewer than the limit only if there are no more.
     */
    List<StoredMessage> page(Document wanted, Document order, int limit) {
        return reader.page(limit, asked -> sorted(wanted, order, asked), StoredMessages::decode);
    }

    private FindIterable<RawBsonDocument> sorted(Document wanted, Document order, int limit) {
        return Reads.page(documents, wanted, limit).sort(order);
    }

    /** Returns the messages that have not expired. */
    List<Message> unexpired(List<StoredMessage> messages) {
        Instant now = clock.instant();
        return messages.stream()
                .filter(message -> !message.isExpired(now))
                .map(StoredMessage::message)
                .toList();
    }
}
