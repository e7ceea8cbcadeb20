package io.roomcast.chat.mongo;

import com.mongodb.MongoException;
import io.roomcast.chat.model.Message;
import java.util.Optional;

/**
 * Completes changes that are recorded in the change log. Safe for use by several threads, and by several nodes for one
 * row; every method blocks.
 *
 * <p>There are three steps, in this order: replace the message, remove the edited content from the row, and raise the
 * version of the conversation. Each step may run twice, and none is skipped. Readers take a change as complete once the
 * version is raised.
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

    /** Completes a change that this or another node recorded. Returns the current message, or empty if it is gone. */
    Optional<Message> complete(ChangeRow row) {
        return complete(row, log.find(row.conversationId(), row.messageId()));
    }

    /** Does the same as {@link #complete(ChangeRow)} with a message that was just read. */
    Optional<Message> complete(ChangeRow row, Optional<StoredMessage> before) {
        Optional<Message> current = apply(row, before).map(StoredMessage::message);
        if (row.holdsContent()) {
            changes.removeContent(row);
        }
        if (before.isPresent() && current.isPresent() && row.mayPin(before.get().message())) {
            conversations.raise(row.version(), current.get());
        } else {
            conversations.raise(row.conversationId(), row.version(), current);
        }
        return current;
    }

    private Optional<StoredMessage> apply(ChangeRow row, Optional<StoredMessage> before) {
        if (before.isEmpty() || before.get().message().version() >= row.version()) {
            return before;
        }
        StoredMessage after = new StoredMessage(row.applyTo(before.get().message()));
        if (!after.equals(before.get()) && !log.replace(before.get().message(), after)) {
            // Another node completes the same row, or a user is being erased; the caller reads the message again.
            throw new MongoException("message " + row.messageId() + " was changed at the same time");
        }
        return Optional.of(after);
    }
}
