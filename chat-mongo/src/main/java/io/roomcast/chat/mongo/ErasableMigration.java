package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessagePreview;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/**
 * Version 2: adds the indexes that erasing a user needs, and repairs the previews that an interrupted erasure left.
 *
 * <p>A position is a prefix followed by the id of the last conversation examined.
 */
final class ErasableMigration implements Migration {
    private static final String PREVIEWS = "previews:";
    private static final Document SHOWN = new Document(DocumentFields.LAST + "." + DocumentFields.SEQ, 1)
            .append(DocumentFields.LAST + "." + DocumentFields.SENDER_ID, 1);

    private final ChatDatabase database;
    private final MessageLog log;
    private final ConversationDocuments conversations;
    private final IndexBuild indexes;

    ErasableMigration(ChatDatabase database, MessageLog log, IndexBuild indexes) {
        this.database = database;
        this.log = log;
        this.conversations = new ConversationDocuments(database.conversations());
        this.indexes = indexes;
    }

    @Override
    public long version() {
        return 2;
    }

    @Override
    public long minReader() {
        return 1;
    }

    @Override
    public Optional<String> step(String position) {
        if (position.isEmpty()) {
            indexes.run();
            return Optional.of(PREVIEWS);
        }
        return repairPreviews(position.substring(PREVIEWS.length())).map(last -> PREVIEWS + last);
    }

    private Optional<String> repairPreviews(String after) {
        List<Document> batch = Reads.page(
                        database.conversations(),
                        new Document(DocumentFields.ID, new Document("$gt", after)),
                        Sweep.STEP)
                .sort(new Document(DocumentFields.ID, 1))
                .projection(SHOWN)
                .into(new ArrayList<>());
        if (batch.isEmpty()) {
            return Optional.empty();
        }
        Map<String, MessagePreview> erased = erased(batch);
        Repeat.once(() -> conversations.raise(erased));
        return Optional.of(batch.get(batch.size() - 1).getString(DocumentFields.ID));
    }

    /**
     * Returns the erased previews of conversations whose preview still names a sender who has been erased from the
     * message.
     */
    private Map<String, MessagePreview> erased(List<Document> batch) {
        Map<String, String> senders = new HashMap<>();
        List<SeqRange> shown = new ArrayList<>();
        for (Document conversation : batch) {
            if (conversation.get(DocumentFields.LAST) instanceof Document last
                    && last.get(DocumentFields.SENDER_ID) instanceof String sender
                    && last.get(DocumentFields.SEQ) instanceof Number seq) {
                String conversationId = conversation.getString(DocumentFields.ID);
                senders.put(conversationId, sender);
                shown.add(SeqRange.of(conversationId, List.of(seq.longValue())));
            }
        }
        Map<String, MessagePreview> erased = new HashMap<>();
        for (Message message : log.within(shown)) {
            if (!message.senderId().equals(senders.get(message.conversationId()))) {
                erased.put(message.conversationId(), MessagePreview.of(message));
            }
        }
        return erased;
    }
}
