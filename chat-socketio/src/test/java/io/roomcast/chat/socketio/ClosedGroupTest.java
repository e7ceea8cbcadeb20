package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A group under the default policy, over both ways in: who was removed and who never belonged to it are out. */
class ClosedGroupTest {
    private ChatServer server;
    private RawWebSocket ann;
    private RawWebSocket rick;

    @BeforeEach
    void start() {
        server = ChatServer.builder()
                .host("127.0.0.1")
                .port(0)
                .authenticator(Principal::of)
                .build()
                .start();
        server.chat().create(NewConversation.group("g", "Group", List.of("ann", "rick")));
        ann = connect("ann", "");
        rick = connect("rick", "");
        assertThat(ann.ask(1, "[\"joinRoom\",\"g\"]")).contains("\"success\":true");
        assertThat(rick.ask(1, "[\"joinRoom\",\"g\"]")).contains("\"success\":true");
        assertThat(ann.ask(2, "[\"removeMember\",{\"conversationId\":\"g\",\"userId\":\"rick\"}]"))
                .contains("\"success\":true");
        rick.textsUpTo("42[\"userLeft\"");
    }

    @AfterEach
    void stop() {
        ann.close();
        rick.close();
        server.close();
    }

    private RawWebSocket connect(String userId, String more) {
        return RawWebSocket.connected(server.port(), "{\"token\":\"" + userId + "\"" + more + "}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["joinRoom","g"]
            ["joinRoom",{"conversationId":"g","after":{"seq":0,"version":0}}]
            ["sendMessage",{"conversationId":"g","content":"still here"}]
            ["typing",{"conversationId":"g"}]
            ["stopTyping",{"conversationId":"g"}]
            ["viewing",{"conversationId":"g"}]
            ["stopViewing",{"conversationId":"g"}]
            ["getConversation",{"conversationId":"g"}]
            ["getMessages",{"conversationId":"g"}]
            ["syncRoom",{"conversationId":"g","after":{"seq":0,"version":0},"epoch":"e"}]
            ["getReceipts",{"conversationId":"g"}]
            ["markRead",{"conversationId":"g","upToSeq":1}]
            ["markDelivered",{"conversationId":"g","upToSeq":1}]
            ["markDelivered",{"items":[{"conversationId":"g","upToSeq":1}]}]
            ["editMessage",{"conversationId":"g","messageId":"m","content":"x"}]
            ["deleteMessage",{"conversationId":"g","messageId":"m"}]
            ["addReaction",{"conversationId":"g","messageId":"m","key":"+"}]
            ["removeReaction",{"conversationId":"g","messageId":"m","key":"+"}]
            ["updateConversation",{"conversationId":"g","title":"Mine"}]
            ["addMembers",{"conversationId":"g","memberIds":["rick"]}]
            ["removeMember",{"conversationId":"g","userId":"rick"}]
            """)
    void event_of_who_is_no_member_is_forbidden(String event) {
        assertThat(rick.ask(7, event)).contains("\"code\":\"forbidden\"");
        try (RawWebSocket eve = connect("eve", "")) {
            assertThat(eve.ask(7, event)).contains("\"code\":\"forbidden\"");
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST | /api/conversations/g/messages        | {"content":"still here"}
            GET  | /api/conversations/g                 | ``
            GET  | /api/conversations/g/messages        | ``
            GET  | /api/conversations/g/sync?epoch=e    | ``
            POST | /api/conversations/g/read            | {"upToSeq":1}
            """)
    void request_of_who_is_no_member_is_forbidden(String method, String target, String body) {
        for (String user : List.of("rick", "eve")) {
            try (RawHttp http = new RawHttp(server.port())) {
                Response refused = http.exchange(
                        method, target, body, "Authorization: Bearer " + user, "Content-Type: application/json");
                assertThat(refused.status()).isEqualTo(403);
            }
        }
    }

    @Test
    void removed_member_receives_nothing_more_and_does_not_return_by_resuming() {
        String resume = ",\"resume\":{\"epoch\":\"" + epoch() + "\",\"rooms\":{\"g\":{\"seq\":0,\"version\":0}}}";
        try (RawWebSocket back = connect("rick", resume)) {
            assertThat(ann.ask(3, "[\"sendMessage\",{\"conversationId\":\"g\",\"content\":\"secret\"}]"))
                    .contains("\"success\":true");
            assertThat(rick.ask(8, "[\"leaveRoom\",\"g\"]")).contains("\"success\":true");
            back.text("421[\"leaveRoom\",\"g\"]");
            assertThat(back.textsUpTo("431[")).noneMatch(text -> text.contains("secret") || text.contains("roomSync"));
        }
    }

    private String epoch() {
        return ann.ask(9, "[\"getMessages\",{\"conversationId\":\"g\"}]")
                .replaceAll(".*\"epoch\":\"([^\"]*)\".*", "$1");
    }
}
