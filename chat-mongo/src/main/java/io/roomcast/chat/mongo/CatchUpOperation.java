package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.mongo.Heads.Head;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs one call of {@code catchUp}, with at most four queries for any number of conversations.
 *
 * <p>The conversations' documents are read first, for their versions; all later reads then include the changes up to
 * these versions. Their sequence numbers may lag behind, so new messages are always queried. For one thread.
 */
final class CatchUpOperation {
    private final MessageLog log;
    private final ChangeLog changes;
    private final ConversationDocuments conversations;
    private final List<CatchUpQuery> queries;
    private final Map<String, MissedMessages> missed = new HashMap<>();

    CatchUpOperation(
            MessageLog log, ChangeLog changes, ConversationDocuments conversations, List<CatchUpQuery> queries) {
        this.log = log;
        this.changes = changes;
        this.conversations = conversations;
        this.queries = queries;
    }

    /** Returns one result for each query, in the queries' order. */
    List<CatchUp> run() {
        readHeads();
        readNewMessages();
        readChangedMessages();
        return queries.stream().map(this::result).toList();
    }

    private void readHeads() {
        List<String> ids = queries.stream().map(CatchUpQuery::conversationId).toList();
        Map<String, Head> heads = conversations.heads(ids);
        for (CatchUpQuery query : queries) {
            Head head = heads.get(query.conversationId());
            if (head != null) {
                missed.put(query.conversationId(), new MissedMessages(query, head));
            }
        }
    }

    private void readNewMessages() {
        List<SeqRange> ranges =
                missed.values().stream().map(MissedMessages::newRange).toList();
        log.within(ranges).forEach(message -> of(message.conversationId()).addNew(message));
        missed.forEach((conversationId, conversation) -> {
            if (conversation.isAhead()) {
                conversation.confirmHead(log.newestSeq(conversationId));
            }
        });
    }

    private void readChangedMessages() {
        List<SeqRange> versions = missed.values().stream()
                .filter(MissedMessages::hasMissedVersions)
                .map(MissedMessages::missedVersions)
                .toList();
        changes.within(versions).forEach(row -> of(row.conversationId()).recordChange(row.seq()));
        List<SeqRange> seqs = missed.values().stream()
                .filter(MissedMessages::hasChangedSeqs)
                .map(MissedMessages::changedSeqs)
                .toList();
        log.within(seqs).forEach(message -> of(message.conversationId()).addChanged(message));
    }

    private MissedMessages of(String conversationId) {
        return requireNonNull(missed.get(conversationId));
    }

    private CatchUp result(CatchUpQuery query) {
        MissedMessages found = missed.get(query.conversationId());
        return found == null ? unknownConversation(query) : found.result();
    }

    private static CatchUp unknownConversation(CatchUpQuery query) {
        boolean lost = !query.after().equals(Position.START);
        return new CatchUp(query.conversationId(), List.of(), Position.START, false, lost);
    }
}
