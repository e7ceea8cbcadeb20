package io.roomcast.chat.mongo;

import java.util.Collection;
import java.util.List;
import org.bson.Document;

/**
 * Some places of one conversation, of its messages or of its changes.
 *
 * @param conversationId the conversation
 * @param places the condition on the place
 */
record SeqRange(String conversationId, Document places) {
    /** Those above one place, up to another and with it. */
    static SeqRange range(String conversationId, long above, long upTo) {
        return new SeqRange(conversationId, new Document("$gt", above).append("$lte", upTo));
    }

    /** Those above one place. */
    static SeqRange above(String conversationId, long place) {
        return new SeqRange(conversationId, new Document("$gt", place));
    }

    static SeqRange of(String conversationId, Collection<Long> places) {
        return new SeqRange(conversationId, new Document("$in", places));
    }

    static Document anyOf(List<SeqRange> sections, String field) {
        return Documents.anyOf(
                sections.stream().map(section -> section.filter(field)).toList());
    }

    Document filter(String field) {
        return new Document(DocumentFields.CONVERSATION_ID, conversationId).append(field, places);
    }
}
