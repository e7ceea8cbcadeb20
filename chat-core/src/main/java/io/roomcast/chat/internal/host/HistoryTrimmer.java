package io.roomcast.chat.internal.host;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.internal.execution.LaneTask;
import io.roomcast.chat.internal.execution.PendingReply;
import io.roomcast.chat.internal.execution.Waits;
import io.roomcast.chat.internal.handler.ChatParts;
import io.roomcast.chat.model.ChatException;
import java.util.function.Consumer;

/**
 * Deletes a conversation's oldest messages for the host. Never blocks the caller; a worker blocks for the store.
 *
 * <p>Trims in the conversation's order, while no message is on its way to the store. So a message is either sent to the
 * room before, or has a higher sequence number. Joins in progress start again, so that no client receives a trimmed
 * message afterwards.
 */
public final class HistoryTrimmer {
    private final ChatParts parts;
    private final Consumer<String> restartJoins;

    /**
     * Creates a trimmer.
     *
     * @param restartJoins starts the joins in progress of a conversation again
     */
    HistoryTrimmer(ChatParts parts, Consumer<String> restartJoins) {
        this.parts = parts;
        this.restartJoins = restartJoins;
    }

    /**
     * Deletes all messages up to a sequence number. A second call does nothing.
     *
     * @param upToSeq the highest sequence number to delete, not negative
     * @param reply succeeds when the store has deleted the messages
     */
    public void trim(String conversationId, long upToSeq, Reply<Boolean> reply) {
        PendingReply<Boolean> pending = parts.execution().timeouts().track(reply);
        try {
            parts.rules().ids().conversationId(conversationId);
            parts.rules().receipts().upToSeq(upToSeq);
            LaneTask task = LaneTask.step(Waits.forAllMessages(), () -> trimNow(conversationId, upToSeq, pending));
            parts.execution().lanes().executeSerially(conversationId, task);
        } catch (Throwable failure) {
            pending.failed(ChatException.from(failure));
        }
    }

    private void trimNow(String conversationId, long upToSeq, PendingReply<Boolean> reply) {
        if (reply.isAnswered()) {
            return;
        }
        try {
            parts.settings().store().trim(conversationId, upToSeq);
            reply.succeeded(true);
        } catch (Throwable failure) {
            reply.failed(ChatException.from(failure));
        } finally {
            restartJoins.accept(conversationId);
        }
    }
}
