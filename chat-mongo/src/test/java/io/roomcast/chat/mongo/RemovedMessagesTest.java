package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.IndexOptions;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.testkit.MovableClock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Removed messages whose sequence numbers a node with a stale head could assign again. */
class RemovedMessagesTest extends MongoCase {
    private final MovableClock clock = new MovableClock();
    private MongoChatStore store;
    private MongoChatStore other;

    private void openBoth() {
        store = builder().clock(clock).build();
        other = builder().clock(clock).build();
    }

    @ParameterizedTest
    @CsvSource({
        // seconds of retention, seconds that pass, whether the database removes as soon as it may
        "1, 1, true",
        "1, 3601, true",
        "60, 61, true",
        "60, 120, true",
        "3600, 3600, true",
        "3600, 7201, true",
        "86400, 90001, true",
        "1, 1, false",
        "60, 61, false",
        "3600, 7201, false"
    })
    void expired_messages_numbers_are_not_given_again(long retention, long passed, boolean ownIndex) {
        if (!ownIndex) {
            expireWithoutDelay();
        }
        openBoth();
        store.create(NewConversation.open("c").withRetention(Duration.ofSeconds(retention)));
        exchange();
        clock.advance(Duration.ofSeconds(passed));
        removeWhatHasExpired();

        assertThat(say(other).seq()).isEqualTo(11);
        assertThat(say(store).seq()).isEqualTo(12);
        assertThat(say(other).seq()).isEqualTo(13);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 60, 599, 601, 3_000, 3_601, 86_400})
    void trimmed_messages_numbers_are_not_given_again(long passed) {
        openBoth();
        exchange();
        store.trim("c", 10);
        clock.advance(Duration.ofSeconds(passed));
        removeWhatHasExpired();

        assertThat(say(other).seq()).isEqualTo(11);
        assertThat(say(store).seq()).isEqualTo(12);
        assertThat(say(other).seq()).isEqualTo(13);
    }

    @Test
    void node_that_a_crash_kept_from_writing_the_preview_leaves_the_number_known() {
        openBoth();
        store.create(NewConversation.open("c").withRetention(Duration.ofMinutes(1)));
        exchange();
        clock.advance(Duration.ofDays(1));
        database.getCollection("messages").deleteMany(new Document());

        assertThat(say(builder().clock(clock).build()).seq()).isEqualTo(11);
    }

    @Test
    void trimmed_messages_leave_no_content() {
        openBoth();
        exchange();
        store.trim("c", 10);

        assertThat(database.getCollection("messages").find())
                .hasSize(10)
                .allMatch(stored -> stored.getString("content").isEmpty());
    }

    @Test
    void trimmed_messages_are_removed_by_the_database_in_the_end() {
        openBoth();
        exchange();
        store.trim("c", 10);
        clock.advance(Duration.ofHours(1));
        removeWhatHasExpired();

        assertThat(database.getCollection("messages").find()).isEmpty();
    }

    @Test
    void next_trim_removes_what_the_database_leaves() {
        openBoth();
        exchange();
        store.trim("c", 10);
        clock.advance(Duration.ofHours(2));
        say(store);
        store.trim("c", 11);

        assertThat(database.getCollection("messages").find()).hasSize(1);
        assertThat(say(other).seq()).isEqualTo(12);
    }

    @Test
    void trim_of_many_messages_takes_commands_of_bounded_size() {
        openBoth();
        store.append(Drafts.texts("c", "alice", 1_200));
        commands.clear();
        store.trim("c", 1_200);

        assertThat(commands.names()).filteredOn("update"::equals).hasSize(3);
        assertThat(allOf(store, "c")).isEmpty();
        assertThat(say(other).seq()).isEqualTo(1_201);
    }

    @Test
    void message_that_is_older_than_its_retention_keeps_its_document() {
        openBoth();
        store.create(NewConversation.open("c").withRetention(Duration.ofSeconds(1)));
        Message old = storedBy(
                store,
                Drafts.dated(
                        "c",
                        "alice",
                        "words",
                        clock.instant().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS)));
        removeWhatHasExpired();

        assertThat(allOf(store, "c")).isEmpty();
        assertThat(database.getCollection("messages").find(new Document("_id", old.id())))
                .hasSize(1);
    }

    /** Sends ten messages, of which the other node has seen only the first two. */
    private void exchange() {
        say(store);
        say(other);
        assertThat(IntStream.range(0, 8).mapToObj(i -> say(store).seq()))
                .isEqualTo(List.of(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L));
    }

    private Message say(MongoChatStore node) {
        return storedBy(
                node, Drafts.dated("c", "alice", "words", clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    private void expireWithoutDelay() {
        database.getCollection("messages")
                .createIndex(
                        new Document("expiresAt", 1),
                        new IndexOptions().name("expiry").sparse(true).expireAfter(0L, TimeUnit.SECONDS));
    }

    /** Removes expired documents, as the TTL index of a real server does. */
    private void removeWhatHasExpired() {
        long seconds = database.getCollection("messages").listIndexes().into(new ArrayList<>()).stream()
                .filter(index -> "expiry".equals(index.getString("name")))
                .mapToLong(
                        index -> index.get("expireAfterSeconds", Number.class).longValue())
                .sum();
        Date limit = Date.from(clock.instant().minusSeconds(seconds));
        database.getCollection("messages").deleteMany(new Document("expiresAt", new Document("$lte", limit)));
    }
}
