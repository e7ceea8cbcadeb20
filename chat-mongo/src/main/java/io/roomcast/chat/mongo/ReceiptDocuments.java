package io.roomcast.chat.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Receipt.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/**
 * Stores the receipts: for each user and conversation, the highest sequence numbers delivered and read. Safe for use by
 * several threads; every method blocks.
 */
final class ReceiptDocuments {
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private static final String EARLINESS = "earliness";

    private record ReceiptKey(String conversationId, String userId) {}

    private final DocumentReader<Document> reader = new DocumentReader<>("receipts");
    private final MongoCollection<Document> receipts;

    ReceiptDocuments(MongoCollection<Document> receipts) {
        this.receipts = receipts;
    }

    /** Raises the stored sequence numbers that are lower, in one command. A read message counts as delivered. */
    void raise(Collection<Receipt> raised) {
        Map<ReceiptKey, Document> highest = new LinkedHashMap<>();
        raised.forEach(receipt -> raise(highest, receipt));
        if (!highest.isEmpty()) {
            write(highest.entrySet().stream()
                    .map(entry -> raising(entry.getKey(), entry.getValue()))
                    .toList());
        }
    }

    private static void raise(Map<ReceiptKey, Document> highest, Receipt receipt) {
        Document raised = highest.computeIfAbsent(
                new ReceiptKey(receipt.conversationId(), receipt.userId()), key -> new Document());
        raise(raised, DocumentFields.DELIVERED, receipt);
        if (receipt.kind() == Kind.READ) {
            raise(raised, DocumentFields.READ, receipt);
        }
    }

    private static void raise(Document raised, String kind, Receipt receipt) {
        Document before = raised.get(kind, Document.class);
        if (before == null || Documents.whole(before, DocumentFields.SEQ) < receipt.upToSeq()) {
            raised.put(kind, value(receipt.upToSeq(), receipt.at()));
        }
    }

    /**
     * Returns a value for {@code $max}, which compares the fields in this order: the higher sequence number wins, and
     * for one number the earlier time.
     */
    private static Document value(long seq, Instant at) {
        return new Document(DocumentFields.SEQ, seq)
                .append(EARLINESS, -at.toEpochMilli())
                .append(DocumentFields.AT, Date.from(at));
    }

    private void write(List<UpdateOneModel<Document>> raises) {
        try {
            receipts.bulkWrite(raises, UNORDERED);
        } catch (MongoBulkWriteException failure) {
            if (!Failures.areDuplicateKeysOnly(failure)) {
                throw failure;
            }
            // Two nodes inserted the first receipt of one user; the other node's document exists now.
            receipts.bulkWrite(raises, UNORDERED);
        }
    }

    private static UpdateOneModel<Document> raising(ReceiptKey key, Document raised) {
        return new UpdateOneModel<>(
                new Document(DocumentFields.CONVERSATION_ID, key.conversationId())
                        .append(DocumentFields.USER_ID, key.userId()),
                new Document("$max", raised),
                new UpdateOptions().upsert(true));
    }

    /** Returns the receipts of the conversation. */
    List<Receipt> of(String conversationId) {
        return find(new Document(DocumentFields.CONVERSATION_ID, conversationId));
    }

    /** Returns the receipts of the given conversations. */
    List<Receipt> of(Collection<String> conversationIds) {
        return find(new Document(DocumentFields.CONVERSATION_ID, new Document("$in", conversationIds)));
    }

    /** Returns the user's receipts in the given conversations. */
    List<Receipt> of(String userId, Collection<String> conversationIds) {
        return find(new Document(DocumentFields.CONVERSATION_ID, new Document("$in", conversationIds))
                .append(DocumentFields.USER_ID, userId));
    }

    private List<Receipt> find(Document wanted) {
        return reader.all(Reads.find(receipts, wanted), ReceiptDocuments::read).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Returns the receipts that the document holds, at most one of each kind. */
    static List<Receipt> read(Document stored) {
        List<Receipt> found = new ArrayList<>();
        read(stored, DocumentFields.READ, Kind.READ, found);
        read(stored, DocumentFields.DELIVERED, Kind.DELIVERED, found);
        return found;
    }

    private static void read(Document stored, String name, Kind kind, List<Receipt> found) {
        Document value = stored.get(name, Document.class);
        if (value != null) {
            found.add(new Receipt(
                    kind,
                    DocumentReader.text(stored, DocumentFields.CONVERSATION_ID),
                    DocumentReader.text(stored, DocumentFields.USER_ID),
                    Documents.whole(value, DocumentFields.SEQ),
                    Documents.instant(value, DocumentFields.AT)));
        }
    }
}
