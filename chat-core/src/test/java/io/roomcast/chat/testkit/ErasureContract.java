package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.Deletion;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Reaction;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.ChatStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a user is forgotten. */
abstract class ErasureContract extends StoreCase {
    private static final String USER = "alice";

    private static final Set<String> KEPT = Set.of(
            "id",
            "conversationId",
            "seq",
            "version",
            "clientMessageId",
            "body.type",
            "createdAt",
            "editedAt",
            "expiresAt");

    ErasureContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @BeforeEach
    void createGroup() {
        store.create(NewConversation.group("g", "Group", List.of(USER, "bob")));
    }

    @Test
    void messages_of_the_user_keep_only_their_seqs() {
        Message before = rich();
        store.eraseUser(USER);

        Message after = allOf("g").get(0);
        assertThat(after)
                .returns(before.id(), Message::id)
                .returns(before.seq(), Message::seq)
                .returns(before.createdAt(), Message::createdAt)
                .returns(MessageBody.of(MessageType.FILE, "", null), Message::body)
                .returns(List.of(), Message::reactions)
                .returns(true, Message::isDeleted);
        assertThat(Components.same(before, after)).isEqualTo(KEPT);
        assertThat(after.toString()).doesNotContain(USER);
        assertThat(store.message("g", before.id())).contains(after);
    }

    @Test
    void user_who_made_a_change_of_each_kind_is_forgotten() {
        for (String author : List.of(USER, "bob")) {
            Changes.ofEachKind().values().forEach(steps -> {
                Message message = stored(Drafts.full("g", author, USER, "carol"));
                steps.on(message, USER).forEach(this::changed);
            });
        }
        store.eraseUser(USER);

        assertThat(allOf("g"))
                .allSatisfy(message -> assertThat(message.toString()).doesNotContain(USER));
    }

    @Test
    void mentions_of_the_user_go_and_those_of_others_stay() {
        MessageBody body = new MessageBody(MessageType.TEXT, "look", List.of(), null, List.of(USER, "carol"), null);
        stored(Drafts.text("g", "bob", "").withBody(body));
        store.eraseUser(USER);

        assertThat(allOf("g").get(0).body().mentions()).containsExactly("carol");
        assertThat(allOf("g").get(0).content()).isEqualTo("look");
    }

    /** Stores a message of the user in which every component is set but the deletion. */
    private Message rich() {
        Message stored = stored(Drafts.full("g", USER, "bob"));
        changed(Changes.rewrite(stored, USER));
        changed(Changes.pin(stored, "bob"));
        changed(Changes.annotate(stored, "note", "{\"a\":1}"));
        Message rich = changed(Changes.react(stored, "bob", "👍"));
        assertThat(Components.unset(rich)).containsExactly("deletion");
        return rich;
    }

    @Test
    void erasure_is_dated_in_whole_milliseconds() {
        fill("g", 1);
        store.eraseUser(USER);

        Instant erasedAt = deletionOf(allOf("g").get(0)).deletedAt();
        assertThat(erasedAt).isEqualTo(erasedAt.truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void seqs_have_no_gaps() {
        for (int i = 0; i < 20; i++) {
            stored(Drafts.text("g", i % 2 == 0 ? USER : "bob", "hello"));
        }
        store.eraseUser(USER);

        assertThat(seqs(allOf("g"))).isEqualTo(oneTo(20));
        assertThat(store.position("g").seq()).isEqualTo(20);
        assertThat(stored(Drafts.text("g", "bob", "next")).seq()).isEqualTo(21);
    }

    @Test
    void messages_of_others_are_untouched() {
        Message first = stored(Drafts.text("g", "bob", "hello alice"));
        fill("g", 1);
        Message last = changed(Changes.edit(stored(Drafts.text("g", "carol", "hello")), "carol", "hi"));
        store.eraseUser(USER);

        assertThat(allOf("g")).contains(first, last).hasSize(3);
    }

    @Test
    void reactions_of_the_user_go() {
        Message message = stored(Drafts.text("g", "bob", "hello"));
        changed(Changes.react(message, USER, "👍"));
        changed(Changes.react(message, "bob", "👍"));
        changed(Changes.react(message, USER, "🎉"));
        store.eraseUser(USER);

        assertThat(allOf("g").get(0))
                .returns("hello", Message::content)
                .returns(List.of(new Reaction("👍", "bob")), Message::reactions);
    }

    @Test
    void messages_that_the_user_deleted_do_not_name_the_user() {
        changed(Changes.delete(stored(Drafts.text("g", "bob", "hello")), USER));
        store.eraseUser(USER);

        assertThat(allOf("g")).singleElement().returns("bob", Message::senderId);
        assertThat(deletionOf(allOf("g").get(0)).deletedBy()).isNotEqualTo(USER);
    }

    @Test
    void pins_of_the_user_stay_without_the_users_name() {
        Message pinned = changed(Changes.pin(stored(Drafts.text("g", "bob", "hello")), USER));
        store.eraseUser(USER);

        assertThat(store.pins("g")).isEqualTo(allOf("g")).singleElement().satisfies(message -> {
            assertThat(message.pin().by()).isNotEqualTo(USER);
            assertThat(message.pin().at()).isEqualTo(pinned.pin().at());
        });
    }

    @Test
    void pinned_messages_of_the_user_are_not_listed() {
        changed(Changes.pin(stored(Drafts.text("g", USER, "hello")), "bob"));
        store.eraseUser(USER);

        assertThat(store.pins("g")).isEmpty();
    }

    @Test
    void memberships_go() {
        String direct = store.create(NewConversation.direct(USER, "bob")).conversationId();
        store.eraseUser(USER);

        assertThat(store.isMember("g", USER)).isFalse();
        assertThat(store.isMember(direct, USER)).isFalse();
        assertThat(store.conversations(new ConversationQuery(USER, null, 10))).isEmpty();
        assertThat(store.conversation("g").orElseThrow().members())
                .extracting(Member::userId)
                .containsExactly("bob");
        assertThat(store.conversations(new ConversationQuery("bob", null, 10)))
                .extracting(Conversation::conversationId)
                .containsExactlyInAnyOrder("g", direct);
    }

    @Test
    void receipts_go() {
        fill("g", 3);
        Instant now = Drafts.now();
        store.mark(List.of(Receipt.read("g", USER, 3, now), Receipt.delivered("g", "bob", 3, now)));
        store.eraseUser(USER);

        assertThat(StoredReceipts.of(store, "g")).containsExactly(Receipt.delivered("g", "bob", 3, now));
        assertThat(store.receiptsOf(USER, List.of("g"))).isEmpty();
    }

    @Test
    void receipts_and_messages_in_open_conversations_go() {
        fill("c", 3);
        store.mark(List.of(
                Receipt.read("c", USER, 3, Drafts.now()),
                Receipt.joined("c", USER, 1, Drafts.now()),
                Receipt.joined("unknown", USER, 0, Drafts.now())));
        store.eraseUser(USER);

        assertThat(allOf("c")).hasSize(3).allMatch(Message::isDeleted);
        assertThat(StoredReceipts.of(store, "c")).isEmpty();
        assertThat(StoredReceipts.of(store, "unknown")).isEmpty();
    }

    @Test
    void user_of_many_messages_is_forgotten_in_all_of_them() {
        List<String> ids = List.of("c1", "c2", "c3");
        ids.forEach(id -> fill(id, 150));
        store.eraseUser(USER);

        assertThat(ids)
                .allSatisfy(id -> assertThat(allOf(id))
                        .hasSize(150)
                        .allMatch(Message::isDeleted)
                        .noneMatch(message -> message.toString().contains(USER)));
    }

    @Test
    void messages_that_were_deleted_before_are_erased_too() {
        changed(Changes.delete(fill("g", 1).get(0), USER));
        store.eraseUser(USER);

        assertThat(allOf("g")).singleElement().matches(Message::isDeleted);
        assertThat(allOf("g").toString()).doesNotContain(USER);
    }

    @Test
    void preview_of_the_user_is_blank() {
        fill("g", 3);
        store.eraseUser(USER);

        eventually(() ->
                assertThat(preview()).isEqualTo(MessagePreview.of(allOf("g").get(2))));
    }

    @Test
    void preview_of_another_user_remains() {
        fill("g", 3);
        Message newest = stored(Drafts.text("g", "bob", "hello"));
        store.eraseUser(USER);

        eventually(() -> assertThat(preview()).isEqualTo(MessagePreview.of(newest)));
    }

    @Test
    void preview_of_a_trimmed_message_is_not_kept() {
        fill("g", 3);
        store.trim("g", 3);
        store.eraseUser(USER);

        eventually(() -> assertThat(String.valueOf(preview())).doesNotContain(USER, "content=2"));
    }

    private MessagePreview preview() {
        return store.conversations(new ConversationQuery("bob", null, 1)).get(0).lastMessage();
    }

    @Test
    void erasing_again_changes_nothing() {
        rich();
        store.eraseUser(USER);
        List<Message> once = allOf("g");
        store.eraseUser(USER);

        assertThat(allOf("g")).isEqualTo(once);
    }

    @Test
    void erasing_a_stranger_changes_nothing() {
        List<Message> all = fill("g", 3);
        store.eraseUser("mallory");

        assertThat(allOf("g")).isEqualTo(all);
        assertThat(store.isMember("g", USER)).isTrue();
    }

    @Test
    void user_who_returns_is_a_new_one() {
        stored(Drafts.keyed("g", USER, "k", "before"));
        store.eraseUser(USER);
        store.addMembers("g", Set.of(USER));

        assertThat(stored(Drafts.keyed("g", USER, "k", "after")).seq()).isEqualTo(2);
        assertThat(allOf("g")).extracting(Message::content).containsExactly("", "after");
        assertThat(store.isMember("g", USER)).isTrue();
    }

    @Test
    void keys_of_others_are_remembered() {
        Message kept = stored(Drafts.keyed("g", "bob", "k", "hello"));
        stored(Drafts.keyed("g", USER, "k", "hello"));
        store.eraseUser(USER);

        assertThat(duplicateIn(append(Drafts.keyed("g", "bob", "k", "again")))).isEqualTo(kept);
    }

    @Test
    void erased_messages_are_sent_to_a_client_that_catches_up() {
        fill("g", 3);
        store.eraseUser(USER);

        assertThat(new Replica(store, "g").catchUp(2).messages()).isEqualTo(allOf("g"));
    }

    @Test
    void user_that_one_node_erases_is_unknown_to_the_other() {
        needs(StoreHarness.Capability.MULTI_NODE);
        ChatStore other = harness.openAnotherNode();
        fill("g", 3);
        assertThat(other.isMember("g", USER)).isTrue();
        store.eraseUser(USER);

        assertThat(other.isMember("g", USER)).isFalse();
        assertThat(allOf(other, "g")).isEqualTo(allOf("g")).allMatch(Message::isDeleted);
        assertThat(storedIn(other.append(List.of(Drafts.text("g", "bob", "next")))
                                .get(0))
                        .seq())
                .isEqualTo(4);
    }

    private static Deletion deletionOf(Message message) {
        assertThat(message.deletion()).isNotNull();
        return message.deletion();
    }
}
