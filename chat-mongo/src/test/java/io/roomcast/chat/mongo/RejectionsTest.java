package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.testkit.FaultProxy.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inserts that the database rejects. */
class RejectionsTest extends MongoCase {
    private static final String COLLECTION = "E11000 duplicate key error collection: chat.messages ";

    static Stream<Arguments> wordings() {
        return Stream.of(
                wording("as MongoDB words it", text -> text),
                wording("a quoted name", text -> text.replaceAll("index: (\\w+)", "Index '$1'")),
                wording("a name in brackets", text -> text.replaceAll("index: (\\w+)", "index [$1]")),
                wording(
                        "the namespace before the name",
                        text -> text.replaceAll("index: ", "index: chat.messages.\\$")),
                wording("no name", text -> COLLECTION + "Failed _id or unique index constraint"),
                wording("PostgreSQL's", text -> "duplicate key value violates unique constraint"),
                wording("another language", text -> "Doppelter Schl\u00fcssel"),
                wording("nothing", text -> ""),
                wording("the code alone", text -> "E11000"),
                wording("the label without a name", text -> COLLECTION + "index: "),
                wording("always the number's index", text -> COLLECTION + "index: conv_seq dup key: { }"),
                wording("always the key's index", text -> COLLECTION + "index: conv_sender_key dup key: { }"),
                wording("the index of ids", text -> COLLECTION + "index: _id_ dup key: { }"),
                wording("one of the host's", text -> COLLECTION + "index: hosts_own dup key: { }"));
    }

    private static Arguments wording(String name, UnaryOperator<String> wording) {
        return Arguments.of(name, wording);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wordings")
    void rejection_is_handled_with_any_error_text(String name, UnaryOperator<String> wording) {
        MongoChatStore other = openStore();
        try (MongoProxy proxy = new MongoProxy(server.port(), database.getName())) {
            MongoChatStore store = proxy.store();
            Message first = storedBy(store, Drafts.keyed("c", "alice", "k", "first"));
            other.append(Drafts.texts("c", "bob", 3));
            proxy.rewriteErrorTexts(wording);

            List<AppendResult> results = store.append(List.of(
                    Drafts.text("c", "alice", "stale"),
                    Drafts.keyed("c", "alice", "k", "again"),
                    Drafts.text("c", "alice", "after")));

            assertThat(results).extracting(MongoCase::seqOf).containsExactly(5L, 1L, 6L);
            assertThat(results.get(1)).isEqualTo(new AppendResult.Duplicate(first));
            assertThat(allOf(store, "c")).extracting(Message::seq).isEqualTo(oneTo(6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 300})
    void conversations_that_moved_to_another_node_are_corrected_by_one_command(int count) {
        MongoChatStore store = openStore();
        MongoChatStore other = openStore();
        store.append(oneOfEach(count));
        for (int i = 0; i < 3; i++) {
            other.append(oneOfEach(count));
        }
        commands.clear();

        List<AppendResult> results = store.append(oneOfEach(count));

        assertThat(results).extracting(MongoCase::seqOf).containsOnly(5L);
        assertThat(commands.names()).containsExactly("insert", count == 1 ? "find" : "aggregate", "insert");
    }

    @Test
    void conversations_that_moved_are_corrected_by_one_command_on_a_sharded_cluster() {
        MongoChatStore store = builder().onePerConversation(true).build();
        MongoChatStore other = openStore();
        store.append(oneOfEach(300));
        other.append(oneOfEach(300));
        commands.clear();

        assertThat(store.append(oneOfEach(300))).extracting(MongoCase::seqOf).containsOnly(3L);
        assertThat(commands.names()).containsExactly("insert", "aggregate", "insert");
    }

    @Test
    void keys_that_were_stored_by_another_node_cost_few_commands() {
        MongoChatStore store = openStore();
        List<MessageDraft> all = oneOfEach(300);
        store.append(all.subList(0, 150));
        openStore().append(all);
        commands.clear();

        assertThat(store.append(all)).allMatch(AppendResult.Duplicate.class::isInstance);
        assertThat(commands.names()).hasSizeLessThanOrEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 20})
    void contended_conversation_fails_no_other(int place) {
        MongoChatStore other = openStore();
        try (MongoProxy proxy = new MongoProxy(server.port(), database.getName())) {
            MongoChatStore store = proxy.store();
            append(store, Drafts.text("hot", "alice", "first"));
            store.append(oneOfEach(20));
            proxy.onInsert(() -> {
                append(other, Drafts.text("hot", "bob", "always first"));
                return Fault.NONE;
            });
            List<MessageDraft> batch = new ArrayList<>(oneOfEach(20));
            batch.add(place, Drafts.text("hot", "alice", "never in time"));

            List<AppendResult> results = new ArrayList<>(store.append(batch));

            assertThat(((AppendResult.Failed) results.remove(place)).cause().code())
                    .isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
            assertThat(results).extracting(MongoCase::seqOf).containsOnly(2L);
        }
    }
}
