package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.AccessPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conversations, members and receipts as clients see them. */
class ConversationWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GROUP =
            "{\"conversationId\":\"g\",\"kind\":\"group\",\"title\":\"Team\",\"memberIds\":[\"bob\"],\"metadata\":{\"a\":1}}";

    private ChatServer server;
    private RawWebSocket ann;
    private RawWebSocket bob;
    private int asked;

    @BeforeEach
    void start() {
        server = ChatServer.builder()
                .host("127.0.0.1")
                .port(0)
                .authenticator(Principal::of)
                .accessPolicy(AccessPolicy.membersOnly())
                .build()
                .start();
        ann = connect("ann");
        bob = connect("bob");
    }

    @AfterEach
    void stop() {
        ann.close();
        bob.close();
        server.close();
    }

    private RawWebSocket connect(String userId) {
        return RawWebSocket.connected(server.port(), "{\"token\":\"" + userId + "\"}");
    }

    /** The ack's one argument. */
    private JsonNode ask(RawWebSocket socket, String event, String payload) {
        return parse(socket.ask(++asked, "[\"" + event + "\"," + payload + "]")).path(0);
    }

    private JsonNode granted(RawWebSocket socket, String event, String payload) {
        JsonNode answer = ask(socket, event, payload);
        assertThat(answer.path("success").booleanValue()).as(answer.toString()).isTrue();
        return answer;
    }

    /** The payload of the next event with the name. */
    private static JsonNode heard(RawWebSocket socket, String event) {
        List<String> texts = socket.textsUpTo("42[\"" + event + "\"");
        return parse(texts.get(texts.size() - 1).substring(2)).path(1);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(text, broken);
        }
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void group_is_created_and_its_members_are_notified() {
        JsonNode answer = granted(ann, "createConversation", GROUP);
        assertThat(fields(answer)).containsExactly("success", "conversation");
        JsonNode group = answer.path("conversation");
        assertThat(fields(group))
                .containsExactly(
                        "conversationId",
                        "kind",
                        "title",
                        "members",
                        "metadata",
                        "createdAt",
                        "updatedAt",
                        "latestSeq",
                        "version");
        assertThat(fields(group.path("members").path(0))).containsExactly("userId", "role", "joinedAt");
        assertThat(group.path("members").path(0).path("role").textValue()).isEqualTo("owner");
        JsonNode news = heard(bob, "conversationUpdated");
        assertThat(news.path("conversationId").textValue()).isEqualTo("g");
        assertThat(news.path("by").textValue()).isEqualTo("ann");
        assertThat(news.path("conversation")).isEqualTo(group);
    }

    @Test
    void members_come_and_go() {
        granted(ann, "createConversation", GROUP);
        try (RawWebSocket cid = connect("cid")) {
            granted(ann, "addMembers", "{\"conversationId\":\"g\",\"memberIds\":[\"cid\"]}");
            JsonNode added = heard(cid, "memberAdded");
            assertThat(fields(added)).containsExactly("conversationId", "userId", "by", "conversation");
            assertThat(added.path("conversation").path("members")).hasSize(3);
            assertThat(heard(bob, "memberAdded").path("userId").textValue()).isEqualTo("cid");
            granted(cid, "joinRoom", "\"g\"");
            granted(ann, "removeMember", "{\"conversationId\":\"g\",\"userId\":\"cid\"}");
            assertThat(heard(cid, "memberRemoved").toString())
                    .isEqualTo("{\"conversationId\":\"g\",\"userId\":\"cid\",\"by\":\"ann\"}");
            JsonNode refusal = ask(cid, "sendMessage", "{\"conversationId\":\"g\",\"content\":\"still here\"}");
            assertThat(refusal.path("code").textValue()).isEqualTo("forbidden");
        }
    }

    @Test
    void member_gets_another_role() {
        granted(ann, "createConversation", GROUP);
        JsonNode answer =
                granted(ann, "changeRole", "{\"conversationId\":\"g\",\"userId\":\"bob\",\"role\":\"admin\"}");
        assertThat(fields(answer)).containsExactly("success", "member");
        assertThat(answer.path("member").path("role").textValue()).isEqualTo("admin");
        JsonNode heard = heard(bob, "memberUpdated");
        assertThat(fields(heard)).containsExactly("conversationId", "member", "by");
        assertThat(heard.path("member")).isEqualTo(answer.path("member"));
        assertThat(read("g", "bob").path("may"))
                .extracting(JsonNode::textValue)
                .contains("send", "delete_any", "manage", "members")
                .doesNotContain("roles", "delete_conversation");
    }

    @Test
    void conversation_is_deleted_over_http() {
        granted(ann, "createConversation", GROUP);
        granted(bob, "joinRoom", "\"g\"");
        assertThat(delete("bob").path("code").textValue()).isEqualTo("forbidden");
        assertThat(delete("ann").toString()).isEqualTo("{\"success\":true}");
        assertThat(heard(bob, "conversationDeleted").toString()).isEqualTo("{\"conversationId\":\"g\",\"by\":\"ann\"}");
        assertThat(delete("ann").path("code").textValue()).isEqualTo("conversation_not_found");
        assertThat(ask(bob, "joinRoom", "\"g\"").path("code").textValue()).isEqualTo("conversation_not_found");
    }

    private JsonNode delete(String userId) {
        try (RawHttp http = new RawHttp(server.port())) {
            return parse(http.exchange("DELETE", "/api/conversations/g", "", "Authorization: Bearer " + userId)
                    .body());
        }
    }

    @Test
    void conversation_gets_another_name() {
        granted(ann, "createConversation", GROUP);
        JsonNode answer = granted(ann, "updateConversation", "{\"conversationId\":\"g\",\"title\":\"Friends\"}");
        assertThat(answer.path("conversation").path("title").textValue()).isEqualTo("Friends");
        heard(bob, "conversationUpdated");
        JsonNode news = heard(bob, "conversationUpdated").path("conversation");
        assertThat(news.path("title").textValue()).isEqualTo("Friends");
        assertThat(news.path("metadata").toString()).isEqualTo("{\"a\":1}");
        assertThat(news.has("members")).isFalse();
    }

    @Test
    void conversation_is_read_the_same_over_both_ways() {
        JsonNode group = granted(ann, "createConversation", GROUP).path("conversation");
        JsonNode answer = granted(bob, "getConversation", "{\"conversationId\":\"g\"}");
        assertThat(fields(answer)).containsExactly("success", "conversation", "role", "may", "preferences");
        assertThat(answer.path("conversation")).isEqualTo(group);
        assertThat(answer.path("role").textValue()).isEqualTo("member");
        assertThat(read("g", "bob")).isEqualTo(answer);
        assertThat(read("g", "ann").path("role").textValue()).isEqualTo("owner");
    }

    private JsonNode read(String conversationId, String userId) {
        return parse(
                RawHttp.get(server.port(), "/api/conversations/" + conversationId, "Authorization: Bearer " + userId)
                        .body());
    }

    @Test
    void conversation_without_members_is_read_without_a_role() {
        server.chat().create(NewConversation.open("lobby"));
        server.chat().addMembers("lobby", Set.of("ann"));
        server.chat().send("lobby", NewMessage.system("Welcome")).join();
        JsonNode answer = granted(ann, "getConversation", "{\"conversationId\":\"lobby\"}");
        assertThat(answer.path("conversation")
                        .path("lastMessage")
                        .path("content")
                        .textValue())
                .isEqualTo("Welcome");
        assertThat(answer.path("conversation").path("latestSeq").intValue()).isEqualTo(1);
        assertThat(ask(bob, "getConversation", "{\"conversationId\":\"lobby\"}")
                        .path("code")
                        .textValue())
                .isEqualTo("forbidden");
    }

    @Test
    void conversations_are_listed_with_what_is_left_to_read() {
        granted(ann, "createConversation", GROUP);
        granted(ann, "createConversation", "{\"kind\":\"direct\",\"memberIds\":[\"bob\"]}");
        // Lists are ordered by milliseconds, and the message must be newer than the direct conversation.
        long created = System.currentTimeMillis();
        await().pollInterval(Duration.ofMillis(1)).until(() -> System.currentTimeMillis() > created);
        granted(ann, "sendMessage", "{\"conversationId\":\"g\",\"content\":\"hello\"}");
        JsonNode page = granted(bob, "getConversations", "{\"limit\":1}");
        JsonNode group = page.path("conversations").path(0);
        assertThat(group.path("conversationId").textValue()).isEqualTo("g");
        assertThat(group.path("unread").intValue()).isEqualTo(1);
        assertThat(group.path("readSeq").intValue()).isZero();
        assertThat(group.path("lastMessage").path("content").textValue()).isEqualTo("hello");
        JsonNode rest = granted(bob, "getConversations", "{\"after\":" + page.path("next") + "}");
        assertThat(rest.path("conversations")).hasSize(1);
        assertThat(rest.path("conversations").path(0).path("members")).hasSize(2);
        assertThat(rest.has("next")).isFalse();
    }

    @Test
    void receipts_are_answered_and_sent() {
        granted(ann, "createConversation", GROUP);
        granted(ann, "joinRoom", "\"g\"");
        granted(ann, "sendMessage", "{\"conversationId\":\"g\",\"content\":\"one\"}");
        granted(ann, "sendMessage", "{\"conversationId\":\"g\",\"content\":\"two\"}");
        assertThat(granted(bob, "markDelivered", "{\"conversationId\":\"g\",\"upToSeq\":2}")
                        .toString())
                .isEqualTo("{\"success\":true,\"upToSeq\":2}");
        assertThat(fields(heard(ann, "messagesDelivered")))
                .containsExactly("conversationId", "userId", "upToSeq", "at");
        assertThat(granted(bob, "markRead", "{\"conversationId\":\"g\",\"upToSeq\":1}")
                        .toString())
                .isEqualTo("{\"success\":true,\"upToSeq\":1,\"unread\":1}");
        assertThat(heard(ann, "messagesRead").path("userId").textValue()).isEqualTo("bob");
        assertThat(heard(bob, "unreadChanged").path("conversationId").textValue())
                .isEqualTo("g");
        JsonNode joined = granted(bob, "joinRoom", "\"g\"");
        assertThat(joined.path("readSeq").intValue()).isEqualTo(1);
        assertThat(joined.path("unread").intValue()).isEqualTo(1);
        JsonNode receipts = granted(ann, "getReceipts", "{\"conversationId\":\"g\"}");
        assertThat(receipts.path("delivered")).hasSize(2);
        assertThat(receipts.path("read")).hasSize(2);
    }

    @Test
    void new_message_sends_unread_counts_to_members_outside_the_room() {
        granted(ann, "createConversation", GROUP);
        granted(ann, "sendMessage", "{\"conversationId\":\"g\",\"content\":\"hello\"}");
        assertThat(heard(bob, "unreadChanged").toString())
                .startsWith(
                        "{\"conversationId\":\"g\",\"unread\":1,\"readSeq\":0,\"latestSeq\":1,\"unreadMentions\":0,")
                .contains("\"lastMessage\":{\"id\":", "\"content\":\"hello\"");
    }

    @Test
    void several_receipts_are_answered_as_a_list() {
        granted(ann, "createConversation", GROUP);
        String direct = granted(ann, "createConversation", "{\"kind\":\"direct\",\"memberIds\":[\"bob\"]}")
                .path("conversation")
                .path("conversationId")
                .toString();
        String items = "{\"items\":[{\"conversationId\":\"g\",\"upToSeq\":0},{\"conversationId\":" + direct
                + ",\"upToSeq\":3}]}";
        assertThat(granted(bob, "markDelivered", items).path("items"))
                .extracting(item -> item.path("upToSeq").intValue())
                .containsExactly(0, 0);
    }

    @Test
    void refusals_name_the_field() {
        JsonNode refusal = ask(ann, "createConversation", "{\"kind\":\"group\",\"title\":\"a\\nb\"}");
        assertThat(refusal.path("code").textValue()).isEqualTo("invalid_payload");
        assertThat(refusal.path("field").textValue()).isEqualTo("title");
        assertThat(ask(bob, "updateConversation", "{\"conversationId\":\"none\",\"title\":\"x\"}")
                        .path("code")
                        .textValue())
                .isEqualTo("forbidden");
        assertThat(ask(bob, "createConversation", "{\"kind\":\"open\"}")
                        .path("code")
                        .textValue())
                .isEqualTo("forbidden");
    }
}
