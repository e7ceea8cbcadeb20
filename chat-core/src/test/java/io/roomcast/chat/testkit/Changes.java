package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Annotation;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.Message;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes to make, each of this moment. */
public final class Changes {
    /** The content, and the key in the metadata, of the edit of {@link #rewrite}. */
    public static final String EDITED = "rewritten";

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

    /** Pins the message. */
    public static Change pin(Message message, String userId) {
        return new Change.Pin(message.conversationId(), message.id(), userId, Drafts.now());
    }

    /** Unpins the message. */
    public static Change unpin(Message message, String userId) {
        return new Change.Unpin(message.conversationId(), message.id(), userId, Drafts.now());
    }

    /** Sets an annotation. */
    public static Change annotate(Message message, String key, String json) {
        return new Change.Annotate(
                message.conversationId(), message.id(), "system", Drafts.now(), new Annotation(key, json));
    }

    /** Removes an annotation. */
    public static Change unannotate(Message message, String key) {
        return new Change.Unannotate(message.conversationId(), message.id(), "system", Drafts.now(), key);
    }

    /** Returns a change of the content and the metadata. */
    public static Change rewrite(Message message, String userId) {
        return new Change.Edit(
                message.conversationId(), message.id(), userId, Drafts.now(), EDITED, "{\"" + EDITED + "\":1}", null);
    }

    /** Creates changes of a message by a user, all of which have an effect. */
    @FunctionalInterface
    public interface Steps {
        List<Change> on(Message message, String userId);
    }

    /** Returns steps for each kind of change. The last one is of this kind. */
    public static Map<Class<?>, Steps> ofEachKind() {
        String json = "{\"" + EDITED + "\":1}";
        Map<Class<?>, Steps> all = Map.of(
                Change.Annotate.class, (message, user) -> List.of(annotate(message, "note", json)),
                Change.Unannotate.class,
                        (message, user) -> List.of(annotate(message, "note", json), unannotate(message, "note")),
                Change.Edit.class, (message, user) -> List.of(rewrite(message, user)),
                Change.Delete.class, (message, user) -> List.of(delete(message, user)),
                Change.React.class, (message, user) -> List.of(react(message, user, "👍")),
                Change.Unreact.class,
                        (message, user) -> List.of(react(message, user, "👍"), unreact(message, user, "👍")),
                Change.Pin.class, (message, user) -> List.of(pin(message, user)),
                Change.Unpin.class, (message, user) -> List.of(pin(message, user), unpin(message, user)));
        assertThat(all.keySet())
                .as("kinds of changes with steps")
                .containsExactlyInAnyOrder(Change.class.getPermittedSubclasses());
        return all;
    }
}
