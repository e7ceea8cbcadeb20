package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Reaction;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left of a user in the database. */
class ErasureTest extends MongoCase {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private MongoChatStore store;
    private Message hers;
    private Message his;

    @BeforeEach
    void live() {
        store = openStore();
        store.create(NewConversation.group("g", "Group", List.of("zoe", "bob")));
        hers = storedBy(store, Drafts.text("g", "zoe", "private words"));
        his = storedBy(store, mentioning());
        store.change(new Change.Edit("g", hers.id(), "zoe", NOON, "private words again", "{\"private\":1}", null));
        store.change(Changes.react(his, "zoe", "x"));
        store.mark(List.of(Receipt.read("g", "zoe", 2, NOON)));
        Message third = storedBy(store, Drafts.text("g", "bob", "third"));
        store.change(Changes.delete(third, "zoe"));
    }

    private static MessageDraft mentioning() {
        return Drafts.text("g", "bob", "hello you")
                .withBody(
                        new MessageBody(MessageType.TEXT, "hello you", List.of(), null, List.of("zoe", "carol"), null));
    }

    @Test
    void no_document_names_the_user_or_holds_the_users_words() {
        store.eraseUser("zoe");
        store.close();

        assertThat(everything()).doesNotContain("zoe", "private").contains("hello you", "bob");
    }

    @Test
    void user_who_made_a_change_of_each_kind_is_in_no_document() {
        for (String author : List.of("zoe", "bob")) {
            Changes.ofEachKind().values().forEach(steps -> {
                Message message = storedBy(store, Drafts.full("g", author, "zoe", "carol"));
                steps.on(message, "zoe").forEach(store::change);
            });
        }
        store.eraseUser("zoe");
        store.close();

        assertThat(everything()).doesNotContain("zoe", "private").contains("hello you", "bob");
    }

    @Test
    void what_a_crash_left_is_erased_by_the_next_call() {
        MongoChatStore crashed = openStore();
        database.getCollection("members").deleteMany(new Document("userId", "zoe"));
        database.getCollection("messages")
                .updateMany(
                        new Document("senderId", "zoe"),
                        new Document("$set", new Document("senderId", "erased:1").append("content", "")));
        crashed.eraseUser("zoe");
        store.close();

        assertThat(everything()).doesNotContain("zoe").contains("hello you");
    }

    @Test
    void message_whose_reactions_went_can_be_reacted_to() {
        store.eraseUser("zoe");

        assertThat(store.change(Changes.react(his, "bob", "x")).message().reactions())
                .containsExactly(new Reaction("x", "bob"));
    }

    @Test
    void others_who_were_mentioned_stay() {
        store.eraseUser("zoe");

        assertThat(store.message("g", his.id()).orElseThrow().body().mentions()).containsExactly("carol");
    }

    @Test
    void versions_stay() {
        store.eraseUser("zoe");

        assertThat(store.message("g", hers.id()).orElseThrow().version()).isEqualTo(1);
        assertThat(store.position("g").version()).isEqualTo(3);
    }
}
