package io.roomcast.chat.mongo;

import java.util.Collection;
import java.util.List;
import org.bson.Document;

/**
 * A set of sequence numbers or of versions within one conversation. Immutable.
 *
 * @param conversationId the conversation
 * @param condition the condition on the number, in MongoDB's query language
 */
record SeqRange(String conversationId, Document condition) {
    /** Returns the numbers above {@code above}, up to and including {@code upTo}. */
    static SeqRange range(String conversationId, long above, long upTo) {
        return new SeqRange(conversationId, new Document("$gt", above).append("$lte", upTo));
    }

    /** Returns the numbers above {@code seq}. */
    static SeqRange above(String conversationId, long seq) {
        return new SeqRange(conversationId, new Document("$gt", seq));
    }

    /** Returns the given numbers. */
    static SeqRange of(String conversationId, Collection<Long> seqs) {
        return new SeqRange(conversationId, new Document("$in", seqs));
    }

    /** Returns a filter for documents whose field is within any of the ranges; there must be at least one. */
    static Document anyOf(List<SeqRange> ranges, String field) {
        return Documents.anyOf(ranges.stream().map(range -> range.filter(field)).toList());
    }

    /** Returns a filter for documents of the conversation whose field is within this range. */
    Document filter(String field) {
        return new Document(DocumentFields.CONVERSATION_ID, conversationId).append(field, condition);
    }
}
