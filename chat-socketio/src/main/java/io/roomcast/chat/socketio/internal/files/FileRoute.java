package io.roomcast.chat.socketio.internal.files;

import io.netty.handler.codec.http.HttpMethod;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.GetFile;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.socketio.internal.api.ApiCommands;
import io.roomcast.chat.socketio.internal.api.ApiResponses;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import io.roomcast.chat.socketio.internal.json.FileLinks;
import java.util.List;
import java.util.function.Function;

/** Sends the files of messages: to clients with a signed link, and to users who may read the conversation. */
public final class FileRoute implements HttpRoute {
    private final ApiCommands commands;
    private final FileLinks links;
    private final FileDownloads downloads;
    private final Function<String, StoredFile> files;

    /**
     * Creates the route.
     *
     * @param files returns a file to which a message refers, or throws a {@link ChatException}; blocks
     */
    public FileRoute(
            ApiCommands commands, FileLinks links, FileDownloads downloads, Function<String, StoredFile> files) {
        this.commands = commands;
        this.links = links;
        this.downloads = downloads;
        this.files = files;
    }

    /** Returns true, because a page of any origin may show an image whose link it knows. */
    @Override
    public boolean isPublic() {
        return true;
    }

    @Override
    public boolean handle(HttpExchange exchange) {
        if (!exchange.path().startsWith(StoredFile.PATH)) {
            return false;
        }
        String fileId = exchange.path().substring(StoredFile.PATH.length());
        if (!exchange.method().equals(HttpMethod.GET)) {
            exchange.rejectMethod("GET, HEAD");
        } else if (!StoredFile.isId(fileId)) {
            ApiResponses.fail(exchange, ChatException.of(ErrorCode.UPLOAD_NOT_FOUND));
        } else if (exchange.parameter("s").isEmpty()) {
            sendToUser(exchange, fileId);
        } else {
            sendByLink(exchange, fileId);
        }
        return true;
    }

    private void sendByLink(HttpExchange exchange, String fileId) {
        List<String> expiry = exchange.parameter("e");
        List<String> signature = exchange.parameter("s");
        boolean isSigned =
                expiry.size() == 1 && signature.size() == 1 && links.isValid(fileId, expiry.get(0), signature.get(0));
        if (isSigned) {
            downloads.send(exchange, () -> files.apply(fileId));
        } else {
            ApiResponses.fail(exchange, ChatException.of(ErrorCode.FORBIDDEN));
        }
    }

    private void sendToUser(HttpExchange exchange, String fileId) {
        commands.run(exchange, "getFile", () -> new GetFile(fileId), new Reply<GetFile.Found>() {
            @Override
            public void succeeded(GetFile.Found found) {
                downloads.send(exchange, found::file);
            }

            @Override
            public void failed(ChatException refusal) {
                ApiResponses.fail(exchange, refusal);
            }
        });
    }
}
