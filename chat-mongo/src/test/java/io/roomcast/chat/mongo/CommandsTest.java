package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationQuery.Cursor;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.testkit.MovableClock;
import io.roomcast.chat.testkit.StoredReceipts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands that the store sends. */
class CommandsTest extends MongoCase {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private MongoChatStore store;

    @BeforeEach
    void openStoreFirst() {
        store = openStore();
        commands.clear();
    }

    @Test
    void first_message_of_a_conversation_takes_three_commands() {
        append(store, Drafts.text("c", "alice", "hello"));

        assertThat(commands.names()).containsExactly("find", "update", "insert");
    }

    @Test
    void batch_on_warm_heads_is_one_command() {
        store.append(batch());
        commands.clear();
        store.append(batch());

        assertThat(commands.names()).containsExactly("insert");
        BsonDocument insert = commands.all().get(0);
        assertThat(insert.getBoolean("ordered").getValue()).isTrue();
        assertThat(insert.getArray("documents")).hasSize(15);
    }

    private static List<MessageDraft> batch() {
        return IntStream.range(0, 15)
                .mapToObj(i -> Drafts.text("c" + i % 3, "alice", "hello"))
                .toList();
    }

    @Test
    void first_messages_of_many_conversations_take_three_commands() {
        store.append(oneOfEach(20));

        assertThat(commands.names()).containsExactly("find", "update", "insert");
    }

    @Test
    void conversations_new_to_this_node_take_one_more_command() {
        store.append(oneOfEach(20));
        store.close();
        MongoChatStore other = openStore();
        commands.clear();
        other.append(oneOfEach(20));

        assertThat(commands.names()).containsExactly("find", "insert");
    }

    @Test
    void commands_per_batch_stay_in_their_budget() {
        int batches = 100;
        store.append(batch());
        commands.clear();
        for (int i = 0; i < batches; i++) {
            store.append(batch());
        }
        store.close();

        assertThat(commands.names()).hasSizeLessThanOrEqualTo(batches * 11 / 10);
    }

    @Test
    void catching_up_with_many_conversations_takes_two_commands() {
        store.append(oneOfEach(20));
        commands.clear();
        List<CatchUp> answers = store.catchUp(fromTheStart(20));

        assertThat(commands.names()).containsExactly("find", "find");
        assertThat(answers).allMatch(answer -> answer.messages().size() == 1);
    }

    @Test
    void positions_of_many_conversations_take_two_commands() {
        store.append(oneOfEach(20));
        commands.clear();
        Set<String> conversationIds =
                IntStream.range(0, 20).mapToObj(i -> "c" + i).collect(Collectors.toSet());

        assertThat(store.positions(conversationIds)).hasSize(20).containsValue(new Position(1, 0));
        assertThat(commands.names()).containsExactly("find", "find");
    }

    @Test
    void catching_up_with_changes_takes_two_more() {
        store.append(oneOfEach(20));
        for (int i = 0; i < 20; i++) {
            Message message = allOf(store, "c" + i).get(0);
            store.change(Changes.react(message, "bob", "x"));
        }
        commands.clear();
        List<CatchUp> answers = store.catchUp(IntStream.range(0, 20)
                .mapToObj(i -> new CatchUpQuery("c" + i, new Position(1, 0), 10))
                .toList());

        assertThat(commands.names()).containsExactly("find", "find", "find", "find");
        assertThat(answers).allMatch(answer -> answer.messages().size() == 1);
    }

    private static List<CatchUpQuery> fromTheStart(int conversations) {
        return IntStream.range(0, conversations)
                .mapToObj(i -> new CatchUpQuery("c" + i, Position.START, 10))
                .toList();
    }

    @Test
    void many_receipts_are_one_command() {
        store.append(oneOfEach(20));
        commands.clear();
        store.mark(IntStream.range(0, 20)
                .mapToObj(i -> Receipt.read("c" + i, "alice", 1, NOON))
                .toList());

        assertThat(commands.names()).containsExactly("update");
    }

    @Test
    void page_of_conversations_takes_three_commands() {
        store.create(NewConversation.group("g", "Group", List.of("alice", "bob")));
        store.create(NewConversation.direct("alice", "bob"));
        store.create(NewConversation.direct("alice", "carol"));
        commands.clear();

        assertThat(store.conversations(new ConversationQuery("alice", null, 10)))
                .hasSize(3);
        assertThat(commands.names()).containsExactly("find", "find", "find");
    }

    @Test
    void duplicate_on_a_warm_head_takes_two_commands() {
        append(store, Drafts.keyed("c", "alice", "k", "hello"));
        commands.clear();
        append(store, Drafts.keyed("c", "alice", "k", "hello"));

        assertThat(commands.names()).containsExactly("insert", "find");
    }

    @Test
    void batch_sent_again_takes_few_commands() {
        List<MessageDraft> batch = batch();
        store.append(batch);
        commands.clear();
        List<MessageDraft> again = new ArrayList<>(batch);
        again.add(Drafts.text("c0", "alice", "new"));

        List<AppendResult> results = store.append(again);

        assertThat(commands.names()).containsExactly("insert", "find", "insert", "find", "insert");
        assertThat(results.subList(0, 15)).allMatch(AppendResult.Duplicate.class::isInstance);
        assertThat(results.get(15)).isInstanceOf(AppendResult.Stored.class);
    }

    @Test
    void duplicate_on_a_cold_head_leaves_it_warm() {
        append(openStore(), Drafts.keyed("c", "alice", "k", "hello"));
        append(openStore(), Drafts.text("c", "alice", "next"));
        append(store, Drafts.keyed("c", "alice", "k", "hello"));
        append(store, Drafts.text("c", "alice", "corrected"));
        commands.clear();
        append(store, Drafts.text("c", "alice", "warm"));

        assertThat(commands.names()).containsExactly("insert");
    }

    @Test
    void message_behind_another_nodes_takes_three_commands() {
        append(store, Drafts.text("c", "alice", "hello"));
        append(openStore(), Drafts.text("c", "bob", "hello"));
        commands.clear();
        append(store, Drafts.text("c", "alice", "hello"));

        assertThat(commands.names()).containsExactly("insert", "find", "insert");
    }

    @Test
    void message_after_ten_minutes_takes_two_commands() {
        MovableClock clock = new MovableClock();
        MongoChatStore idle = builder().clock(clock).build();
        append(idle, Drafts.text("c", "alice", "hello"));
        clock.advance(Duration.ofMinutes(11));
        commands.clear();
        append(idle, Drafts.text("c", "alice", "hello"));

        assertThat(commands.names()).containsExactly("find", "insert");
    }

    @Test
    void messages_that_expire_take_three_commands_in_any_number() {
        for (int i = 0; i < 3; i++) {
            store.create(NewConversation.open("c" + i).withRetention(Duration.ofHours(1)));
        }
        store.append(batch());
        commands.clear();
        store.append(batch());

        assertThat(commands.names()).containsExactly("find", "insert", "update");
    }

    @Test
    void writes_ask_for_a_journaled_majority() {
        useEverything();

        assertThat(commands.all())
                .filteredOn(command ->
                        Set.of("insert", "update", "delete", "findAndModify").contains(command.getFirstKey()))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command.getDocument("writeConcern"))
                        .isEqualTo(BsonDocument.parse("{w: 'majority', j: true, wtimeout: 5000}")));
    }

    @Test
    void reads_ask_for_what_a_majority_holds() {
        useEverything();

        assertThat(commands.all())
                .filteredOn(command -> command.getFirstKey().equals("find"))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command.getDocument("readConcern"))
                        .isEqualTo(BsonDocument.parse("{level: 'majority'}")));
    }

    @Test
    void filters_are_flat() {
        useEverything();

        assertThat(commands.all()).map(BsonDocument::toJson).noneMatch(json -> json.contains("\"$and\""));
    }

    private void useEverything() {
        append(store, Drafts.keyed("c", "alice", "k", "hello"));
        append(store, Drafts.keyed("c", "alice", "k", "hello"));
        for (Anchor anchor : Anchor.values()) {
            store.history(new HistoryQuery("c", anchor, 1, 10));
        }
        store.position("c");
        Message message = allOf(store, "c").get(0);
        store.message("c", message.id());
        store.change(Changes.edit(message, "alice", "other"));
        store.change(Changes.react(message, "bob", "x"));
        store.catchUp(List.of(new CatchUpQuery("c", Position.START, 10)));
        store.catchUp(List.of(new CatchUpQuery("c", new Position(1, 0), 10)));
        store.create(NewConversation.group("g", "Group", List.of("alice", "bob")));
        store.conversations(new ConversationQuery("alice", new Cursor(NOON, "c"), 10));
        store.update(new ConversationUpdate("g", "Other", null, NOON));
        store.changeRole("g", "alice", Role.ADMIN);
        store.mark(List.of(Receipt.read("g", "alice", 1, NOON)));
        StoredReceipts.of(store, "g");
        store.receiptsOf("alice", List.of("g"));
        store.conversation("g");
        store.addMembers("g", Set.of("carol"));
        store.isMember("g", "carol");
        store.removeMember("g", "carol");
        store.trim("c", 1);
        store.eraseUser("bob");
        store.close();
    }
}
