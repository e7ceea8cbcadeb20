package io.roomcast.chat.mongo;

import com.mongodb.MongoException;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.mongo.Heads.Head;
import io.roomcast.chat.spi.ChangeResult;
import java.util.Optional;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * One call of change: takes the next place of the change log, which a unique index guards, and then does the change.
 *
 * <p>A place is taken only when the one before it is known to be done, so at most the newest row of a conversation is
 * open, and whoever finds it finishes it. For one thread.
 */
final class ChangeOperation {
    private final MessageLog log;
    private final ChangeLog changes;
    private final ConversationDocuments conversations;
    private final RollForward rollForward;
    private final RetryBudget patience;
    private final Change change;
    private final ObjectId id = new ObjectId();
    private boolean unsure;
    private long takenByOther;

    @Nullable
    private Message intended;

    ChangeOperation(
            MessageLog log,
            ChangeLog changes,
            ConversationDocuments conversations,
            RetryBudget patience,
            Change change) {
        this.log = log;
        this.changes = changes;
        this.conversations = conversations;
        this.rollForward = new RollForward(log, changes, conversations);
        this.patience = patience;
        this.change = change;
    }

    /** Tries until the change is done or refused. */
    ChangeResult run() {
        while (true) {
            try {
                Optional<ChangeResult> result = attempt();
                if (result.isPresent()) {
                    return result.get();
                }
                if (!patience.allowsAnotherAfterMeeting()) {
                    throw ChatException.of(failureCode());
                }
            } catch (MongoException failure) {
                afterLoss(failure);
            }
        }
    }

    private Optional<ChangeResult> attempt() {
        Optional<ChangeRow> taken = unsure ? changes.withId(change.conversationId(), id) : Optional.empty();
        return taken.isPresent() ? Optional.of(done(taken.get())) : attemptAnew();
    }

    /** The version is read first: an insert that succeeds proves that nothing changed after it. */
    private Optional<ChangeResult> attemptAnew() {
        long next = appliedVersion() + 1;
        StoredMessage before = log.find(change.conversationId(), change.messageId())
                .orElseThrow(() -> ChatException.of(ErrorCode.MESSAGE_NOT_FOUND));
        intended = change.applyTo(before.message(), next);
        if (intended.equals(before.message())) {
            return Optional.of(new ChangeResult(intended, false));
        }
        if (before.message().version() >= next || !insert(next, before.message().seq())) {
            afterOther(next, before.message());
            return Optional.empty();
        }
        rollForward.finish(ChangeRow.of(id, change, next), Optional.of(before));
        return Optional.of(new ChangeResult(intended, true));
    }

    private long appliedVersion() {
        return conversations.head(change.conversationId()).map(Head::version).orElse(0L);
    }

    private boolean insert(long version, long seq) {
        try {
            boolean inserted = changes.insert(ChangeRow.of(id, change, version), seq);
            // From here on somebody will do the change, whatever fails in this call.
            unsure |= inserted;
            return inserted;
        } catch (MongoException failure) {
            unsure |= Failures.isOutcomeUnknown(failure);
            throw failure;
        }
    }

    /** Gives another node time to finish its change, and finishes the change if that node does not. */
    private void afterOther(long version, Message seen) {
        if (takenByOther == version) {
            finishOther(version, seen);
        }
        takenByOther = version;
    }

    private void finishOther(long version, Message seen) {
        Optional<ChangeRow> other = changes.at(change.conversationId(), version);
        if (other.isPresent()) {
            rollForward.finish(other.get());
        } else if (seen.version() >= version) {
            // The row was too old to be kept, so the message alone tells of it.
            conversations.raise(change.conversationId(), seen.version(), Optional.of(seen));
        }
    }

    /** As a row in its place leaves the message, whatever others did to it since. */
    private ChangeResult done(ChangeRow row) {
        Optional<Message> now = rollForward.finish(row);
        return intended != null && intended.version() == row.version()
                ? new ChangeResult(intended, true)
                : now.map(message -> new ChangeResult(message, true))
                        .orElseThrow(() -> ChatException.of(ErrorCode.MESSAGE_NOT_FOUND));
    }

    private void afterLoss(MongoException failure) {
        if (Failures.isFinal(failure) || !patience.allowsAnother()) {
            throw ChatException.of(failureCode(), failure);
        }
    }

    private ErrorCode failureCode() {
        return unsure ? ErrorCode.TIMEOUT : ErrorCode.STORAGE_UNAVAILABLE;
    }
}
