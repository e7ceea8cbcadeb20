package io.roomcast.examples.springboot;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.addToSet;
import static java.util.Objects.requireNonNull;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import io.roomcast.chat.EventRequest;
import io.roomcast.chat.command.GetMessage;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.ChatServerBuilder;
import org.bson.Document;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts the users who have seen an announcement. Their clients send the event {@value #SEEN}, and the conversation receives
 * the number as the event {@value #VIEWS}. Both are the application's own, over the connection of the chat.
 */
@Component
final class AnnouncementViews {
    private static final String SEEN = "announcement.seen";
    private static final String VIEWS = "announcement.views";
    private static final FindOneAndUpdateOptions COUNTED =
            new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);

    private final MongoCollection<Document> views;
    private final JsonMapper json;

    AnnouncementViews(MongoClient mongo, JsonMapper json) {
        this.views = mongo.getDatabase("chat").getCollection("announcementViews");
        this.json = json;
    }

    /** The payload of the event {@value #SEEN}. */
    record Seen(String conversationId, String messageId) {
        Seen {
            requireNonNull(conversationId, "conversationId");
            requireNonNull(messageId, "messageId");
        }
    }

    /** The ack of that event, and the data of the event {@value #VIEWS}. */
    record Views(String messageId, int views) {}

    void handle(ChatServerBuilder chat) {
        chat.on(SEEN, Seen.class, json::readValue, this::seen);
    }

    /** Called on a thread of the event, so it may block for the database. */
    private String seen(Seen seen, EventRequest request) {
        String userId = requireMember(seen.conversationId(), request);
        requireMessage(seen, request);
        Document counted =
                requireNonNull(views.findOneAndUpdate(eq(seen.messageId()), addToSet("users", userId), COUNTED));
        int users = counted.getList("users", String.class).size();
        String answer = json.writeValueAsString(new Views(seen.messageId(), users));
        request.chat().sendEvent(seen.conversationId(), VIEWS, answer).join();
        return answer;
    }

    private static String requireMember(String conversationId, EventRequest request) {
        String userId = request.principal().knownUserId().orElseThrow(() -> ChatException.of(ErrorCode.FORBIDDEN));
        boolean isMember = request.chat()
                .conversation(conversationId)
                .filter(found -> found.members().stream()
                        .anyMatch(member -> member.userId().equals(userId)))
                .isPresent();
        if (!isMember) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
        return userId;
    }

    /** Clients choose the id, so none may count what the conversation does not have. */
    private static void requireMessage(Seen seen, EventRequest request) {
        request.chat()
                .execute(new GetMessage(seen.conversationId(), seen.messageId()))
                .join();
    }
}
