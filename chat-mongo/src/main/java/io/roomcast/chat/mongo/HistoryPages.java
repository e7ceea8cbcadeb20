package io.roomcast.chat.mongo;

import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.Message;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.bson.Document;

/**
 * Reads pages of a conversation's messages. Safe for use by several threads; every method blocks.
 *
 * <p>Each page is a range of sequence numbers, which the unique index returns in order.
 */
final class HistoryPages {
    private static final Document OLDEST_FIRST = new Document(DocumentFields.SEQ, 1);
    private static final Document NEWEST_FIRST = new Document(DocumentFields.SEQ, -1);

    private final StoredMessages messages;
    private final Clock clock;

    HistoryPages(StoredMessages messages, Clock clock) {
        this.messages = messages;
        this.clock = clock;
    }

    List<Message> page(HistoryQuery query) {
        return switch (query.anchor()) {
            case LATEST -> backwards(new Document("$gt", 0L), query);
            case BEFORE -> backwards(new Document("$gt", 0L).append("$lt", query.seq()), query);
            case AFTER -> after(query);
            case AROUND -> around(query);
        };
    }

    private List<Message> backwards(Document seqs, HistoryQuery query) {
        List<Message> page = new ArrayList<>(filled(within(seqs, query), NEWEST_FIRST, query));
        Collections.reverse(page);
        return page;
    }

    private List<Message> around(HistoryQuery query) {
        Document seqs = new Document("$gte", query.aroundFrom()).append("$lt", query.aroundFrom() + query.limit());
        return messages.unexpired(messages.page(within(seqs, query), OLDEST_FIRST, query.limit()));
    }

    private List<Message> after(HistoryQuery query) {
        return filled(within(new Document("$gt", query.seq()), query), OLDEST_FIRST, query);
    }

    /** Returns as many messages as the query wants, whatever number of expired ones is among them. */
    private List<Message> filled(Document wanted, Document order, HistoryQuery query) {
        List<StoredMessage> found = messages.page(wanted, order, query.limit());
        List<Message> page = messages.unexpired(found);
        boolean isComplete = page.size() == found.size() || found.size() < query.limit();
        return isComplete ? page : withoutExpired(wanted, order, query);
    }

    /** Reads the page again with a condition on the expiry time, which skips any number of expired messages. */
    private List<Message> withoutExpired(Document wanted, Document order, HistoryQuery query) {
        Document past = new Document("$lte", Date.from(clock.instant()));
        Document unexpired = new Document(wanted).append(DocumentFields.EXPIRES_AT, new Document("$not", past));
        return messages.unexpired(messages.page(unexpired, order, query.limit()));
    }

    private static Document within(Document seqs, HistoryQuery query) {
        return new Document(DocumentFields.CONVERSATION_ID, query.conversationId()).append(DocumentFields.SEQ, seqs);
    }
}
