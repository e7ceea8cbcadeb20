package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.CancelUpload;
import io.roomcast.chat.command.FinishUpload;
import io.roomcast.chat.command.GetFile;
import io.roomcast.chat.command.GetUpload;
import io.roomcast.chat.command.ReportUpload;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.internal.execution.WorkerPool;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.session.Authorizer;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.session.MemberPermissions;
import io.roomcast.chat.internal.upload.UserFiles;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.StoredFile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Begins and ends uploads, and finds files. Never blocks. */
final class UploadHandler {
    @Nullable
    private final UserFiles files;

    private final Authorizer authorizer;
    private final MemberPermissions permissions;
    private final WorkerPool workers;

    /**
     * Creates a handler.
     *
     * @param files the files of users, or null if the host keeps none
     */
    UploadHandler(@Nullable UserFiles files, Authorizer authorizer, MemberPermissions permissions, WorkerPool workers) {
        this.files = files;
        this.authorizer = authorizer;
        this.permissions = permissions;
        this.workers = workers;
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans(Rules rules) {
        return List.of(
                new CommandPlan<>(
                        StartUpload.class,
                        CommandPlan.Order.CONCURRENT,
                        false,
                        rules.uploads()::start,
                        CommandPlan.UNPREPARED,
                        this::start),
                CommandPlan.concurrent(
                        GetUpload.class, command -> rules.uploads().id(command.uploadId(), "uploadId"), this::find),
                CommandPlan.concurrent(
                        CancelUpload.class,
                        command -> rules.uploads().id(command.uploadId(), "uploadId"),
                        this::cancel),
                CommandPlan.concurrent(ReportUpload.class, rules.uploads()::report, this::report),
                CommandPlan.concurrent(
                        FinishUpload.class,
                        command -> rules.uploads().id(command.uploadId(), "uploadId"),
                        this::finish),
                CommandPlan.concurrent(
                        GetFile.class, command -> rules.uploads().id(command.fileId(), "fileId"), this::file));
    }

    private CompletionStage<StartUpload.Started> start(StartUpload command, CommandContext context) {
        String userId = context.requireUser();
        UserFiles found = require();
        if (command.message() != null) {
            requirePermitted(command.message(), userId, context);
        }
        Map<String, String> attributes = context.session().principal().attributes();
        return found.calls()
                .call(userId, () -> found.uploads().start(command, userId, attributes))
                .thenCompose(started -> found.completion().completeSoon(started, found.uploads()));
    }

    private void requirePermitted(SendMessage message, String userId, CommandContext context) {
        String senderId = message.senderId();
        boolean isOther = senderId != null && !senderId.isEmpty() && !senderId.equals(userId);
        boolean lacksPermission = message.mentions().contains(MessageBody.MENTION_ALL)
                && !permissions.permits(context, message.conversationId(), Permission.MENTION_ALL);
        if (isOther || lacksPermission) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
    }

    private CompletionStage<StartUpload.Started> find(GetUpload command, CommandContext context) {
        String userId = context.requireUser();
        UserFiles found = require();
        return found.calls()
                .call(userId, () -> found.uploads().find(command.uploadId(), userId))
                .thenCompose(started -> found.completion().completeSoon(started, found.uploads()));
    }

    private CompletionStage<CancelUpload.Cancelled> cancel(CancelUpload command, CommandContext context) {
        String userId = context.requireUser();
        UserFiles found = require();
        return found.calls().call(userId, () -> found.uploads().cancel(command.uploadId(), userId));
    }

    private CompletionStage<ReportUpload.Reported> report(ReportUpload command, CommandContext context) {
        String userId = context.requireUser();
        return require().direct().report(command, userId);
    }

    private CompletionStage<StartUpload.Started> finish(FinishUpload command, CommandContext context) {
        String userId = context.requireUser();
        return require().direct().finish(command, userId);
    }

    private UserFiles require() {
        if (files == null) {
            throw ChatException.of(ErrorCode.NOT_SUPPORTED);
        }
        return files;
    }

    /** Asks the access policy when the conversation is known, on a worker, because the policy may block for the store. */
    private CompletionStage<GetFile.Found> file(GetFile command, CommandContext context) {
        UserFiles found = require();
        return found.calls()
                .call(context.userId(), () -> found.ofMessages().readable(command.fileId()))
                .thenComposeAsync(file -> authorized(file, context), workers);
    }

    private CompletionStage<GetFile.Found> authorized(StoredFile file, CommandContext context) {
        return authorizer
                .authorize(context, Action.READ, List.of(file.conversationId()))
                .thenApply(permitted -> new GetFile.Found(file));
    }
}
