package io.roomcast.chat.internal.host;

import io.roomcast.chat.internal.handler.ChatParts;
import io.roomcast.chat.internal.handler.HandlerParts;
import java.util.function.Consumer;

/**
 * Assembles the package: the services for the host.
 *
 * @param conversations changes conversations
 * @param history deletes old messages
 * @param erasure erases users
 * @param events sends events to users
 * @param annotator annotates messages
 * @param followers passes all messages and changes to the host's followers
 */
public record HostParts(
        HostConversations conversations,
        HistoryTrimmer history,
        UserErasure erasure,
        HostEvents events,
        MessageAnnotator annotator,
        Followers followers) {
    /**
     * Creates idle services.
     *
     * @param restartJoins starts the joins in progress of a conversation again
     */
    public static HostParts create(ChatParts parts, HandlerParts handlers, Consumer<String> restartJoins) {
        return new HostParts(
                new HostConversations(parts, handlers),
                new HistoryTrimmer(parts, restartJoins),
                new UserErasure(parts, handlers),
                new HostEvents(parts),
                new MessageAnnotator(parts),
                followers(parts));
    }

    private static Followers followers(ChatParts parts) {
        Followers followers = new Followers(
                parts.settings().store(),
                parts.settings().metrics(),
                parts.settings().clock(),
                parts.execution().scheduler());
        parts.listeners().onEvent(followers::accept);
        parts.listeners().onErasure(followers::erased);
        return followers;
    }
}
