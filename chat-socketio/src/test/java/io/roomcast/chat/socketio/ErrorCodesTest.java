package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every reason for which a request fails, provoked: with an ack, without one, and over HTTP where that can ask it. */
class ErrorCodesTest {
    private static final Set<String> ACK_FIELDS = Set.of(
            "success", "error", "code", "retryable", "retryAfterMs", "field", "conversationId", "clientMessageId");
    private static final Set<String> MESSAGE_OPERATIONS = Set.of("sendMessage", "editMessage", "deleteMessage");

    private static final Map<String, Supplier<Throwable>> FAULTS = Map.of(
            "storage_unavailable", () -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE),
            "timeout", () -> ChatException.of(ErrorCode.TIMEOUT),
            "internal_error", () -> new IllegalStateException("the words of an exception"));

    private final FailingStore store = new FailingStore();
    private StrictServer server;
    private RawWebSocket ann;

    @BeforeEach
    void start() {
        server = new StrictServer(store);
        ann = RawWebSocket.connected(server.port(), "{\"token\":\"ann\"}");
        StrictServer.exhaust(ann);
    }

    @AfterEach
    void stop() {
        ann.close();
        server.close();
    }

    @ParameterizedTest(name = "{0} of {1} for {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            missing_fields       | sendMessage        | content        | {"conversationId":"r","clientMessageId":"k"}
            missing_fields       | sendMessage        | conversationId | {"content":"x"}
            missing_fields       | editMessage        | messageId      | {"conversationId":"r","content":"x"}
            missing_fields       | addReaction        | key            | {"conversationId":"r","messageId":"new"}
            missing_fields       | markRead           | upToSeq        | {"conversationId":"r"}
            missing_fields       | syncRoom           | epoch          | {"conversationId":"r"}
            missing_fields       | createConversation | kind           | {"memberIds":["bob"]}
            missing_fields       | addMembers         | memberIds      | {"conversationId":"g"}
            missing_fields       | removeMember       | userId         | {"conversationId":"g"}
            missing_fields       | changeRole         | userId         | {"conversationId":"g","role":"admin"}
            missing_fields       | deleteConversation | conversationId | {}
            missing_fields       | changeRole         | role           | {"conversationId":"g","userId":"bob"}
            missing_fields       | setPresence        | status         | {}
            missing_fields       | refreshToken       | token          | {}
            missing_fields       | getConversation    | conversationId | {}
            invalid_payload      | joinRoom           | payload        | 42
            invalid_payload      | getConversation    | payload        | "r"
            invalid_payload      | sendMessage        | content        | {"conversationId":"r","content":{"$gt":""}}
            invalid_payload      | sendMessage        | type           | {"conversationId":"r","content":"x","type":"video"}
            invalid_payload      | sendMessage        | fileUrl        | {"conversationId":"r","content":"x","fileUrl":"data:,x"}
            invalid_payload      | sendMessage        | metadata       | {"conversationId":"r","content":"x","metadata":[1]}
            invalid_payload      | getMessages        | limit          | {"conversationId":"r","limit":0}
            invalid_payload      | markRead           | upToSeq        | {"conversationId":"r","upToSeq":"1"}
            invalid_payload      | markDelivered      | upToSeq        | {"conversationId":"r","upToSeq":-1}
            invalid_payload      | syncRoom           | limit          | {"conversationId":"r","epoch":"e","limit":0}
            invalid_payload      | getConversations   | limit          | {"limit":0}
            invalid_payload      | createConversation | kind           | {"kind":"club","memberIds":["bob"]}
            invalid_payload      | changeRole         | role           | {"conversationId":"g","userId":"bob","role":"king"}
            invalid_payload      | setPresence        | status         | {"status":"offline"}
            invalid_cursor       | getMessages        | before         | {"conversationId":"r","before":1,"after":1}
            invalid_cursor       | getConversations   | after          | {"after":"!"}
            message_too_long     | sendMessage        |                | {"conversationId":"r","content":"LONG"}
            message_too_long     | editMessage        |                | {"conversationId":"r","messageId":"new","content":"LONG"}
            payload_too_large    | sendMessage        |                | {"conversationId":"r","content":"x","metadata":{"a":"LONG"}}
            payload_too_large    | createConversation |                | {"kind":"group","memberIds":["bob"],"metadata":{"a":"LONG"}}
            unauthenticated      | refreshToken       |                | {"token":"forged"}
            token_expired        | refreshToken       |                | {"token":"expired"}
            user_mismatch        | refreshToken       |                | {"token":"bob"}
            forbidden            | sendMessage        |                | {"conversationId":"r","content":"x","senderId":"bob"}
            forbidden            | sendMessage        |                | {"conversationId":"secret","content":"x"}
            forbidden            | getMessages        |                | {"conversationId":"secret"}
            forbidden            | getConversation    |                | {"conversationId":"secret"}
            forbidden            | syncRoom           |                | {"conversationId":"secret","epoch":"e"}
            forbidden            | markRead           |                | {"conversationId":"secret","upToSeq":1}
            forbidden            | joinRoom           |                | {"conversationId":"secret"}
            forbidden            | typing             |                | {"conversationId":"r","userId":"bob"}
            forbidden            | editMessage        |                | {"conversationId":"r","messageId":"bobs","content":"x"}
            forbidden            | deleteMessage      |                | {"conversationId":"r","messageId":"bobs"}
            forbidden            | createConversation |                | {"kind":"open"}
            forbidden            | updateConversation |                | {"conversationId":"unknown","title":"x"}
            forbidden            | deleteConversation |                | {"conversationId":"bobs"}
            forbidden            | changeRole         |                | {"conversationId":"bobs","userId":"bob","role":"member"}
            rejected             | sendMessage        |                | {"conversationId":"r","content":"spam"}
            rejected             | editMessage        |                | {"conversationId":"r","messageId":"new","content":"spam"}
            conversation_not_found | getConversation    |                | {"conversationId":"unknown"}
            message_not_found    | sendMessage        |                | {"conversationId":"r","content":"x","replyTo":"none","clientMessageId":"k"}
            message_not_found    | getMessages        |                | {"conversationId":"r","around":"none"}
            message_not_found    | editMessage        |                | {"conversationId":"r","messageId":"none","content":"x"}
            message_not_found    | deleteMessage      |                | {"conversationId":"r","messageId":"none"}
            message_not_found    | addReaction        |                | {"conversationId":"r","messageId":"none","key":"x"}
            message_not_found    | removeReaction     |                | {"conversationId":"r","messageId":"none","key":"x"}
            conflict             | editMessage        |                | {"conversationId":"r","messageId":"new","content":"x","expectedVersion":99}
            conflict             | createConversation |                | {"conversationId":"bobs","kind":"group","memberIds":[]}
            conflict             | changeRole         |                | {"conversationId":"g","userId":"stranger","role":"admin"}
            room_limit           | joinRoom           |                | {"conversationId":"another"}
            member_limit         | createConversation |                | {"kind":"group","memberIds":["a","b","c"]}
            member_limit         | addMembers         |                | {"conversationId":"g","memberIds":["a","b"]}
            reaction_limit       | addReaction        |                | {"conversationId":"r","messageId":"new","key":"one more"}
            subscription_limit   | subscribePresence  |                | {"userIds":["one more"]}
            edit_window_closed   | editMessage        |                | {"conversationId":"r","messageId":"old","content":"x"}
            delete_window_closed | deleteMessage      |                | {"conversationId":"r","messageId":"old"}
            position_lost        | syncRoom           |                | {"conversationId":"r","epoch":"another"}
            rate_limited         | sendMessage        |                | {"conversationId":"busy","content":"x","clientMessageId":"k"}
            rate_limited         | getMessages        |                | {"conversationId":"busy"}
            rate_limited         | getConversation    |                | {"conversationId":"busy"}
            rate_limited         | joinRoom           |                | {"conversationId":"busy"}
            storage_unavailable  | sendMessage        |                | {"conversationId":"r","content":"x","clientMessageId":"k"}
            storage_unavailable  | getMessages        |                | {"conversationId":"r"}
            storage_unavailable  | getConversation    |                | {"conversationId":"r"}
            timeout              | sendMessage        |                | {"conversationId":"r","content":"x","clientMessageId":"k"}
            internal_error       | sendMessage        |                | {"conversationId":"r","content":"x"}
            internal_error       | getConversations   |                | {}
            not_supported        | noSuchEvent        |                | {"conversationId":"r"}
            """)
    void refusal_is_the_same_on_every_way(String code, String event, String field, String payload) {
        JsonNode argument = StrictServer.parse(payload.replace("LONG", "x".repeat(5_001)));
        if (FAULTS.containsKey(code)) {
            store.failWith(FAULTS.get(code));
        }
        assertAnswer(StrictServer.ask(ann, event, argument), code, field, argument);
        assertEvent(StrictServer.emit(ann, event, argument), code, event, argument);
        StrictServer.request(event, argument)
                .ifPresent(request -> assertResponse(request.send(server.port()), code, field, argument));
    }

    private static void assertAnswer(JsonNode answer, String code, String field, JsonNode argument) {
        assertThat(answer.fieldNames()).toIterable().isSubsetOf(ACK_FIELDS);
        assertThat(answer.get("success").booleanValue()).isFalse();
        assertThat(answer.path("field").textValue()).isEqualTo(field);
        assertError(answer, code, argument);
    }

    private static void assertError(JsonNode error, String code, JsonNode argument) {
        PromisedErrors.Promise promise = PromisedErrors.of(code);
        assertThat(error.get("code").textValue()).as(error.toString()).isEqualTo(code);
        assertThat(error.get("error").textValue()).matches(promise.text());
        assertThat(error.get("retryable").isBoolean()).isTrue();
        assertThat(error.get("retryable").booleanValue()).isEqualTo(promise.retryable());
        assertThat(error.path("retryAfterMs").intValue()).isEqualTo(code.equals("rate_limited") ? 1_500 : 0);
        assertThat(error.path("conversationId")).isEqualTo(argument.path("conversationId"));
        assertThat(error.path("clientMessageId")).isEqualTo(argument.path("clientMessageId"));
    }

    private static void assertEvent(JsonNode packet, String code, String event, JsonNode argument) {
        JsonNode payload = packet.get(1);
        assertError(payload, code, argument);
        if (MESSAGE_OPERATIONS.contains(event)) {
            assertThat(packet.get(0).textValue()).isEqualTo("messageError");
            assertThat(payload.path("messageId")).isEqualTo(argument.path("messageId"));
        } else {
            assertThat(packet.get(0).textValue()).isEqualTo("chatError");
            assertThat(payload.get("event").textValue()).isEqualTo(event);
        }
    }

    private static void assertResponse(RawHttp.Response response, String code, String field, JsonNode argument) {
        assertThat(response.status()).isEqualTo(PromisedErrors.of(code).status());
        assertThat(response.headers().get("content-type")).startsWith("application/json");
        assertThat(response.headers().get("retry-after")).isEqualTo(retryAfter(code));
        assertAnswer(StrictServer.parse(response.body()), code, field, argument);
    }

    private static String retryAfter(String code) {
        return switch (code) {
            case "rate_limited" -> "2";
            case "storage_unavailable", "unavailable", "server_draining" -> "1";
            default -> null;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "unauthenticated, forged",
        "unauthenticated, odd",
        "unauthenticated, ''",
        "token_expired, expired",
        "unavailable, away",
        "internal_error, broken"
    })
    void who_cannot_prove_who_they_are_is_refused(String code, String token) {
        JsonNode argument = StrictServer.parse("{\"conversationId\":\"r\"}");
        StrictServer.Request request = new StrictServer.Request("GET", "/api/conversations/r/messages", "", token);
        assertResponse(request.send(server.port()), code, null, StrictServer.parse("{}"));
        try (RawWebSocket socket = RawWebSocket.open(server.port())) {
            socket.nextText();
            socket.text("40{\"token\":\"" + token + "\"}");
            if (!PromisedErrors.of(code).retryable() || code.equals("token_expired")) {
                assertDenied(socket, code);
            } else {
                assertThat(socket.closeCode()).isEqualTo(1013);
            }
        }
    }

    private static void assertDenied(RawWebSocket socket, String code) {
        JsonNode denial = StrictServer.parse(socket.nextText().substring("44".length()));
        assertThat(denial.get("message").textValue()).isEqualTo("Authentication error");
        assertThat(denial.get("data").get("code").textValue()).isEqualTo(code);
        boolean retryable = PromisedErrors.of(code).retryable();
        assertThat(denial.get("data").get("retryable").booleanValue()).isEqualTo(retryable);
        assertThat(socket.closeCode()).isEqualTo(1008);
    }

    @Test
    void stopping_server_refuses_later_commands() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        store.failWith(() -> StrictServer.heldUp(arrived, released));
        JsonNode argument = StrictServer.parse("{\"conversationId\":\"r\"}");
        try (RawHttp http = new RawHttp(server.port())) {
            http.exchange("GET", "/health/live", "");
            ann.text("42[\"getMessages\",{\"conversationId\":\"r\"}]");
            arrived.await();
            CompletableFuture<Void> stopped = server.stopping(ann);
            assertAnswer(StrictServer.ask(ann, "leaveRoom", argument), "server_draining", null, argument);
            assertEvent(StrictServer.emit(ann, "leaveRoom", argument), "server_draining", "leaveRoom", argument);
            StrictServer.Request request =
                    StrictServer.request("getMessages", argument).orElseThrow();
            assertResponse(request.send(http), "server_draining", null, StrictServer.parse("{}"));
            released.countDown();
            stopped.join();
        } finally {
            released.countDown();
        }
    }
}
