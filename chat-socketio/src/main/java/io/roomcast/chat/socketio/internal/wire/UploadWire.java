package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.CancelUpload;
import io.roomcast.chat.command.FinishUpload;
import io.roomcast.chat.command.GetFile;
import io.roomcast.chat.command.GetUpload;
import io.roomcast.chat.command.ReportUpload;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.event.UploadFinished;
import io.roomcast.chat.event.UploadProgress;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.DirectTransfer;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.FileLinks;
import io.roomcast.chat.socketio.internal.json.Json;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Uploads and files on the wire. */
public final class UploadWire {
    /** The beginning of the path of every upload; its id follows. */
    public static final String PATH = "/api/uploads/";

    private static final String UPLOAD_ID = "uploadId";
    private static final String LOADED = "loaded";
    private static final String FILE_ID = "fileId";
    private static final String CODE = "code";

    static final List<WireCommand<?>> COMMANDS = List.of(
            WireCommand.of(StartUpload.class, "startUpload", UploadWire::start, UploadWire::started),
            WireCommand.of(
                    GetUpload.class,
                    "getUpload",
                    argument -> new GetUpload(Payload.of(argument).text(UPLOAD_ID)),
                    UploadWire::started),
            WireCommand.of(
                    CancelUpload.class,
                    "cancelUpload",
                    argument -> new CancelUpload(Payload.of(argument).text(UPLOAD_ID)),
                    WireCommand::nothing),
            WireCommand.of(ReportUpload.class, "reportUpload", UploadWire::report, WireCommand::nothing),
            WireCommand.of(
                    FinishUpload.class,
                    "finishUpload",
                    argument -> new FinishUpload(Payload.of(argument).text(UPLOAD_ID)),
                    UploadWire::started),
            WireCommand.of(
                    GetFile.class,
                    "getFile",
                    argument -> new GetFile(Payload.of(argument).text(FILE_ID)),
                    UploadWire::found));

    static final List<WireEvent<?>> EVENTS = List.of(
            new WireEvent<>(UploadProgress.class, "uploadProgress", UploadWire::progress),
            new WireEvent<>(UploadFinished.class, "uploadFinished", UploadWire::finished));

    private UploadWire() {}

    private static ReportUpload report(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new ReportUpload(payload.text(UPLOAD_ID), payload.number(LOADED));
    }

    private static StartUpload start(JsonNode argument) {
        Payload payload = Payload.of(argument);
        String conversationId = payload.text(JsonFields.CONVERSATION_ID);
        String mimeType = payload.optionalText(JsonFields.MIME_TYPE);
        Payload message = payload.optionalPayload(JsonFields.MESSAGE);
        return new StartUpload(
                conversationId,
                payload.text(JsonFields.FILE_NAME),
                payload.number(JsonFields.FILE_SIZE),
                mimeType,
                payload.optionalText("clientUploadId"),
                message == null ? null : MessageWire.ofUpload(message, conversationId, isImage(mimeType)));
    }

    /**
     * Reads a message that the chat sends when its file is uploaded.
     *
     * @param json a JSON object as text
     * @param mimeType the media type of the file, or null if unknown
     * @throws ChatException if the text is no such message
     */
    public static SendMessage message(String json, String conversationId, @Nullable String mimeType) {
        JsonNode message = Json.parse(json)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> ChatException.invalid(JsonFields.MESSAGE, "a JSON object as text"));
        return MessageWire.ofUpload(Payload.of(message), conversationId, isImage(mimeType));
    }

    private static boolean isImage(@Nullable String mimeType) {
        return mimeType != null && mimeType.toLowerCase(Locale.ROOT).startsWith("image/");
    }

    /** Writes the state of an upload, as fields. */
    public static void started(JsonGenerator json, StartUpload.Started reply) throws IOException {
        StoredFile file = reply.file();
        json.writeStringField(UPLOAD_ID, file.id());
        transfer(json, PATH + file.id(), reply.direct());
        json.writeNumberField("offset", reply.offset());
        json.writeNumberField("maxBytes", reply.maxBytes());
        state(json, file);
        facts(json, file);
        FieldWriter.time(json, JsonFields.EXPIRES_AT, reply.expiresAt());
    }

    /** Writes where the bytes go: to this server, which supports tus, or to the host's own storage. */
    private static void transfer(JsonGenerator json, String ownUrl, @Nullable DirectTransfer direct)
            throws IOException {
        json.writeStringField("url", direct == null ? ownUrl : direct.url());
        json.writeStringField("method", direct == null ? "PUT" : direct.method());
        json.writeBooleanField("tus", direct == null);
        if (direct != null) {
            json.writeObjectFieldStart("headers");
            for (Map.Entry<String, String> header : new TreeMap<>(direct.headers()).entrySet()) {
                json.writeStringField(header.getKey(), header.getValue());
            }
            json.writeEndObject();
            FieldWriter.time(json, "urlExpiresAt", direct.expiresAt());
        }
    }

    private static void state(JsonGenerator json, StoredFile file) throws IOException {
        UploadState state = file.state();
        StoredFile.Use use = file.use();
        json.writeStringField(JsonFields.STATUS, state.status().wireName());
        if (use != null && use.stored()) {
            json.writeStringField(JsonFields.MESSAGE_ID, use.messageId());
        }
        if (state.code() != null) {
            json.writeStringField(CODE, state.code().wireName());
        }
    }

    private static void progress(JsonGenerator json, UploadProgress event) throws IOException {
        json.writeStartObject();
        upload(json, event.conversationId(), event.userId(), event.uploadId(), event.fileName());
        json.writeNumberField(LOADED, event.loaded());
        json.writeNumberField("total", event.total());
        json.writeEndObject();
    }

    private static void finished(JsonGenerator json, UploadFinished event) throws IOException {
        json.writeStartObject();
        upload(json, event.conversationId(), event.userId(), event.uploadId(), event.fileName());
        json.writeStringField(JsonFields.STATUS, event.outcome().wireName());
        FieldWriter.optional(json, JsonFields.MESSAGE_ID, event.messageId());
        if (event.fileUrl() != null) {
            json.writeStringField(JsonFields.FILE_URL, FileLinks.url(json, event.fileUrl()));
        }
        if (event.code() != null) {
            json.writeStringField(CODE, event.code().wireName());
        }
        json.writeEndObject();
    }

    private static void upload(
            JsonGenerator json, String conversationId, String userId, String uploadId, String fileName)
            throws IOException {
        json.writeStringField(JsonFields.CONVERSATION_ID, conversationId);
        json.writeStringField(JsonFields.USER_ID, userId);
        json.writeStringField(UPLOAD_ID, uploadId);
        json.writeStringField(JsonFields.FILE_NAME, fileName);
    }

    private static void found(JsonGenerator json, GetFile.Found reply) throws IOException {
        json.writeStringField(FILE_ID, reply.file().id());
        facts(json, reply.file());
    }

    private static void facts(JsonGenerator json, StoredFile file) throws IOException {
        json.writeStringField(JsonFields.CONVERSATION_ID, file.conversationId());
        json.writeStringField(JsonFields.FILE_URL, FileLinks.url(json, file.url()));
        json.writeStringField(JsonFields.FILE_NAME, file.name());
        json.writeNumberField(JsonFields.FILE_SIZE, file.size());
        json.writeStringField(JsonFields.MIME_TYPE, file.mimeType());
    }
}
