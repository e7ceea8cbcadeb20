package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.raw.RawWebSocket;
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

    @Test
    void rooms_that_are_all_unreadable_have_their_results() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(socket.ask(1, "[\"joinRooms\",{\"rooms\":[1,2]}]"))
                    .startsWith("[{\"success\":true,\"rooms\":[{\"success\":false,\"conversationId\":\"\",");
        }
    }
}
