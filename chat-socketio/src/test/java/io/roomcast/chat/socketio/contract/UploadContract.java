package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.FLAG;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Scalar.TIME;
import static io.roomcast.chat.socketio.contract.Shapes.IN_CONVERSATION;
import static io.roomcast.chat.socketio.contract.Shapes.success;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.model.UploadOutcome;
import java.util.List;

/** The contract of uploads and files. */
final class UploadContract {
    private static final Named STATUS = new Named(
            "UploadStatus",
            "The step that an upload has reached.",
            Choice.of("open", "checking", "ready", "sent", "rejected"));

    private static final Named OUTCOME = new Named(
            "UploadOutcome", "How an upload ended.", Choice.of(UploadOutcome.values(), UploadOutcome::wireName));

    private static final Scalar TEXTS = new Scalar(
            "Record<string, string>",
            Nodes.of("type", "object").set("additionalProperties", Nodes.of("type", "string")),
            Nodes.of("content-type", "x"),
            JsonNode::isObject);

    private static final Shape UPLOAD = Shape.empty().with("uploadId", TEXT);

    static final List<Request> REQUESTS = List.of(
            Request.of(
                    "startUpload",
                    "Begins the upload of a file, whose bytes follow by HTTP.",
                    IN_CONVERSATION
                            .with("fileName", TEXT, "Without slashes and backslashes.")
                            .with("fileSize", COUNT, "In bytes.")
                            .maybe("mimeType", TEXT)
                            .maybe("clientUploadId", TEXT, "Repeat it in a retry, which then finds the same upload.")
                            .maybe(
                                    "message",
                                    MessageContract.ofUpload(),
                                    "What the server sends with the file when it is complete."),
                    upload()),
            Request.of(
                    "reportUpload",
                    "Reports how much of a file the client has sent to the host's own storage, for uploadProgress.",
                    UPLOAD.with("loaded", COUNT, "The number of bytes."),
                    success()),
            Request.of("finishUpload", "Reports that a file is in the host's own storage.", UPLOAD, upload()),
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

    private static final Shape PART = Shapes.USER.with("uploadId", TEXT).with("fileName", TEXT);

    static final List<Notice> NOTICES = List.of(
            Notice.of(
                    "uploadProgress",
                    "More bytes of a file are stored that the server will send.",
                    PART.with("loaded", COUNT, "In bytes.").with("total", COUNT, "In bytes.")),
            Notice.of(
                    "uploadFinished",
                    "An upload ended.",
                    PART.with("status", OUTCOME)
                            .maybe("messageId", TEXT, "The message with the file, if the server sent it.")
                            .maybe("fileUrl", TEXT, "For a message; unless the file is gone.")
                            .maybe("code", Shapes.ERROR_CODE, "Why the file or its message was refused.")));

    static final List<Named> TYPES = List.of(STATUS, OUTCOME);

    private UploadContract() {}

    private static Shape upload() {
        return facts(success()
                        .with("uploadId", TEXT)
                        .with(
                                "url",
                                TEXT,
                                "The path for HEAD, PATCH and DELETE of tus, or one PUT; or the URL of the host's own storage.")
                        .with("method", TEXT, "The method of a request with the whole file as its body.")
                        .with(
                                "tus",
                                FLAG,
                                "Whether the url also works with tus 1.0.0; not with the host's own storage.")
                        .maybe("headers", TEXTS, "What that request to the host's own storage needs.")
                        .maybe("urlExpiresAt", TIME, "Until when the host's own storage accepts that request.")
                        .with("offset", COUNT, "The number of bytes that are stored.")
                        .with("maxBytes", COUNT, "The maximum size of a file on this server, in bytes.")
                        .with("status", STATUS)
                        .maybe("messageId", TEXT, "The message with the file.")
                        .maybe("code", Shapes.ERROR_CODE, "Why the file or its message was refused."))
                .with("expiresAt", TIME, "When the server forgets the upload.");
    }

    private static Shape facts(Shape shape) {
        return shape.with("conversationId", TEXT)
                .with("fileUrl", TEXT, "For a message, and for downloads once a message refers to the file.")
                .with("fileName", TEXT)
                .with("fileSize", COUNT)
                .with("mimeType", TEXT);
    }
}
