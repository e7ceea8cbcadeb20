package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.testkit.FaultProxy.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The erasure of a user with more messages than one step handles. */
class ErasureStepsTest extends MongoCase {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int HERS = 2 * Sweep.STEP + 50;

    private void live(MongoChatStore store) {
        store.create(NewConversation.group("group", "Group", List.of("zoe", "bob")));
        List<MessageDraft> drafts = IntStream.range(0, HERS)
                .mapToObj(i -> Drafts.text(i % 3 == 0 ? "group" : "open" + i % 3, "zoe", "private words " + i))
                .toList();
        List<AppendResult> stored = store.append(drafts);
        Message his = storedBy(
                store,
                Drafts.text("open1", "bob", "hello")
                        .withBody(new MessageBody(MessageType.TEXT, "hello", List.of(), null, List.of("zoe"), null)));
        store.change(Changes.react(his, "zoe", "x"));
        store.change(Changes.delete(storedBy(store, Drafts.text("open2", "bob", "gone")), "zoe"));
        Message first = ((AppendResult.Stored) stored.get(0)).message();
        store.change(new Change.Edit("group", first.id(), "zoe", NOON, "private words again", null, null));
        store.mark(List.of(Receipt.read("open1", "zoe", 2, NOON)));
        store.conversations(new ConversationQuery("zoe", null, 10));
        store.conversation("open1");
        store.conversation("open2");
    }

    @Test
    void no_command_concerns_more_than_one_step() {
        MongoChatStore store = openStore();
        live(store);
        commands.clear();

        store.eraseUser("zoe");

        assertThat(commands.all())
                .filteredOn(ErasureStepsTest::isFind)
                .allSatisfy(
                        find -> assertThat(find.getNumber("limit").intValue()).isEqualTo(Sweep.STEP));
        assertThat(commands.names()).doesNotContain("getMore", "aggregate", "distinct");
        assertThat(commands.all())
                .flatExtracting(ErasureStepsTest::queriesOfWrites)
                .allSatisfy(query -> assertThat(query.containsKey("_id")).isTrue());
    }

    private static boolean isFind(BsonDocument command) {
        return command.getFirstKey().equals("find");
    }

    private static List<BsonDocument> queriesOfWrites(BsonDocument command) {
        String writes = command.getFirstKey() + "s";
        return command.containsKey(writes)
                ? command.getArray(writes).stream()
                        .map(write -> write.asDocument().getDocument("q"))
                        .toList()
                : List.of();
    }

    @Test
    void commands_grow_with_the_steps_alone() {
        MongoChatStore store = openStore();
        live(store);
        commands.clear();
        store.eraseUser("zoe");

        // One read for each of thirteen kinds of traces, and for each step a read, the previews and the messages.
        assertThat(commands.names()).hasSizeLessThanOrEqualTo(13 + 10 + 3 * 3);
    }

    @Test
    void lists_are_erased_before_messages() {
        MongoChatStore store = openStore();
        live(store);
        commands.clear();
        store.eraseUser("zoe");

        assertThat(commands.all().stream()
                        .filter(command -> command.getFirstKey().equals("update")))
                .first()
                .satisfies(update ->
                        assertThat(update.getString("update").getValue()).isEqualTo("conversations"));
    }

    @Test
    void erasure_that_is_cut_short_after_any_command_is_completed_by_the_next() {
        int command = 0;
        while (!erasesWith(command)) {
            boolean begun = database.getCollection("messages").countDocuments(new Document("senderId", "zoe")) < HERS;
            assertThat(begun && contents("conversations").contains("private"))
                    .as("lists show what is erased already, after %s commands", command)
                    .isFalse();
            MongoChatStore next = openStore();
            next.eraseUser("zoe");
            next.close();
            assertThat(everything())
                    .as("what is left after %s commands and a second call", command)
                    .doesNotContain("zoe", "private")
                    .contains("hello");
            database.drop();
            command++;
        }
        assertThat(everything()).doesNotContain("zoe", "private").contains("hello");
        assertThat(command).isGreaterThan(15);
    }

    /** Fills the database, and erases through a connection that is cut after a number of commands. */
    private boolean erasesWith(int commandsLeft) {
        MongoChatStore before = openStore();
        live(before);
        before.close();
        AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        try (MongoProxy proxy = new MongoProxy(server.port(), database.getName())) {
            MongoChatStore store = proxy.store();
            proxy.onCommand(() -> left.getAndDecrement() > 0 ? Fault.NONE : Fault.CUT_BEFORE);
            left.set(commandsLeft);
            store.eraseUser("zoe");
            return true;
        } catch (ChatException crashed) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{senderId: 'zoe'}",
                "{_id: {$oid: '65f0a0a0a0a0a0a0a0a0a0a0'}, senderId: 'zoe', content: 'private'}",
                "{senderId: 'zoe', conversationId: 5, seq: 'x', createdAt: 7}",
                "{senderId: ['zoe'], content: {text: 'private'}}",
                "{senderId: 'bob', conversationId: 'c', seq: 900, clientMessageId: 'k', mentions: 'zoe'}",
                "{senderId: 'bob', conversationId: 'c', seq: 901, clientMessageId: 'l', reactions: {userId: 'zoe'}}",
                "{senderId: 'bob', deletedBy: 'zoe'}"
            })
    void documents_of_other_programs_are_erased_too(String document) {
        MongoChatStore store = openStore();
        database.getCollection("messages").insertOne(Document.parse(document));

        store.eraseUser("zoe");

        assertThat(everything()).doesNotContain("zoe", "private");
    }

    private String contents(String collection) {
        return database.getCollection(collection).find().into(new ArrayList<>()).toString();
    }
}
