package io.roomcast.chat.internal.handler;

import io.roomcast.chat.internal.execution.ConversationLocks;
import io.roomcast.chat.internal.session.SessionOpener;
import java.time.Clock;

/**
 * Assembles the package: the handlers of commands, and the services for the host.
 *
 * @param commands handles commands
 * @param sessions opens sessions
 * @param conversations changes conversations for the host
 * @param history deletes old messages for the host
 * @param erasure erases users for the host
 * @param followUp follows up stored messages
 */
public record HandlerParts(
        Handlers commands,
        SessionOpener sessions,
        HostConversations conversations,
        HistoryTrimmer history,
        UserErasure erasure,
        CommitFollowUp followUp) {
    /** Creates idle handlers. */
    public static HandlerParts create(ChatParts parts) {
        Clock clock = parts.settings().clock();
        ConversationEditor editor = editor(parts);
        ConversationLocks locks =
                new ConversationLocks(parts.settings().limits().commandTimeout());
        CommitFollowUp followUp = followUp(parts);
        Handlers commands = Handlers.create(parts, editor, locks, followUp);
        HostConversations conversations = new HostConversations(
                editor,
                parts.joins().evictor(),
                parts.rules(),
                commands,
                parts.rooms().publisher(),
                parts.rooms().cluster(),
                clock,
                locks);
        parts.rooms().cluster().onRequest(new RemoteRequests(parts));
        UserErasure erasure = new UserErasure(parts, editor, locks);
        return new HandlerParts(
                commands,
                new SessionOpener(parts.sessions().lifecycle(), erasure::isErasing, parts.settings()),
                conversations,
                new HistoryTrimmer(parts),
                erasure,
                followUp);
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
