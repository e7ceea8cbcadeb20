package io.roomcast.chat.mongo;

import com.mongodb.MongoException;
import io.roomcast.chat.model.Message;
import java.util.Optional;

/**
 * Does what a row of the change log says. Safe for use by several threads, and by several nodes for one row.
 *
 * <p>Each step may be done twice, and none is skipped: the message, then the row's own copy of what the user wrote, and
 * at last the conversation, by which readers know that the change is done.
 */
final class RollForward {
    private final MessageLog log;
    private final ChangeLog changes;
    private final ConversationDocuments conversations;

    RollForward(MessageLog log, ChangeLog changes, ConversationDocuments conversations) {
        this.log = log;
        this.changes = changes;
        this.conversations = conversations;
    }

    /** Finishes a change that somebody began; the message as it is now, or empty if it is gone. */
    Optional<Message> finish(ChangeRow row) {
        return finish(row, log.find(row.conversationId(), row.messageId()));
    }

    /** As {@link #finish(ChangeRow)}, where the message has just been read. */
    Optional<Message> finish(ChangeRow row, Optional<StoredMessage> before) {
        Optional<Message> now = apply(row, before).map(StoredMessage::message);
        if (row.holdsContent()) {
            changes.strip(row);
        }
        conversations.raise(row.conversationId(), row.version(), now);
        return now;
    }

    private Optional<StoredMessage> apply(ChangeRow row, Optional<StoredMessage> before) {
        if (before.isEmpty() || before.get().message().version() >= row.version()) {
            return before;
        }
        StoredMessage after = before.get().with(row.applyTo(before.get().message()));
        if (!after.equals(before.get()) && !log.replace(before.get().message(), after)) {
            // Somebody else finishes the row, or erases a user; whoever called looks again.
            throw new MongoException("message " + row.messageId() + " was changed at the same time");
        }
        return Optional.of(after);
    }
}
