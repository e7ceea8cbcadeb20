package io.roomcast.chat.mongo;

import com.mongodb.MongoException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the records of deleted conversations on a thread of its own, in steps of bounded size. This is the only place
 * that names the collections of a conversation's records.
 *
 * <p>A conversation's records are removed twice: when it is deleted, and {@link #LATE} later. Other nodes may write for a
 * moment, until they know of the deletion. The conversations' documents record what is left to do. So the next store that
 * is opened continues what a crash has interrupted. Safe for use by several threads and nodes.
 */
final class Purge implements AutoCloseable {
    /** The time after which no node writes to a deleted conversation any more. Longer than nodes cache its kind. */
    static final Duration LATE = Duration.ofMinutes(1);

    /** The default delay after the start, and after a failure. */
    static final Duration DELAY = Duration.ofSeconds(10);

    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final Logger log = LoggerFactory.getLogger(MongoChatStore.class);

    private final IdleTimer timer = new IdleTimer("roomcast-purge");
    private final ChatDatabase database;
    private final ConversationDocuments conversations;
    private final Clock clock;
    private final Duration delay;

    Purge(ChatDatabase database, ConversationDocuments conversations, Clock clock, Duration delay) {
        this.database = database;
        this.conversations = conversations;
        this.clock = clock;
        this.delay = delay;
    }

    /** Begins a while after the start, with what an earlier run has left. */
    Purge start() {
        schedule(delay);
        return this;
    }

    /** Begins now, as a conversation was deleted. */
    void deleted() {
        schedule(Duration.ZERO);
    }

    private void schedule(Duration wait) {
        timer.schedule(wait, this::run);
    }

    private void run() {
        try {
            purgeAll().ifPresent(this::schedule);
        } catch (MongoException failure) {
            log.debug("Could not remove the records of deleted conversations, will retry", failure);
            schedule(delay);
        } catch (IllegalStateException closed) {
            log.debug("The client was closed before all records of deleted conversations were removed", closed);
        }
    }

    /** Removes what is due. Returns the time until more is due; empty if nothing is left. */
    private Optional<Duration> purgeAll() {
        Optional<Document> next = conversations.nextToPurge();
        while (next.isPresent() && !clock.instant().isBefore(purgeAt(next.get()))) {
            purge(next.get());
            next = conversations.nextToPurge();
        }
        return next.map(
                later -> Duration.between(clock.instant(), purgeAt(later)).plus(MOMENT));
    }

    private static Instant purgeAt(Document deleted) {
        return Documents.instant(deleted, DocumentFields.PURGE_AT);
    }

    private void purge(Document deleted) {
        String conversationId = deleted.getString(DocumentFields.ID);
        Instant last = Documents.instant(deleted, DocumentFields.DELETED_AT).plus(LATE);
        boolean isLast = !clock.instant().isBefore(last);
        removeRecords(new Document(DocumentFields.CONVERSATION_ID, conversationId));
        new Sweep(database.calls()).remove(Documents.byId(conversationId));
        conversations.purgeAt(conversationId, isLast ? null : last);
    }

    private void removeRecords(Document ofConversation) {
        new Sweep(database.members()).remove(ofConversation);
        new Sweep(database.receipts()).remove(ofConversation);
        new Sweep(database.preferences()).remove(ofConversation);
        new Sweep(database.followers()).remove(ofConversation);
        new Sweep(database.pushes()).remove(ofConversation);
        new Sweep(database.changes()).remove(ofConversation);
        new Sweep(database.messages()).remove(ofConversation);
    }

    /** Stops after the command in progress. A second call has no effect. */
    @Override
    public void close() {
        timer.stopNow();
    }
}
