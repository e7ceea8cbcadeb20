package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Drafts;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Appends on a sharded cluster: each command carries at most one message of each conversation. */
class OnePerConversationTest extends MongoCase {
    private MongoChatStore store;

    @BeforeEach
    void openStoreFirst() {
        store = builder().onePerConversation(true).build();
    }

    @Test
    void command_carries_one_message_of_each_conversation() {
        List<AppendResult> results = store.append(IntStream.range(0, 15)
                .mapToObj(i -> Drafts.text("c" + i % 3, "alice", "hello"))
                .toList());

        assertThat(results)
                .extracting(MongoCase::seqOf)
                .containsExactly(1L, 1L, 1L, 2L, 2L, 2L, 3L, 3L, 3L, 4L, 4L, 4L, 5L, 5L, 5L);
        assertThat(inserts())
                .hasSize(5)
                .allMatch(insert -> insert.getArray("documents").size() == 3)
                .noneMatch(insert -> insert.getBoolean("ordered").getValue());
    }

    @Test
    void every_rejection_of_a_command_is_handled() {
        MongoChatStore other = openStore();
        List<MessageDraft> first = List.of(
                Drafts.keyed("repeated", "alice", "k", "first"),
                Drafts.keyed("repeated too", "alice", "k", "first"),
                Drafts.text("stale", "alice", "first"),
                Drafts.text("stale too", "alice", "first"));
        store.append(first);
        other.append(Drafts.texts("stale", "bob", 2));
        other.append(Drafts.texts("stale too", "bob", 3));
        commands.clear();

        List<AppendResult> results = store.append(List.of(
                Drafts.keyed("repeated", "alice", "k", "again"),
                Drafts.text("stale", "alice", "next"),
                Drafts.keyed("repeated too", "alice", "k", "again"),
                Drafts.text("stale too", "alice", "next"),
                Drafts.text("stale too", "alice", "last")));

        assertThat(results).extracting(MongoCase::seqOf).containsExactly(1L, 4L, 1L, 5L, 6L);
        assertThat(results.get(0)).isInstanceOf(AppendResult.Duplicate.class);
        assertThat(results.get(2)).isInstanceOf(AppendResult.Duplicate.class);
        assertThat(inserts()).hasSize(3);
    }

    @Test
    void message_too_large_does_not_fail_its_command() {
        List<AppendResult> results = store.append(List.of(
                Drafts.text("c", "alice", "x".repeat(17 << 20)),
                Drafts.text("d", "alice", "beside"),
                Drafts.text("c", "alice", "after")));

        assertThat(results.get(0)).isInstanceOf(AppendResult.Failed.class);
        assertThat(results.subList(1, 3)).extracting(MongoCase::seqOf).containsExactly(1L, 1L);
    }

    @Test
    void messages_of_one_conversation_keep_their_order() {
        store.append(Drafts.texts("c", "alice", 20));

        assertThat(allOf(store, "c"))
                .extracting(Message::content)
                .isEqualTo(IntStream.range(0, 20).mapToObj(String::valueOf).toList());
    }

    private List<BsonDocument> inserts() {
        return commands.all().stream()
                .filter(command -> command.getFirstKey().equals("insert"))
                .toList();
    }
}
