package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.ChatStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A room with receipts of more users than a page has. */
class ReceiptPagesWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> USERS =
            IntStream.range(0, 2_500).mapToObj("user %05d"::formatted).toList();

    private static final ChatStore STORE = ChatStore.inMemory();
    private static ChatServer server;

    @BeforeAll
    static void start() {
        STORE.create(NewConversation.open("r"));
        STORE.mark(USERS.stream()
                .map(userId -> Receipt.read("r", userId, 0, Instant.EPOCH))
                .toList());
        server = ChatServer.builder().port(0).store(STORE).build().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode receipts(String fields) {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            return parse(socket.ask(1, "[\"getReceipts\",{\"conversationId\":\"r\"" + fields + "}]"))
                    .path(0);
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(text, broken);
        }
    }

    private static List<String> users(JsonNode receipts) {
        return StreamSupport.stream(receipts.spliterator(), false)
                .map(receipt -> receipt.path("userId").textValue())
                .toList();
    }

    @Test
    void request_without_a_page_returns_the_first_one() {
        JsonNode answer = receipts("");
        assertThat(users(answer.path("delivered"))).isEqualTo(USERS.subList(0, 1_000));
        assertThat(users(answer.path("read"))).isEqualTo(USERS.subList(0, 1_000));
        assertThat(answer.path("next").textValue()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {700, 1_000, 1_250, 9_007_199})
    void pages_have_all_receipts_once(int limit) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        while (found.size() < USERS.size()) {
            JsonNode answer = receipts(",\"limit\":" + limit + cursor);
            List<String> users = users(answer.path("read"));
            assertThat(users).isNotEmpty().hasSizeLessThanOrEqualTo(Math.min(limit, 1_000));
            found.addAll(users);
            assertThat(answer.has("next")).isEqualTo(found.size() < USERS.size());
            cursor = ",\"cursor\":" + answer.path("next");
        }
        assertThat(found).isEqualTo(USERS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ,"cursor":"!"  | invalid_cursor  | cursor
            ,"cursor":7    | invalid_payload | cursor
            ,"limit":0     | invalid_payload | limit
            ,"limit":-1    | invalid_payload | limit
            ,"limit":"9"   | invalid_payload | limit
            """)
    void invalid_page_is_refused(String fields, String code, String field) {
        JsonNode answer = receipts(fields);
        assertThat(answer.path("code").textValue()).isEqualTo(code);
        assertThat(answer.path("field").textValue()).isEqualTo(field);
    }

    @Test
    void empty_cursor_is_the_first_page() {
        assertThat(users(receipts(",\"cursor\":\"\",\"limit\":2").path("read"))).isEqualTo(USERS.subList(0, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"syncRoom", "roomSync"})
    void missed_messages_come_with_the_first_page(String name) {
        String resume = "{\"resume\":{\"epoch\":\"" + STORE.epoch() + "\",\"rooms\":{\"r\":{}}}}";
        try (RawWebSocket socket = RawWebSocket.connected(server.port(), resume)) {
            JsonNode page = name.equals("roomSync")
                    ? parse(socket.nextText().substring(2)).path(1)
                    : parse(socket.ask(
                                    1, "[\"syncRoom\",{\"conversationId\":\"r\",\"epoch\":\"" + STORE.epoch() + "\"}]"))
                            .path(0);
            assertThat(users(page.path("receipts").path("read"))).isEqualTo(USERS.subList(0, 1_000));
            assertThat(page.path("receipts").path("next"))
                    .isEqualTo(receipts("").path("next"));
        }
    }
}
