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

/** How far users have come. Safe for use by several threads; every method blocks. */
final class ReceiptDocuments {
    private static final BulkWriteOptions EACH_FOR_ITSELF = new BulkWriteOptions().ordered(false);

    private static final String EARLINESS = "earliness";

    private record Owner(String conversationId, String userId) {}

    private final DocumentReader<Document> reader = new DocumentReader<>("receipts");
    private final MongoCollection<Document> receipts;

    ReceiptDocuments(MongoCollection<Document> receipts) {
        this.receipts = receipts;
    }

    /** Raises what is lower, in one command. */
    void mark(Collection<Receipt> marks) {
        Map<Owner, Document> furthest = new LinkedHashMap<>();
        marks.forEach(mark -> raise(furthest, mark));
        if (!furthest.isEmpty()) {
            write(furthest.entrySet().stream()
                    .map(entry -> raising(entry.getKey(), entry.getValue()))
                    .toList());
        }
    }

    private static void raise(Map<Owner, Document> furthest, Receipt mark) {
        Document reached =
                furthest.computeIfAbsent(new Owner(mark.conversationId(), mark.userId()), owner -> new Document());
        raise(reached, DocumentFields.DELIVERED, mark);
        if (mark.kind() == Kind.READ) {
            raise(reached, DocumentFields.READ, mark);
        }
    }

    private static void raise(Document reached, String kind, Receipt mark) {
        Document before = reached.get(kind, Document.class);
        if (before == null || Documents.whole(before, DocumentFields.SEQ) < mark.upToSeq()) {
            reached.put(kind, place(mark.upToSeq(), mark.at()));
        }
    }

    /** What {@code $max} compares, one after another: the further place wins, and at one place the earlier time. */
    private static Document place(long seq, Instant at) {
        return new Document(DocumentFields.SEQ, seq)
                .append(EARLINESS, -at.toEpochMilli())
                .append(DocumentFields.AT, Date.from(at));
    }

    private void write(List<UpdateOneModel<Document>> raises) {
        try {
            receipts.bulkWrite(raises, EACH_FOR_ITSELF);
        } catch (MongoBulkWriteException failure) {
            if (!Failures.areDuplicateKeysOnly(failure)) {
                throw failure;
            }
            // Two first marks of one user met; the other one's document is there now.
            receipts.bulkWrite(raises, EACH_FOR_ITSELF);
        }
    }

    private static UpdateOneModel<Document> raising(Owner owner, Document reached) {
        return new UpdateOneModel<>(
                new Document(DocumentFields.CONVERSATION_ID, owner.conversationId())
                        .append(DocumentFields.USER_ID, owner.userId()),
                new Document("$max", reached),
                new UpdateOptions().upsert(true));
    }

    List<Receipt> of(String conversationId) {
        return find(new Document(DocumentFields.CONVERSATION_ID, conversationId));
    }

    List<Receipt> of(Collection<String> conversationIds) {
        return find(new Document(DocumentFields.CONVERSATION_ID, new Document("$in", conversationIds)));
    }

    List<Receipt> of(String userId, Collection<String> conversationIds) {
        return find(new Document(DocumentFields.CONVERSATION_ID, new Document("$in", conversationIds))
                .append(DocumentFields.USER_ID, userId));
    }

    private List<Receipt> find(Document wanted) {
        return reader.all(Reads.find(receipts, wanted), ReceiptDocuments::read).stream()
                .flatMap(List::stream)
                .toList();
    }

    static List<Receipt> read(Document stored) {
        List<Receipt> found = new ArrayList<>();
        read(stored, DocumentFields.READ, Kind.READ, found);
        read(stored, DocumentFields.DELIVERED, Kind.DELIVERED, found);
        return found;
    }

    private static void read(Document stored, String name, Kind kind, List<Receipt> found) {
        Document place = stored.get(name, Document.class);
        if (place != null) {
            found.add(new Receipt(
                    kind,
                    DocumentReader.text(stored, DocumentFields.CONVERSATION_ID),
                    DocumentReader.text(stored, DocumentFields.USER_ID),
                    Documents.whole(place, DocumentFields.SEQ),
                    Documents.instant(place, DocumentFields.AT)));
        }
    }
}
