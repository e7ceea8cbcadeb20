package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FollowerState;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.PreferencesUpdate;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.testkit.FaultProxy.Fault;
import io.roomcast.chat.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** The removal of the records of deleted conversations, in steps. */
class PurgeTest extends MongoCase {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int MESSAGES = 2 * Sweep.STEP + 50;

    private final MovableClock clock = new MovableClock();

    private MongoChatStore store(Duration delay) {
        return builder().clock(clock).purgeDelay(delay).build();
    }

    private MongoChatStore idleStore() {
        return store(Duration.ofHours(1));
    }

    private void fill(MongoChatStore store) {
        store.create(NewConversation.group("group", "Group", List.of("zoe", "bob")));
        List<MessageDraft> drafts = IntStream.range(0, MESSAGES)
                .mapToObj(i -> Drafts.text("group", "zoe", "private words " + i))
                .toList();
        Message first = ((AppendResult.Stored) store.append(drafts).get(0)).message();
        store.change(Changes.react(first, "bob", "+"));
        store.mark(List.of(Receipt.read("group", "bob", 2, NOON)));
        store.changePreferences(new PreferencesUpdate(
                "bob",
                "group",
                Set.of(Preference.UNREAD_FROM),
                new Preferences(NotifyLevel.ALL, null, false, false, 1L, null, 0),
                null));
        store.saveFollowerState(null, FollowerState.idle("crm", "group", Position.START));
        storedBy(store, Drafts.text("other", "ann", "hello"));
    }

    private long records() {
        return List.of("messages", "changes", "members", "receipts", "preferences", "followers", "pushes").stream()
                .mapToLong(name -> database.getCollection(name).countDocuments(new Document("conversationId", "group")))
                .sum();
    }

    private Document tombstone() {
        return database.getCollection("conversations")
                .find(new Document("_id", "group"))
                .first();
    }

    @Test
    void only_the_id_and_the_time_remain() {
        MongoChatStore store = idleStore();
        fill(store);
        store.delete("group");
        await().untilAsserted(() -> assertThat(records()).isZero());
        await().untilAsserted(() -> assertThat(tombstone()).containsOnlyKeys("_id", "deletedAt", "purgeAt"));

        clock.advance(Purge.LATE);
        store(Duration.ofMillis(1));

        await().untilAsserted(() -> assertThat(tombstone()).containsOnlyKeys("_id", "deletedAt"));
        assertThat(everything()).doesNotContain("zoe", "private").contains("hello");
    }

    @Test
    void no_command_concerns_more_than_one_step() {
        MongoChatStore store = idleStore();
        fill(store);
        commands.clear();
        store.delete("group");
        await().untilAsserted(() -> assertThat(records()).isZero());

        assertThat(commands.all())
                .filteredOn(command -> command.getFirstKey().equals("delete"))
                .isNotEmpty()
                .allSatisfy(delete -> assertThat(idsIn(delete)).isLessThanOrEqualTo(Sweep.STEP));
    }

    private static int idsIn(BsonDocument delete) {
        return delete.getArray("deletes")
                .get(0)
                .asDocument()
                .getDocument("q")
                .getDocument("_id")
                .getArray("$in")
                .size();
    }

    @Test
    void commands_are_served_by_indexes() {
        MongoChatStore store = idleStore();
        fill(store);
        commands.clear();
        store.delete("group");
        await().untilAsserted(() ->
                assertThat(tombstone().getDate("purgeAt")).isAfter(tombstone().getDate("deletedAt")));

        assertThat(IndexUse.of(commands.all()))
                .containsExactly(
                        "calls._id",
                        "changes._id",
                        "changes.conv_version",
                        "conversations._id",
                        "conversations.purge",
                        "followers._id",
                        "followers.conv_follower",
                        "members._id",
                        "members.conv_user",
                        "messages._id",
                        "messages.conv_seq",
                        "preferences._id",
                        "preferences.conv",
                        "pushes.conv",
                        "receipts._id",
                        "receipts.conv_user");
    }

    @Test
    void what_another_node_wrote_meanwhile_is_removed_later() {
        MongoChatStore store = idleStore();
        MongoChatStore other = idleStore();
        fill(store);
        storedBy(other, Drafts.text("group", "bob", "hello"));
        store.delete("group");
        await().untilAsserted(() -> assertThat(records()).isZero());
        // The other node has cached the head and the members.
        storedBy(other, Drafts.text("group", "bob", "private and late"));
        other.mark(List.of(Receipt.read("group", "bob", 3, NOON)));
        assertThat(records()).isPositive();
        other.conversation("group");
        assertThat(tombstone()).containsOnlyKeys("_id", "deletedAt", "purgeAt");

        clock.advance(Purge.LATE);
        store(Duration.ofMillis(1));

        await().untilAsserted(() -> assertThat(records()).isZero());
        await().untilAsserted(() -> assertThat(tombstone()).doesNotContainKey("purgeAt"));
        assertThat(everything()).doesNotContain("private");
    }

    @Test
    void removal_that_is_cut_short_after_any_command_is_completed_by_the_next_store() {
        int command = 0;
        while (!removesWith(command)) {
            MongoChatStore next = builder().purgeDelay(Duration.ofMillis(1)).build();
            await().pollInterval(Duration.ofMillis(2))
                    .untilAsserted(() -> assertThat(records()).isZero());
            assertThat(append(next, Drafts.text("group", "zoe", "private")))
                    .isInstanceOfSatisfying(
                            AppendResult.Failed.class,
                            failed -> assertThat(failed.cause().code()).isEqualTo(ErrorCode.CONVERSATION_NOT_FOUND));
            next.addMembers("group", Set.of("zoe"));
            next.close();
            assertThat(everything())
                    .as("what is left after %s commands and another start", command)
                    .doesNotContain("zoe", "private")
                    .contains("hello");
            database.drop();
            command++;
        }
        assertThat(command).isGreaterThan(8);
    }

    /** Fills the database, deletes the conversation, and removes its records until the connection is cut. */
    private boolean removesWith(int commandsLeft) {
        MongoChatStore before = idleStore();
        fill(before);
        before.close();
        AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        try (MongoProxy proxy = new MongoProxy(server.port(), database.getName())) {
            MongoChatStore crashing = proxy.store();
            proxy.onCommand(() -> left.getAndDecrement() > 0 ? Fault.NONE : Fault.CUT_BEFORE);
            // The command that marks the conversation comes first.
            left.set(commandsLeft + 1);
            crashing.delete("group");
            await().pollInterval(Duration.ofMillis(2)).until(() -> left.get() < 0 || records() == 0);
            boolean isDone = left.get() >= 0;
            crashing.close();
            return isDone;
        }
    }
}
