package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the requests for uploads and files, whose bodies are no JSON. */
final class UploadPaths {
    private static final String ALL = "/api/uploads";
    private static final String ONE = ALL + "/{uploadId}";
    private static final String BYTES = "application/octet-stream";

    private final ObjectNode paths;
    private final JsonNode upload;
    private final ObjectNode refusal;

    /**
     * Adds to the paths of a document.
     *
     * @param upload the answer with the state of an upload
     * @param refusal the response to a request that failed
     */
    UploadPaths(ObjectNode paths, JsonNode upload, ObjectNode refusal) {
        this.paths = paths;
        this.upload = upload;
        this.refusal = refusal;
    }

    void write() {
        ObjectNode create = add(ALL, "post", "createUpload", "Begins an upload by tus 1.0.0.");
        header(create, "Upload-Length", COUNT.schema(), "The size of the file in bytes.");
        header(
                create,
                "Upload-Metadata",
                TEXT.schema(),
                "Pairs of a key and a value in Base64: conversationId, filename, filetype, clientUploadId and message, which"
                        + " is the one of startUpload as JSON text.");
        success(create, "201", "Location has the path of the upload.");
        success(
                add(ONE, "head", "measureUpload", "Reads how many bytes of an upload are stored, by tus 1.0.0."),
                "200",
                "Upload-Offset has the number of bytes that are stored, and Upload-Length that of the file.");
        ObjectNode patch = add(ONE, "patch", "appendToUpload", "Appends bytes by tus 1.0.0.");
        header(patch, "Upload-Offset", COUNT.schema(), "The number of bytes that are stored.");
        body(patch, "application/offset+octet-stream");
        success(patch, "204", "Upload-Offset has the number of bytes that are stored.");
        ObjectNode put = add(ONE, "put", "storeUpload", "Stores the whole file.");
        body(put, BYTES);
        state(put);
        state(add(ONE, "get", "readUpload", "Reads the state of an upload of the user's own."));
        success(
                add(ONE, "delete", "deleteUpload", "Deletes a file that no message refers to."),
                "204",
                "It is deleted.");
        ObjectNode file = add("/api/files/{fileId}", "get", "readFile", "Returns the file of a message, or one range.");
        query(file, "e", "The expiry in a signed link.");
        query(file, "s", "The signature of such a link, which needs no token.");
        content(success(file, "200", "The file."), BYTES);
        content(success(file, "206", "The range."), BYTES);
        success(file, "302", "The file is at Location, in the host's own storage.");
        success(file, "304", "The file has the tag of If-None-Match.");
        ObjectNode facts =
                add("/api/files/{fileId}", "head", "measureFile", "Returns the size and the type of a file.");
        query(facts, "e", "The expiry in a signed link.");
        query(facts, "s", "The signature of such a link, which needs no token.");
        success(facts, "200", "Content-Length has the size of the file.");
    }

    private ObjectNode add(String path, String method, String id, String summary) {
        ObjectNode operation = Nodes.of("operationId", id).put("summary", summary);
        operation.putArray("tags").add("Files");
        operation.putArray("parameters");
        if (path.contains("{")) {
            parameter(operation, path.substring(path.indexOf('{') + 1, path.indexOf('}')), "path", TEXT.schema(), "")
                    .put("required", true);
        }
        operation.putObject("responses").<ObjectNode>set("4XX", refusal).set("5XX", refusal);
        paths.withObjectProperty(path).set(method, operation);
        return operation;
    }

    private static ObjectNode parameter(
            ObjectNode operation, String name, String in, JsonNode schema, String description) {
        ObjectNode parameter = Nodes.of("name", name).put("in", in);
        if (!description.isEmpty()) {
            parameter.put("description", description);
        }
        operation.withArrayProperty("parameters").add(parameter.<ObjectNode>set("schema", schema));
        return parameter;
    }

    private static void header(ObjectNode operation, String name, JsonNode schema, String description) {
        parameter(operation, name, "header", schema, description).put("required", true);
    }

    private static void query(ObjectNode operation, String name, String description) {
        parameter(operation, name, "query", TEXT.schema(), description);
    }

    private static void body(ObjectNode operation, String mediaType) {
        content(operation.putObject("requestBody").put("required", true), mediaType);
    }

    private static void content(ObjectNode target, String mediaType) {
        target.putObject("content").putObject(mediaType).putObject("schema").put("type", "string");
    }

    private void state(ObjectNode operation) {
        success(operation, "200", "The state of the upload.")
                .putObject("content")
                .putObject("application/json")
                .set("schema", upload);
    }

    private static ObjectNode success(ObjectNode operation, String status, String description) {
        return operation.withObjectProperty("responses").putObject(status).put("description", description);
    }
}
