package io.roomcast.chat.mongo;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;

/** Records the commands that a client sends. */
final class CommandRecorder implements CommandListener {
    private final List<BsonDocument> commands = new CopyOnWriteArrayList<>();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        // Copies the event's document, which is a view of a reused buffer.
        commands.add(BsonDocument.parse(event.getCommand().toJson()));
    }

    void clear() {
        commands.clear();
    }

    List<BsonDocument> all() {
        return commands;
    }

    List<String> names() {
        return commands.stream().map(BsonDocument::getFirstKey).toList();
    }
}
