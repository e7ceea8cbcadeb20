package io.roomcast.chat.mongo;

import com.mongodb.MongoException;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.mongo.Heads.Head;
import io.roomcast.chat.spi.ChangeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Runs one call of {@code change}: records the change under the next version of the change log, whose unique index
 * accepts one row for each version, and then completes it.
 *
 * <p>A row is inserted only if the change before it is known to be complete. So at most the newest row of a conversation
 * is incomplete, and the next node that finds it completes it. For one thread.
 */
final class ChangeOperation {
    private final MessageLog log;
    private final ChangeLog changes;
    private final ConversationDocuments conversations;
    private final RollForward rollForward;
    private final RetryBudget retryBudget;
    private final Change change;
    private final ObjectId id = new ObjectId();
    private boolean mayBeRecorded;
    private long takenVersion;

    @Nullable
    private Message intended;

    /** Creates an operation that has not started. */
    ChangeOperation(
            MessageLog log,
            ChangeLog changes,
            ConversationDocuments conversations,
            RetryBudget retryBudget,
            Change change) {
        this.log = log;
        this.changes = changes;
        this.conversations = conversations;
        this.rollForward = new RollForward(log, changes, conversations);
        this.retryBudget = retryBudget;
        this.change = change;
    }

    /**
     * Tries until the change is complete or refused.
     *
     * @throws ChatException with {@link ErrorCode#TIMEOUT} if the change may still be completed later
     */
    ChangeResult run() {
        while (true) {
            try {
                Optional<ChangeResult> result = attempt();
                if (result.isPresent()) {
                    return result.get();
                }
                if (!retryBudget.allowsRetryAfterConflict()) {
                    throw ChatException.of(failureCode());
                }
            } catch (MongoException failure) {
                failUnlessRetryable(failure);
            } catch (RuntimeException failure) {
                throw Failures.of(failure, mayBeRecorded);
            }
        }
    }

    private Optional<ChangeResult> attempt() {
        Optional<ChangeRow> recorded = mayBeRecorded ? changes.withId(change.conversationId(), id) : Optional.empty();
        return recorded.isPresent() ? Optional.of(complete(recorded.get())) : recordAndComplete();
    }

    /** Reads the version first: if the insert then succeeds, no other change was made after that read. */
    private Optional<ChangeResult> recordAndComplete() {
        long next = completedVersion() + 1;
        StoredMessage before = log.find(change.conversationId(), change.messageId())
                .orElseThrow(() -> ChatException.of(ErrorCode.MESSAGE_NOT_FOUND));
        intended = change.applyTo(before.message(), next);
        if (intended.equals(before.message())) {
            return Optional.of(new ChangeResult(intended, false));
        }
        if (before.message().pin() == null && intended.pin() != null) {
            requireRoomForPin();
        }
        if (before.message().version() >= next || !insert(next, before.message().seq())) {
            handleTaken(next, before.message());
            return Optional.empty();
        }
        rollForward.complete(ChangeRow.of(id, change, next), Optional.of(before));
        return Optional.of(new ChangeResult(intended, true));
    }

    /**
     * Counts the pinned messages. If the row is then inserted, no other change has pinned one meanwhile.
     *
     * <p>Listed messages that have expired or were erased are counted only until the list is full.
     */
    private void requireRoomForPin() {
        List<String> listed = conversations.pins(change.conversationId());
        if (listed.size() >= FixedLimits.PINS) {
            List<String> gone = new ArrayList<>(listed);
            log.pinned(change.conversationId(), listed).forEach(message -> gone.remove(message.id()));
            if (listed.size() - gone.size() >= FixedLimits.PINS) {
                throw ChatException.of(ErrorCode.PIN_LIMIT);
            }
            conversations.removePins(change.conversationId(), gone);
        }
    }

    private long completedVersion() {
        return conversations
                .head(change.conversationId())
                .map(Head::version)
                .orElseThrow(() -> ChatException.of(ErrorCode.MESSAGE_NOT_FOUND));
    }

    private boolean insert(long version, long seq) {
        try {
            boolean inserted = changes.insert(ChangeRow.of(id, change, version), seq);
            // From here on some node completes the change, even if this call fails.
            mayBeRecorded |= inserted;
            return inserted;
        } catch (MongoException failure) {
            mayBeRecorded |= Failures.isOutcomeUnknown(failure);
            throw failure;
        }
    }

    /** Gives another node time to complete its change. Completes the change if the version is still taken next time. */
    private void handleTaken(long version, Message seen) {
        if (takenVersion == version) {
            completeOther(version, seen);
        }
        takenVersion = version;
    }

    private void completeOther(long version, Message seen) {
        Optional<ChangeRow> other = changes.at(change.conversationId(), version);
        if (other.isPresent()) {
            rollForward.complete(other.get());
        } else if (seen.version() >= version) {
            // An earlier release let rows expire before their change was complete; the message shows the version.
            conversations.raise(change.conversationId(), seen.version(), Optional.of(seen));
        }
    }

    /** Returns the message as this change left it, if known, and otherwise as it is now. */
    private ChangeResult complete(ChangeRow recorded) {
        Optional<Message> current = rollForward.complete(recorded);
        return intended != null && intended.version() == recorded.version()
                ? new ChangeResult(intended, true)
                : current.map(message -> new ChangeResult(message, true))
                        .orElseThrow(() -> ChatException.of(ErrorCode.MESSAGE_NOT_FOUND));
    }

    private void failUnlessRetryable(MongoException failure) {
        if (Failures.isFinal(failure) || !retryBudget.allowsRetryAfterFailure()) {
            throw ChatException.of(failureCode(), failure);
        }
    }

    private ErrorCode failureCode() {
        return mayBeRecorded ? ErrorCode.TIMEOUT : ErrorCode.STORAGE_UNAVAILABLE;
    }
}
