package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.CancelUpload;
import io.roomcast.chat.command.GetFile;
import io.roomcast.chat.command.GetUpload;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.FileLinks;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import java.io.IOException;
import java.util.List;

/** Uploads and files on the wire. */
public final class UploadWire {
    /** The beginning of the path of every upload; its id follows. */
    public static final String PATH = "/api/uploads/";

    private static final String UPLOAD_ID = "uploadId";
    private static final String FILE_ID = "fileId";

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
            WireCommand.of(
                    GetFile.class,
                    "getFile",
                    argument -> new GetFile(Payload.of(argument).text(FILE_ID)),
                    UploadWire::found));

    private UploadWire() {}

    private static StartUpload start(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new StartUpload(
                payload.text(JsonFields.CONVERSATION_ID),
                payload.text(JsonFields.FILE_NAME),
                payload.number(JsonFields.FILE_SIZE),
                payload.optionalText(JsonFields.MIME_TYPE),
                payload.optionalText("clientUploadId"));
    }

    /** Writes the state of an upload, as fields. */
    public static void started(JsonGenerator json, StartUpload.Started reply) throws IOException {
        StoredFile file = reply.file();
        json.writeStringField(UPLOAD_ID, file.id());
        json.writeStringField("url", PATH + file.id());
        json.writeNumberField("offset", reply.offset());
        facts(json, file);
        FieldWriter.time(json, JsonFields.EXPIRES_AT, reply.expiresAt());
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
