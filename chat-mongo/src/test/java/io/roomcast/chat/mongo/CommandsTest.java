package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Drafts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the network. */
class CommandsTest extends MongoCase {
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
    void writes_ask_for_a_journaled_majority() {
        useEverything();

        assertThat(commands.all())
                .filteredOn(command ->
                        Set.of("insert", "update", "delete", "findAndModify").contains(command.getFirstKey()))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command.getDocument("writeConcern"))
                        .isEqualTo(BsonDocument.parse("{w: 'majority', j: true}")));
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
        store.create(NewConversation.group("g", "Group", List.of("alice", "bob")));
        store.conversation("g");
        store.addMembers("g", Set.of("carol"));
        store.isMember("g", "carol");
        store.removeMember("g", "carol");
    }
}
