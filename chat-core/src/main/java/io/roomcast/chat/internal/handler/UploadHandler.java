package io.roomcast.chat.internal.handler;

import static io.roomcast.chat.internal.handler.CommandPlan.returning;

import io.roomcast.chat.command.CancelUpload;
import io.roomcast.chat.command.GetFile;
import io.roomcast.chat.command.GetUpload;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.session.Authorizer;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.upload.UserFiles;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Begins and ends uploads, and finds files. Blocks for the store. */
final class UploadHandler {
    @Nullable
    private final UserFiles files;

    private final Authorizer authorizer;

    /**
     * Creates a handler.
     *
     * @param files the files of users, or null if the host keeps none
     */
    UploadHandler(@Nullable UserFiles files, Authorizer authorizer) {
        this.files = files;
        this.authorizer = authorizer;
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans(Rules rules) {
        return List.of(
                CommandPlan.concurrent(
                        StartUpload.class,
                        rules.uploads()::start,
                        returning((command, context) -> require().uploads().start(command, context.requireUser()))),
                CommandPlan.concurrent(
                        GetUpload.class,
                        command -> rules.uploads().id(command.uploadId(), "uploadId"),
                        returning((command, context) ->
                                require().uploads().find(command.uploadId(), context.requireUser()))),
                CommandPlan.concurrent(
                        CancelUpload.class,
                        command -> rules.uploads().id(command.uploadId(), "uploadId"),
                        returning((command, context) ->
                                require().uploads().cancel(command.uploadId(), context.requireUser()))),
                CommandPlan.concurrent(
                        GetFile.class, command -> rules.uploads().id(command.fileId(), "fileId"), this::file));
    }

    private UserFiles require() {
        if (files == null) {
            throw ChatException.of(ErrorCode.NOT_SUPPORTED);
        }
        return files;
    }

    /** Asks the access policy when the conversation is known. */
    private CompletionStage<GetFile.Found> file(GetFile command, CommandContext context) {
        StoredFile file = require().ofMessages().readable(command.fileId());
        return authorizer
                .authorize(context, Action.READ, List.of(file.conversationId()))
                .thenApply(permitted -> new GetFile.Found(file));
    }
}
