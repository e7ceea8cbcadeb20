package io.roomcast.chat.testkit;

import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.Message;
import org.jspecify.annotations.Nullable;

/** Changes to make, each of this moment. */
public final class Changes {
    private Changes() {}

    /** Edits the content, whatever the message's version is. */
    public static Change edit(Message message, String userId, String content) {
        return edit(message, userId, content, null);
    }

    /** Edits the content if the message has the given version. */
    public static Change edit(Message message, String userId, String content, @Nullable Long expectedVersion) {
        return new Change.Edit(
                message.conversationId(), message.id(), userId, Drafts.now(), content, null, expectedVersion);
    }

    /** Replaces or removes the metadata, and keeps the content. */
    public static Change describe(Message message, String userId, @Nullable String metadata) {
        return new Change.Edit(
                message.conversationId(), message.id(), userId, Drafts.now(), message.content(), metadata, null);
    }

    /** Nothing but the place remains. */
    public static Change delete(Message message, String userId) {
        return new Change.Delete(message.conversationId(), message.id(), userId, Drafts.now());
    }

    /** A reaction of the user's. */
    public static Change react(Message message, String userId, String key) {
        return new Change.React(message.conversationId(), message.id(), userId, Drafts.now(), key);
    }

    /** Takes a reaction of the user's back. */
    public static Change unreact(Message message, String userId, String key) {
        return new Change.Unreact(message.conversationId(), message.id(), userId, Drafts.now(), key);
    }
}
