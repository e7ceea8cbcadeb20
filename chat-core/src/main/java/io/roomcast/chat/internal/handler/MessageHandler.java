package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SendMessage.Sent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.internal.attention.SentDrafts;
import io.roomcast.chat.internal.execution.CommitQueue;
import io.roomcast.chat.internal.handler.CommandPlan.Order;
import io.roomcast.chat.internal.presence.TypingTracker;
import io.roomcast.chat.internal.receipt.ReceiptTracker;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.rule.TextRules;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.session.MemberPermissions;
import io.roomcast.chat.internal.upload.SentFiles;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.MessageStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Stores messages and sends them to their rooms. A message that is not stored is not sent. */
final class MessageHandler {
    private final CommitQueue commits;
    private final MessageStore store;
    private final InterceptorRunner interceptor;
    private final TypingTracker typing;
    private final ReceiptTracker receipts;
    private final CommitFollowUp followUp;
    private final SentDrafts drafts;
    private final SentFiles files;
    private final MemberPermissions permissions;
    private final MessageIds ids;
    private final Clock clock;

    MessageHandler(
            CommitQueue commits,
            MessageStore store,
            InterceptorRunner interceptor,
            TypingTracker typing,
            ReceiptTracker receipts,
            CommitFollowUp followUp,
            SentDrafts drafts,
            SentFiles files,
            MemberPermissions permissions,
            Clock clock) {
        this.commits = commits;
        this.store = store;
        this.interceptor = interceptor;
        this.typing = typing;
        this.receipts = receipts;
        this.followUp = followUp;
        this.drafts = drafts;
        this.files = files;
        this.permissions = permissions;
        this.ids = new MessageIds(clock);
        this.clock = clock;
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans(Rules rules) {
        return List.of(new CommandPlan<>(
                SendMessage.class,
                Order.COMMIT,
                true,
                rules.messages()::send,
                this::prepare,
                (command, context) -> send(context)));
    }

    /** Passes the message to the host's interceptor, and sets the result as the context's draft. */
    CompletionStage<?> prepare(SendMessage command, CommandContext context) {
        if (command.mentions().contains(MessageBody.MENTION_ALL)) {
            requireMentionAll(command.conversationId(), context);
        }
        MessageDraft draft = draft(command, context);
        CompletionStage<MessageDraft> intercepted = files.exist()
                ? files.resolve(draft).thenCompose(interceptor::intercept).thenCompose(files::reserve)
                : interceptor.intercept(draft);
        return intercepted.thenAccept(context::draft);
    }

    /** A client without a user has no role in whose name it could mention all members. */
    private void requireMentionAll(String conversationId, CommandContext context) {
        boolean isUser = context.isHost() || context.session().principal().userId() != null;
        if (!isUser || !permissions.permits(context, conversationId, Permission.MENTION_ALL)) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
    }

    /** Stores the context's draft. The stage completes in the order in which the conversation's messages are stored. */
    CompletionStage<Sent> send(CommandContext context) {
        MessageDraft draft = context.draft();
        String repliesTo = draft.body().replyTo();
        if (repliesTo != null) {
            requireMessage(draft.conversationId(), repliesTo);
        }
        return commits.append(draft).thenApply(result -> result.accept(new Outcome(draft, context)));
    }

    /** A deleted message may be replied to, as the sender may not know of the deletion yet. Blocks for the store. */
    private void requireMessage(String conversationId, String messageId) {
        if (store.message(conversationId, messageId).isEmpty()) {
            throw ChatException.of(ErrorCode.MESSAGE_NOT_FOUND);
        }
    }

    /** Replies to the sender, and sends the message to its room. */
    private final class Outcome implements AppendResult.Visitor<Sent> {
        private final MessageDraft draft;
        private final CommandContext context;

        Outcome(MessageDraft draft, CommandContext context) {
            this.draft = draft;
            this.context = context;
        }

        @Override
        public Sent visit(AppendResult.Stored stored) {
            committed(stored.message(), context);
            context.sendToRoom(stored.message().conversationId(), new MessageSent(stored.message()));
            return new Sent(stored.message(), false);
        }

        @Override
        public Sent visit(AppendResult.Duplicate duplicate) {
            if (followUp.takeUnconfirmed(duplicate.message())) {
                committed(duplicate.message(), context);
            }
            files.stored(duplicate.message());
            context.sendToRoomOnce(new MessageSent(duplicate.message()));
            return new Sent(duplicate.message(), true);
        }

        @Override
        public Sent visit(AppendResult.Failed failed) {
            if (failed.cause().code() != ErrorCode.CONFLICT) {
                followUp.unconfirmed(draft);
            }
            throw ChatException.ofMessage(failed.cause());
        }
    }

    private MessageDraft draft(SendMessage command, CommandContext context) {
        String id = ids.next();
        Instant now = clock.instant();
        return new MessageDraft(
                id,
                command.conversationId(),
                context.author(),
                Objects.requireNonNullElse(command.clientMessageId(), id),
                new MessageBody(
                        command.type(),
                        TextRules.withoutControls(Objects.requireNonNullElse(command.content(), "")),
                        command.attachments(),
                        command.replyTo(),
                        command.mentions(),
                        command.metadata(),
                        command.customType()),
                now,
                command.expiresIn() == null ? null : now.plus(command.expiresIn()),
                command.ifLatestSeq());
    }

    /** Counts the sender's own message as read. Anonymous clients have no read state. */
    private void committed(Message message, CommandContext context) {
        followUp.stored(message);
        files.stored(message);
        stopTyping(message.conversationId(), context);
        boolean isUser = context.isHost() || context.session().principal().userId() != null;
        if (isUser) {
            receipts.recordSent(message);
        }
        context.afterPublishing(() -> {
            followUp.committed(
                    message, context.isHost() ? null : context.session().id());
            if (isUser) {
                drafts.messageSent(message);
            }
        });
    }

    private void stopTyping(String conversationId, CommandContext context) {
        typing.stop(conversationId, context.session())
                .ifPresent(userId -> context.sendToOthers(conversationId, new TypingStopped(conversationId, userId)));
    }
}
