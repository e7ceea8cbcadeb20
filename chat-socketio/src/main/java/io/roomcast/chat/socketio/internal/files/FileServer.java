package io.roomcast.chat.socketio.internal.files;

import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.socketio.internal.api.ApiCommands;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import io.roomcast.chat.socketio.internal.json.FileLinks;
import io.roomcast.chat.spi.AttachmentStore;
import java.util.List;

/** Assembles the package: the routes of a server that keeps files. */
public final class FileServer implements AutoCloseable {
    private final ChatEngine chat;
    private final AttachmentStore store;
    private final FileLinks links;
    private final FileThreads threads;
    private final TransferFaults faults = new TransferFaults();

    /**
     * Creates the parts.
     *
     * @param links have no signature until {@link #signLinks}
     */
    public FileServer(ChatEngine chat, AttachmentStore store, FileLinks links) {
        this.chat = chat;
        this.store = store;
        this.links = links;
        this.threads = new FileThreads(chat.limits().fileTransfers());
    }

    /** Lets the links be signed, so that a browser can load files without a token. */
    public void signLinks() {
        links.sign(chat.linkKey());
    }

    /** Returns the routes of uploads and downloads. */
    public List<HttpRoute> routes(ApiCommands commands) {
        return List.of(
                new UploadRoute(
                        commands,
                        new UploadTransfers(chat, store, threads, links, faults),
                        chat.limits().fileBytes(),
                        store.direct().isPresent()),
                new FileRoute(commands, links, new FileDownloads(store, threads, faults), chat::file));
    }

    @Override
    public void close() {
        threads.close();
    }
}
