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
 * One call of catchUp: four questions at the most, however many conversations.
 *
 * <p>The conversations' documents come first, for their versions: whatever is read afterwards holds all changes up to
 * them. Of new messages they may know too little, so those are asked for whether or not there seem to be any. For one
 * thread.
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

    List<CatchUp> run() {
        findConversations();
        readNew();
        readChanged();
        return queries.stream().map(this::answer).toList();
    }

    private void findConversations() {
        List<String> ids = queries.stream().map(CatchUpQuery::conversationId).toList();
        Map<String, Head> heads = conversations.heads(ids);
        for (CatchUpQuery query : queries) {
            Head head = heads.get(query.conversationId());
            if (head != null) {
                missed.put(query.conversationId(), new MissedMessages(query, head));
            }
        }
    }

    private void readNew() {
        List<SeqRange> sections =
                missed.values().stream().map(MissedMessages::newPlaces).toList();
        log.within(sections).forEach(message -> of(message.conversationId()).take(message));
        missed.forEach((conversationId, one) -> {
            if (one.isAhead()) {
                one.confirm(log.newestSeq(conversationId));
            }
        });
    }

    private void readChanged() {
        List<SeqRange> rows = missed.values().stream()
                .filter(MissedMessages::hasChanges)
                .map(MissedMessages::changedPlaces)
                .toList();
        changes.within(rows).forEach(touch -> of(touch.conversationId()).touched(touch.seq()));
        List<SeqRange> touched = missed.values().stream()
                .filter(MissedMessages::hasOld)
                .map(MissedMessages::oldPlaces)
                .toList();
        log.within(touched).forEach(message -> of(message.conversationId()).takeOld(message));
    }

    private MissedMessages of(String conversationId) {
        return requireNonNull(missed.get(conversationId));
    }

    private CatchUp answer(CatchUpQuery query) {
        MissedMessages found = missed.get(query.conversationId());
        return found == null ? unknown(query) : found.answer();
    }

    private static CatchUp unknown(CatchUpQuery query) {
        boolean lost = !query.after().equals(Position.START);
        return new CatchUp(query.conversationId(), List.of(), Position.START, false, lost);
    }
}
