package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.raw.RawWebSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads that are JSON but invalid: each is refused, and the connection stays open. */
class HostilePayloadTest {
    private static ChatServer server;

    @BeforeAll
    static void start() {
        server = ChatServer.builder().port(0).build().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["joinRoom"]                                                              | missing_fields  | conversationId
            ["joinRoom",null]                                                         | missing_fields  | conversationId
            ["joinRoom",""]                                                           | missing_fields  | conversationId
            ["joinRoom",7]                                                            | invalid_payload | payload
            ["joinRoom",["r"]]                                                        | invalid_payload | payload
            ["joinRoom",{"$gt":""}]                                                   | missing_fields  | conversationId
            ["joinRoom",{"conversationId":{"$gt":""}}]                                | invalid_payload | conversationId
            ["joinRoom","a "]                                                         | invalid_payload | conversationId
            ["joinRoom","ad\\u200bmin"]                                               | invalid_payload | conversationId
            ["sendMessage"]                                                           | missing_fields  | conversationId
            ["sendMessage","r"]                                                       | invalid_payload | payload
            ["sendMessage",{"conversationId":"r","senderId":"a"}]                     | missing_fields  | content
            ["sendMessage",{"conversationId":"r","senderId":"a","content":""}]        | missing_fields  | content
            ["sendMessage",{"conversationId":"r","content":"x"}]                      | missing_fields  | senderId
            ["sendMessage",{"conversationId":"r","senderId":"a","content":7}]         | invalid_payload | content
            ["sendMessage",{"conversationId":"r","senderId":["a"],"content":"x"}]     | invalid_payload | senderId
            ["sendMessage",{"conversationId":7,"senderId":"a","content":"x"}]         | invalid_payload | conversationId
            ["sendMessage",{"conversationId":"r","senderId":"a","content":"x","type":"shout"}]  | invalid_payload | type
            ["sendMessage",{"conversationId":"r","senderId":"a","content":"x","type":"system"}] | invalid_payload | type
            ["sendMessage",{"conversationId":"r","senderId":"a","content":"\\ud800"}] | invalid_payload | content
            ["sendMessage",{"conversationId":"r","senderId":"a","content":"x","clientMessageId":"a b"}] | invalid_payload | clientMessageId
            ["sendMessage",{"conversationId":"r","senderId":"a","content":"x","fileUrl":"javascript:alert(1)"}] | invalid_payload | fileUrl
            ["sendMessage",{"conversationId":"r","senderId":"a","content":"x","fileUrl":"//evil"}] | invalid_payload | fileUrl
            ["sendMessage",{"conversationId":"r","senderId":"a","content":"x","fileSize":1e999999999}] | invalid_payload | fileSize
            ["joinRoom",{"conversationId":"\\ud800"}]                                | invalid_payload | conversationId
            ["joinRoom",{"conversationId":"r","after":{"seq":-1}}]                    | invalid_payload | seq
            ["joinRoom",{"conversationId":"r","after":{"seq":9007199254740992}}]      | invalid_payload | after
            ["getConversation"]                                                       | missing_fields  | conversationId
            ["getConversation",null]                                                  | missing_fields  | conversationId
            ["getConversation","r"]                                                   | invalid_payload | payload
            ["getConversation",["r"]]                                                 | invalid_payload | payload
            ["getConversation",{"conversationId":{"$gt":""}}]                         | invalid_payload | conversationId
            ["getConversation",{"conversationId":["r"]}]                              | invalid_payload | conversationId
            ["getConversation",{"conversationId":"ad\\u200bmin"}]                     | invalid_payload | conversationId
            ["getConversation",{"conversationId":"\\ud800"}]                          | invalid_payload | conversationId
            ["syncRoom",{"conversationId":"r","epoch":"e","after":[]}]                | invalid_payload | after
            ["syncRoom",{"conversationId":"r","epoch":"e","limit":-9223372036854775808}] | invalid_payload | limit
            ["markDelivered",{"items":{"conversationId":"r","upToSeq":1}}]            | invalid_payload | items
            ["markDelivered",{"items":[]}]                                            | invalid_payload | items
            ["markRead",{"conversationId":"r","upToSeq":-1}]                          | invalid_payload | upToSeq
            ["editMessage",{"conversationId":"r","messageId":"m","content":"x","expectedVersion":-1}] | invalid_payload | expectedVersion
            ["addReaction",{"conversationId":"r","messageId":"m","key":"\\ud83d"}]      | invalid_payload | key
            ["createConversation",{"kind":"group","memberIds":[],"metadata":{"a":"\\ud800"}}] | invalid_payload | metadata
            ["updateConversation",{"conversationId":"r","metadata":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}}}] | invalid_payload | metadata
            ["typing",{"conversationId":"r"}]                                         | missing_fields  | userId
            ["typing",{"conversationId":"r","userId":true}]                           | invalid_payload | userId
            ["getMessages",{"conversationId":"r","limit":0}]                          | invalid_payload | limit
            ["getMessages",{"conversationId":"r","limit":3.5}]                        | invalid_payload | limit
            ["getMessages",{"conversationId":"r","before":0.1e0}]                     | invalid_payload | before
            ["getMessages",{"conversationId":"r","before":1e999999999}]               | invalid_payload | before
            ["getMessages",{"conversationId":"r","before":1e-999999999}]              | invalid_payload | before
            ["getMessages",{"conversationId":"r","limit":"9"}]                        | invalid_payload | limit
            ["getMessages",{"conversationId":"r","before":1,"after":2}]               | invalid_cursor  | before
            ["getMessages",{"conversationId":"r","before":-1}]                        | invalid_cursor  | before
            """)
    void wrong_payload_is_refused_with_its_field(String event, String code, String field) {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(socket.ask(7, event))
                    .startsWith("[{\"success\":false,")
                    .contains("\"code\":\"" + code + "\"", "\"field\":\"" + field + "\"", "\"retryable\":false");
            assertThat(socket.ask(8, "[\"leaveRoom\",\"r\"]")).contains("\"success\":true");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"nonsense", "connect_error", "disconnect", "constructor", "__proto__", ""})
    void unknown_event_is_answered_once(String event) {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(socket.ask(1, "[\"" + event + "\",{}]")).contains("\"code\":\"not_supported\"");
            socket.text("42[\"" + event + "\"]");
            assertThat(socket.nextText())
                    .isEqualTo("42[\"chatError\",{\"event\":\"" + event
                            + "\",\"error\":\"Not supported\",\"code\":\"not_supported\",\"retryable\":false}]");
        }
    }

    @Test
    void long_name_of_an_event_is_returned_truncated() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.text("42[\"" + "n".repeat(60_000) + "\"]");
            assertThat(socket.nextText())
                    .contains("\"event\":\"" + "n".repeat(64) + "\",")
                    .hasSizeLessThan(200);
        }
    }

    @Test
    void half_a_symbol_is_answered_like_anything_else_that_is_wrong() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.text("42[\"joinRoom\",{\"conversationId\":\"\\ud800\"}]");
            assertThat(socket.nextText()).startsWith("42[\"chatError\",{\"event\":\"joinRoom\",");
            socket.text("42[\"\\udc00\"]");
            assertThat(socket.nextText()).startsWith("42[\"chatError\",").contains("\"code\":\"not_supported\"");
            assertThat(socket.ask(1, "[\"joinRoom\",\"r\"]")).contains("\"success\":true");
        }
    }

    @Test
    void failed_message_without_an_ack_is_reported_by_an_event() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.text("42[\"sendMessage\",{\"conversationId\":\"r\",\"senderId\":\"a\",\"clientMessageId\":\"k\"}]");
            assertThat(socket.nextText())
                    .isEqualTo(
                            "42[\"messageError\",{\"error\":\"Missing required fields\",\"code\":\"missing_fields\","
                                    + "\"retryable\":false,\"field\":\"content\",\"conversationId\":\"r\",\"clientMessageId\":\"k\"}]");
        }
    }

    @Test
    void content_of_5001_characters_is_too_long() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(socket.ask(1, message("x".repeat(5_000)))).contains("\"success\":true");
            assertThat(socket.ask(2, message("x".repeat(5_001))))
                    .contains("\"error\":\"Message too long\",\"code\":\"message_too_long\"");
        }
    }

    @Test
    void control_characters_are_dropped_and_the_rest_is_kept() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(socket.ask(1, message("a\\u0000b\\tc\\nd \uD83D\uDE00")))
                    .contains("\"content\":\"ab\\tc\\nd \uD83D\uDE00\"");
        }
    }

    private static String message(String content) {
        return "[\"sendMessage\",{\"conversationId\":\"long\",\"senderId\":\"a\",\"content\":\"" + content + "\"}]";
    }
}
