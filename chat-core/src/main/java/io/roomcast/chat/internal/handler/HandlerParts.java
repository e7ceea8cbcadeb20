package io.roomcast.chat.internal.handler;

import io.roomcast.chat.internal.execution.ConversationLocks;
import io.roomcast.chat.internal.room.Cluster;

/**
 * Assembles the package: the handlers of commands, and what the services for the host share with them.
 *
 * @param commands handles commands
 * @param editor changes conversations
 * @param locks orders the changes of one conversation
 * @param requests carries out on this node what is requested of all nodes
 * @param deletion deletes conversations
 * @param followUp follows up stored messages
 */
public record HandlerParts(
        Handlers commands,
        ConversationEditor editor,
        ConversationLocks locks,
        Cluster.Requests requests,
        ConversationDeletion deletion,
        CommitFollowUp followUp) {
    /** Creates idle handlers. */
    public static HandlerParts create(ChatParts parts) {
        ConversationEditor editor = editor(parts);
        ConversationLocks locks =
                new ConversationLocks(parts.settings().limits().commandTimeout());
        CommitFollowUp followUp = followUp(parts);
        ConversationDeletion deletion = new ConversationDeletion(parts);
        Cluster.Requests requests = new RemoteRequests(parts, deletion);
        parts.rooms().cluster().onRequest(requests);
        Handlers commands = Handlers.create(parts, editor, locks, deletion, followUp);
        return new HandlerParts(commands, editor, locks, requests, deletion, followUp);
    }

    private static ConversationEditor editor(ChatParts parts) {
        return new ConversationEditor(
                parts.settings().store(),
                parts.rooms().membershipCache(),
                parts.receipts(),
                parts.presence().visibility(),
                parts.sessions().guard(),
                parts.settings().limits().members());
    }

    private static CommitFollowUp followUp(ChatParts parts) {
        return new CommitFollowUp(
                parts.settings().store(),
                parts.execution().lanes(),
                parts.execution().scheduler(),
                parts.rooms().publisher(),
                parts.listeners(),
                parts.receipts().unread(),
                parts.broadcaster());
    }
}
