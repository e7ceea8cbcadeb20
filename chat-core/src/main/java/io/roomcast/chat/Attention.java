package io.roomcast.chat;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.internal.ChatRuntime;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Decides who wishes to be notified of a message, such as by a push notification. It puts together what the users prefer
 * in the conversation, whether they have muted it, and whom the message mentions.
 *
 * <p>A user is not notified of own and deleted messages. Whether a user may read the conversation, or reads it at the
 * moment, is not considered: pass only members. Preferences that another server changed are considered after at most
 * half a minute, and in a {@linkplain ChatEngineBuilder#cluster cluster} usually at the same time.
 *
 * <p>Safe for use by any thread. The methods block for the store unless the users' preferences are cached, so do not call
 * them on an event loop. They throw a {@link io.roomcast.chat.model.ChatException} with {@link
 * ErrorCode#STORAGE_UNAVAILABLE} if the store cannot be reached.
 */
public final class Attention {
    private final ChatRuntime runtime;

    Attention(ChatRuntime runtime) {
        this.runtime = runtime;
    }

    /** Returns whether the user wishes to be notified of the message. */
    public boolean notifies(String userId, Message message) {
        return !notified(List.of(requireNonNull(userId, "userId")), message).isEmpty();
    }

    /**
     * Returns those of the users who wish to be notified of the message. Calls the store at most once for each 1,000
     * users.
     */
    public Set<String> notified(Collection<String> userIds, Message message) {
        return runtime.notified(
                Checks.list(List.copyOf(requireNonNull(userIds, "userIds")), "userIds"),
                requireNonNull(message, "message"));
    }
}
