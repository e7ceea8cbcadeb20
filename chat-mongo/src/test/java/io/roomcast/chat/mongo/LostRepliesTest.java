package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChangeResult;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.testkit.FaultProxy.Fault;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that break during an append or a change. */
class LostRepliesTest extends MongoCase {
    private MongoProxy proxy;
    private MongoChatStore store;

    @BeforeEach
    void connectThroughProxy() {
        proxy = new MongoProxy(server.port(), database.getName());
        store = proxy.store();
        append(store, Drafts.text("c", "alice", "before"));
    }

    @AfterEach
    void disconnect() {
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER"})
    void batch_is_stored_once_whether_or_not_it_arrived(Fault fault) {
        AtomicInteger inserts = atFirstInsert(fault);
        List<MessageDraft> batch = Drafts.texts("c", "alice", 5);

        List<AppendResult> results = store.append(batch);

        assertThat(inserts).hasValue(fault == Fault.CUT_BEFORE ? 2 : 1);
        assertThat(results).allMatch(AppendResult.Stored.class::isInstance);
        List<Message> all = allOf(store, "c");
        assertThat(all.subList(1, 6))
                .isEqualTo(results.stream().map(MongoCase::messageOf).toList());
        assertThat(all).extracting(Message::seq).isEqualTo(oneTo(6));
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER"})
    void duplicate_whose_reply_was_lost_is_reported_as_duplicate(Fault fault) {
        Message first = messageOf(append(store, Drafts.keyed("c", "alice", "k", "first")));
        atFirstInsert(fault);

        assertThat(append(store, Drafts.keyed("c", "alice", "k", "again")))
                .isEqualTo(new AppendResult.Duplicate(first));
        assertThat(allOf(store, "c")).hasSize(2);
    }

    @Test
    void number_of_a_concurrent_message_is_kept() {
        MongoChatStore other = openStore();
        AtomicInteger inserts = new AtomicInteger();
        proxy.onInsert(() -> {
            if (inserts.getAndIncrement() > 0) {
                return Fault.NONE;
            }
            append(other, Drafts.text("c", "bob", "meanwhile"));
            return Fault.CUT_BEFORE;
        });

        assertThat(messageOf(append(store, Drafts.text("c", "alice", "late"))).seq())
                .isEqualTo(3);
        assertThat(allOf(store, "c")).extracting(Message::content).containsExactly("before", "meanwhile", "late");
    }

    @ParameterizedTest
    @CsvSource({
        "0, CUT_BEFORE", "0, CUT_AFTER",
        "1, CUT_BEFORE", "1, CUT_AFTER",
        "2, CUT_BEFORE", "2, CUT_AFTER",
        "3, CUT_BEFORE", "3, CUT_AFTER"
    })
    void change_is_made_once_whichever_step_was_lost(int step, Fault fault) {
        Message before = allOf(store, "c").get(0);
        AtomicInteger writes = new AtomicInteger();
        proxy.onWrite(() -> writes.getAndIncrement() == step ? fault : Fault.NONE);

        ChangeResult result = store.change(Changes.edit(before, "alice", "other words"));

        assertThat(writes).hasValueGreaterThan(3);
        assertThat(result.changed()).isTrue();
        assertThat(result.message()).returns("other words", Message::content).returns(1L, Message::version);
        assertThat(allOf(store, "c")).containsExactly(result.message());
        assertThat(store.position("c")).isEqualTo(new Position(1, 1));
        assertThat(database.getCollection("changes").find()).hasSize(1).noneMatch(row -> row.containsKey("content"));
    }

    private AtomicInteger atFirstInsert(Fault fault) {
        AtomicInteger inserts = new AtomicInteger();
        proxy.onInsert(() -> inserts.getAndIncrement() == 0 ? fault : Fault.NONE);
        return inserts;
    }
}
