package io.roomcast.chat.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.model.ReceiptQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonInvalidOperationException;
import org.bson.Document;

/**
 * Stores the receipts: for each user and conversation, the highest sequence numbers delivered and read, and the one at
 * which the user first joined. Safe for use by several threads; every method blocks.
 */
final class ReceiptDocuments {
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private static final String EARLINESS = "earliness";

    private static final Document BY_USER =
            new Document(DocumentFields.CONVERSATION_ID, 1).append(DocumentFields.USER_ID, 1);

    /** The maximum number of documents in a query of several conversations. */
    private static final int IN_ONE_QUERY = 5_000;

    private record ReceiptKey(String conversationId, String userId) {}

    private final DocumentReader<Document> reader = new DocumentReader<>("receipts");
    private final MongoCollection<Document> receipts;

    ReceiptDocuments(MongoCollection<Document> receipts) {
        this.receipts = receipts;
    }

    /** Raises the stored sequence numbers that are lower, in one command. A read message counts as delivered. */
    void raise(Collection<Receipt> raised) {
        Map<ReceiptKey, Map<Kind, Receipt>> marks = new LinkedHashMap<>();
        for (Receipt receipt : raised) {
            Map<Kind, Receipt> mark = marks.computeIfAbsent(
                    new ReceiptKey(receipt.conversationId(), receipt.userId()), key -> new EnumMap<>(Kind.class));
            mark.merge(receipt.kind(), receipt, ReceiptDocuments::latest);
            if (receipt.kind() == Kind.READ) {
                mark.merge(Kind.DELIVERED, receipt, ReceiptDocuments::latest);
            }
        }
        if (!marks.isEmpty()) {
            write(marks.entrySet().stream()
                    .map(entry -> marking(entry.getKey(), entry.getValue()))
                    .toList());
        }
    }

    private static Receipt latest(Receipt one, Receipt other) {
        return other.replaces(one) ? other : one;
    }

    /**
     * Returns a value for {@code $max}, which compares the fields in this order: the higher sequence number wins, and
     * for one number the earlier time.
     */
    private static Document highest(Receipt receipt) {
        return new Document(DocumentFields.SEQ, receipt.upToSeq())
                .append(EARLINESS, -receipt.at().toEpochMilli())
                .append(DocumentFields.AT, Date.from(receipt.at()));
    }

    /** Returns a value for {@code $min}: the lower sequence number wins, and for one number the earlier time. */
    private static Document lowest(Receipt receipt) {
        return new Document(DocumentFields.SEQ, receipt.upToSeq()).append(DocumentFields.AT, Date.from(receipt.at()));
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

    private static UpdateOneModel<Document> marking(ReceiptKey key, Map<Kind, Receipt> marks) {
        Document update = new Document();
        marks.forEach((kind, receipt) -> {
            String operator = kind == Kind.JOINED ? "$min" : "$max";
            Document value = kind == Kind.JOINED ? lowest(receipt) : highest(receipt);
            Document fields = (Document) update.computeIfAbsent(operator, absent -> new Document());
            fields.append(field(kind), value);
        });
        return new UpdateOneModel<>(
                new Document(DocumentFields.CONVERSATION_ID, key.conversationId())
                        .append(DocumentFields.USER_ID, key.userId()),
                update,
                new UpdateOptions().upsert(true));
    }

    private static String field(Kind kind) {
        return switch (kind) {
            case DELIVERED -> DocumentFields.DELIVERED;
            case READ -> DocumentFields.READ;
            case JOINED -> DocumentFields.JOINED;
        };
    }

    /** Returns a page of the conversation's receipts. */
    List<Receipt> page(ReceiptQuery query) {
        Document wanted = new Document(DocumentFields.CONVERSATION_ID, query.conversationId());
        if (query.afterUserId() != null) {
            wanted.append(DocumentFields.USER_ID, new Document("$gt", query.afterUserId()));
        }
        return joined(reader.page(
                query.users(), limit -> Reads.page(receipts, wanted, limit).sort(BY_USER), ReceiptDocuments::read));
    }

    /**
     * Returns the first page of each conversation. One query reads all of them if they have few receipts together.
     * Otherwise each further query reads the conversations that the earlier ones did not reach.
     */
    List<Receipt> firstPages(Collection<String> conversationIds, int users) {
        int limit = Math.max(users, IN_ONE_QUERY);
        Set<String> left = new HashSet<>(conversationIds);
        List<Receipt> found = new ArrayList<>();
        boolean mayFindMore = !left.isEmpty();
        while (mayFindMore) {
            List<Document> documents = first(left, limit);
            boolean isCut = documents.size() == limit;
            Map<String, List<Document>> read = byConversation(documents);
            if (isCut) {
                removeIncomplete(read, users);
            }
            read.forEach((id, one) -> found.addAll(firstPage(id, one, users)));
            mayFindMore = left.removeAll(read.keySet()) && isCut && !left.isEmpty();
        }
        return found;
    }

    private List<Document> first(Set<String> conversationIds, int limit) {
        Document wanted = new Document(DocumentFields.CONVERSATION_ID, new Document("$in", conversationIds));
        return Reads.page(receipts, wanted, limit).sort(BY_USER).into(new ArrayList<>());
    }

    /** Returns the documents of each conversation, in the order in which they were read. */
    private Map<String, List<Document>> byConversation(List<Document> documents) {
        Map<String, List<Document>> found = new LinkedHashMap<>();
        for (Document document : documents) {
            reader.read(document, stored -> DocumentReader.text(stored, DocumentFields.CONVERSATION_ID))
                    .ifPresent(id -> found.computeIfAbsent(id, first -> new ArrayList<>())
                            .add(document));
        }
        return found;
    }

    /** Removes the last conversation if the query's limit may have cut its page. */
    private static void removeIncomplete(Map<String, List<Document>> read, int users) {
        List<String> ids = List.copyOf(read.keySet());
        if (ids.size() > 1) {
            read.computeIfPresent(ids.get(ids.size() - 1), (id, one) -> one.size() < users ? null : one);
        }
    }

    /** Reads a page again if it is short because malformed documents were skipped. */
    private List<Receipt> firstPage(String conversationId, List<Document> read, int users) {
        List<List<Receipt>> valid = reader.all(read, ReceiptDocuments::read);
        return valid.size() < users && read.size() >= users
                ? page(ReceiptQuery.first(conversationId, users))
                : joined(valid.subList(0, Math.min(users, valid.size())));
    }

    /** Returns the user's receipts in the given conversations. */
    List<Receipt> of(String userId, Collection<String> conversationIds) {
        Document wanted = new Document(DocumentFields.CONVERSATION_ID, new Document("$in", conversationIds))
                .append(DocumentFields.USER_ID, userId);
        return joined(reader.all(Reads.find(receipts, wanted), ReceiptDocuments::read));
    }

    private static List<Receipt> joined(List<List<Receipt>> found) {
        return found.stream().flatMap(List::stream).toList();
    }

    /**
     * Returns the receipts that the document holds, at most one of each kind.
     *
     * @throws BsonInvalidOperationException if it holds none
     */
    static List<Receipt> read(Document stored) {
        List<Receipt> found = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            read(stored, kind, found);
        }
        if (found.isEmpty()) {
            throw new BsonInvalidOperationException("no receipt");
        }
        return found;
    }

    private static void read(Document stored, Kind kind, List<Receipt> found) {
        Document value = stored.get(field(kind), Document.class);
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
