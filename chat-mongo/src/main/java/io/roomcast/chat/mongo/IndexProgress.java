package io.roomcast.chat.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import java.util.List;
import org.bson.Document;

/** Reads the progress of an index build from the server. */
final class IndexProgress {
    private IndexProgress() {}

    /** Returns the progress, such as {@code ", 40 %"}; empty if the server does not report it. */
    static String of(MongoDatabase admin, String collection) {
        Document question =
                new Document("currentOp", 1).append("$ownOps", true).append("command.createIndexes", collection);
        try {
            return read(admin.runCommand(question));
        } catch (MongoException unknown) {
            return "";
        }
    }

    static String read(Document operations) {
        return operations.getList("inprog", Document.class, List.of()).stream()
                .filter(operation -> operation.get("progress") instanceof Document)
                .map(operation -> operation.get("progress", Document.class))
                .filter(progress -> Documents.whole(progress, "total") > 0)
                .map(progress ->
                        ", " + 100 * Documents.whole(progress, "done") / Documents.whole(progress, "total") + " %")
                .findFirst()
                .orElse("");
    }
}
