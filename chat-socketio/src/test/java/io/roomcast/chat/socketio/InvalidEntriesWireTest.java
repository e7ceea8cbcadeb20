package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists with one entry of a wrong type, as clients send them. */
class InvalidEntriesWireTest {
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
            7                                            | invalid_payload | payload
            null                                         | missing_fields  | conversationId
            ["b"]                                        | invalid_payload | payload
            {"conversationId":7}                         | invalid_payload | conversationId
            {"conversationId":"b","after":[]}            | invalid_payload | after
            {"conversationId":"b","limit":"9"}           | invalid_payload | limit
            {"conversationId":"b","limit":0}             | invalid_payload | limit
            "b "                                         | invalid_payload | conversationId
            {}                                           | missing_fields  | conversationId
            """)
    void unreadable_room_is_refused_by_itself(String room, String code, String field) {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            String answer = socket.ask(1, "[\"joinRooms\",{\"rooms\":[\"a\"," + room + ",\"c\"]}]");
            assertThat(answer)
                    .startsWith("[{\"success\":true,\"rooms\":[{\"success\":true,\"conversationId\":\"a\"")
                    .contains("{\"success\":false,", "\"code\":\"" + code + "\"", "\"field\":\"" + field + "\"")
                    .contains("{\"success\":true,\"conversationId\":\"c\"");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["markDelivered",{"items":[{"conversationId":"a","upToSeq":0},7]}]                          | invalid_payload | items[1]
            ["markDelivered",{"items":[{"conversationId":"a","upToSeq":0},{"conversationId":"b","upToSeq":"1"}]}] | invalid_payload | items[1].upToSeq
            ["markDelivered",{"items":[{"conversationId":7,"upToSeq":0},{"conversationId":"b","upToSeq":1}]}] | invalid_payload | items[0].conversationId
            ["markDelivered",{"items":[{"conversationId":"a","upToSeq":0},{"conversationId":"b"}]}]     | missing_fields  | items[1].upToSeq
            ["markDelivered",{"items":[{"conversationId":"a","upToSeq":0},{"upToSeq":1}]}]              | missing_fields  | items[1].conversationId
            ["getPresence",{"userIds":["a",7]}]                                                         | invalid_payload | userIds[1]
            ["subscribePresence",{"userIds":[{},"a"]}]                                                  | invalid_payload | userIds[0]
            ["unsubscribePresence",{"userIds":["a",null]}]                                              | invalid_payload | userIds[1]
            ["createConversation",{"kind":"group","memberIds":["a",["b"]]}]                             | invalid_payload | memberIds[1]
            ["addMembers",{"conversationId":"g","memberIds":["a","b",true]}]                            | invalid_payload | memberIds[2]
            ["sendMessage",{"conversationId":"r","senderId":"a","content":"x","mentions":["b",1]}]      | invalid_payload | mentions[1]
            """)
    void refusal_of_a_whole_list_names_the_entry_at_fault(String event, String code, String field) {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(socket.ask(1, event)).contains("\"code\":\"" + code + "\"", "\"field\":\"" + field + "\"");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ""                | {}           | missing_fields  | conversationId
            "b "              | {"seq":0}    | invalid_payload | conversationId
            "b\\u200bb"       | {"seq":0}    | invalid_payload | conversationId
            "b\\u0001"        | null         | invalid_payload | conversationId
            "b\\ue000"        | 7            | invalid_payload | conversationId
            "[object Object] "| {}           | invalid_payload | conversationId
            """)
    void resumed_room_with_an_invalid_id_is_refused_by_itself(String id, String position, String code, String field) {
        String rooms = "\"a\":{}," + id + ":" + position + ",\"c\":{}";
        try (RawWebSocket socket = RawWebSocket.open(server.port())) {
            socket.nextText();
            socket.connect("{\"resume\":{\"epoch\":\"" + epoch() + "\",\"rooms\":{" + rooms + "}}}");
            List<String> received = List.of(socket.nextText(), socket.nextText(), socket.nextText());
            assertThat(received)
                    .filteredOn(text -> text.startsWith("42[\"roomSync\""))
                    .hasSize(2);
            assertThat(received)
                    .filteredOn(text -> text.startsWith("42[\"syncRequired\""))
                    .singleElement()
                    .asString()
                    .contains("\"reason\":\"position_lost\"", "\"code\":\"" + code + "\"")
                    .contains("\"field\":\"" + field + "\"", "\"retryable\":false");
            assertThat(socket.ask(1, "[\"leaveRoom\",\"a\"]")).contains("\"success\":true");
        }
    }

    private static String epoch() {
        try (RawWebSocket socket = RawWebSocket.open(server.port())) {
            socket.nextText();
            return socket.connect("{}").split("\"epoch\":\"")[1].split("\"")[0];
        }
    }

    @Test
    void rooms_that_are_all_unreadable_have_their_results() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(socket.ask(1, "[\"joinRooms\",{\"rooms\":[1,2]}]"))
                    .startsWith("[{\"success\":true,\"rooms\":[{\"success\":false,\"conversationId\":\"\",");
        }
    }
}
