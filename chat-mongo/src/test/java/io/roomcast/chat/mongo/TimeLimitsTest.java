package io.roomcast.chat.mongo;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.testkit.FaultProxy;
import io.roomcast.chat.testkit.StoredReceipts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command has a time limit, whatever the settings of the host's client are. */
class TimeLimitsTest extends MongoCase {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LIMIT = Duration.ofMillis(800);

    static Stream<Arguments> operations() {
        return Stream.of(
                row("history", store -> store.history(new HistoryQuery("c", Anchor.LATEST, 0, 10))),
                row("message", store -> store.message("c", "m")),
                row("change", store -> store.change(new Change.Delete("c", "m", "alice", NOON))),
                row("position", store -> store.position("c")),
                row("conversation", store -> store.conversation("c")),
                row("conversations", store -> store.conversations(new ConversationQuery("alice", null, 10))),
                row("member", store -> store.member("c", "alice")),
                row("mark", store -> store.mark(List.of(Receipt.read("c", "alice", 1, NOON)))),
                row("trim", store -> store.trim("c", 1)),
                row("add members", store -> store.addMembers("c", Set.of("bob"))),
                row("erase", store -> store.eraseUser("alice")),
                row("ping", MongoChatStore::ping));
    }

    private static Arguments row(String operation, Consumer<MongoChatStore> call) {
        return Arguments.of(operation, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    @Timeout(value = 20, unit = SECONDS)
    void silent_server_fails_a_call_of_a_client_without_timeouts(String operation, Consumer<MongoChatStore> call) {
        withSilentServer(store -> assertThatThrownBy(() -> call.accept(store))
                .as(operation)
                .isInstanceOfSatisfying(
                        ChatException.class,
                        failure -> assertThat(failure.code()).isIn(ErrorCode.STORAGE_UNAVAILABLE, ErrorCode.TIMEOUT)));
    }

    @Test
    @Timeout(value = 20, unit = SECONDS)
    void append_without_an_answer_has_an_unknown_outcome() {
        withSilentServer(store -> assertThat(append(store, Drafts.text("c", "alice", "hello")))
                .isInstanceOfSatisfying(
                        AppendResult.Failed.class,
                        failed -> assertThat(failed.cause().code()).isEqualTo(ErrorCode.TIMEOUT)));
    }

    /**
     * Uses a client without settings, which has no timeouts. The first store has time to connect and to create the indexes,
     * so that the short limit of the second applies to the test alone.
     */
    private void withSilentServer(Consumer<MongoChatStore> test) {
        try (FaultProxy proxy = new FaultProxy(server.port());
                MongoClient plain = MongoClients.create("mongodb://127.0.0.1:" + proxy.port())) {
            MongoChatStore.builder(plain).database(database.getName()).build().ping();
            MongoChatStore store = MongoChatStore.builder(plain)
                    .database(database.getName())
                    .previewDelay(Duration.ofHours(1))
                    .commandLimit(LIMIT)
                    .build();
            append(store, Drafts.text("c", "alice", "hello"));
            proxy.stall();
            test.accept(store);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, true", "5000, false"})
    void client_without_a_read_timeout_is_warned_of(int readTimeout, boolean isWarnedOf) {
        MongoClientSettings settings = MongoClientSettings.builder(
                        MongoUri.parse(server.uri("any")).settings())
                .applyToSocketSettings(socket -> socket.readTimeout(readTimeout, MILLISECONDS))
                .build();
        try (Log log = Log.capture();
                MongoClient client = MongoClients.create(settings)) {
            MongoChatStore.builder(client).database(database.getName()).build().close();

            assertThat(log.lines().stream().anyMatch(line -> line.contains("no read timeout")))
                    .isEqualTo(isWarnedOf);
        }
    }

    @Test
    void client_with_a_timeout_of_its_own_is_not_warned_of() {
        MongoClientSettings settings = MongoClientSettings.builder(
                        MongoUri.parse(server.uri("any")).settings())
                .applyToSocketSettings(socket -> socket.readTimeout(0, MILLISECONDS))
                .timeout(5, SECONDS)
                .build();
        try (Log log = Log.capture();
                MongoClient client = MongoClients.create(settings)) {
            MongoChatStore.builder(client).database(database.getName()).build().close();

            assertThat(log.lines()).noneMatch(line -> line.contains("no read timeout"));
        }
    }

    @Test
    void server_ends_reads_by_itself_and_writes_that_no_majority_takes() {
        MongoChatStore store = openStore();
        append(store, Drafts.text("c", "alice", "hello"));
        commands.clear();
        store.history(new HistoryQuery("c", Anchor.LATEST, 0, 10));
        store.conversation("c");
        store.member("c", "alice");
        StoredReceipts.of(store, "c");
        append(store, Drafts.text("c", "alice", "again"));

        assertThat(commands.all())
                .filteredOn(command -> is(command, "find"))
                .allSatisfy(find ->
                        assertThat(find.getNumber("maxTimeMS").longValue()).isEqualTo(Reads.LIMIT.toMillis()));
        assertThat(commands.all())
                .filteredOn(command -> is(command, "insert"))
                .allSatisfy(insert -> assertThat(insert.getDocument("writeConcern")
                                .getNumber("wtimeout")
                                .longValue())
                        .isEqualTo(Reads.LIMIT.toMillis()));
    }

    private static boolean is(BsonDocument command, String name) {
        return command.getFirstKey().equals(name);
    }
}
