package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Scalar.TIME;
import static io.roomcast.chat.socketio.contract.Shapes.IN_CONVERSATION;
import static io.roomcast.chat.socketio.contract.Shapes.success;

import java.util.List;

/** The contract of uploads and files. */
final class UploadContract {
    private static final Shape UPLOAD = Shape.empty().with("uploadId", TEXT);

    static final List<Request> REQUESTS = List.of(
            Request.of(
                    "startUpload",
                    "Begins the upload of a file, whose bytes follow by HTTP.",
                    IN_CONVERSATION
                            .with("fileName", TEXT, "Without slashes and backslashes.")
                            .with("fileSize", COUNT, "In bytes.")
                            .maybe("mimeType", TEXT)
                            .maybe("clientUploadId", TEXT, "Repeat it in a retry, which then finds the same upload."),
                    upload()),
            Request.of("getUpload", "Reads the state of an upload of the user's own.", UPLOAD, upload()),
            Request.of(
                    "cancelUpload",
                    "Deletes a file of the user's own that no message refers to, complete or not.",
                    UPLOAD,
                    success()),
            Request.of(
                    "getFile",
                    "Returns a new link to the file of a message.",
                    Shape.empty().with("fileId", TEXT, "What follows /api/files/ in the fileUrl."),
                    facts(success().with("fileId", TEXT))));

    private UploadContract() {}

    private static Shape upload() {
        return facts(success()
                        .with("uploadId", TEXT)
                        .with("url", TEXT, "The path for HEAD, PATCH and DELETE of tus, or one PUT.")
                        .with("offset", COUNT, "The number of bytes that are stored."))
                .with("expiresAt", TIME, "When the file is deleted, unless a message refers to it.");
    }

    private static Shape facts(Shape shape) {
        return shape.with("conversationId", TEXT)
                .with("fileUrl", TEXT, "For a message, and for downloads once a message refers to the file.")
                .with("fileName", TEXT)
                .with("fileSize", COUNT)
                .with("mimeType", TEXT);
    }
}
