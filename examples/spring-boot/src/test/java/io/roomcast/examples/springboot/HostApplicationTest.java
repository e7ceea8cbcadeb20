package io.roomcast.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.roomcast.chat.model.NewConversation;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** The running application with its users. Each test has a separate group conversation. */
class HostApplicationTest {
    private static RunningHost host;

    private String group;

    @BeforeAll
    static void start() {
        host = new RunningHost();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @BeforeEach
    void create(TestInfo test) {
        group = test.getTestMethod().orElseThrow().getName();
        host.chat().create(NewConversation.group(group, "Kitchen", List.of("alice", "bob")));
    }

    @Test
    void only_members_chat() {
        try (Guest alice = guest("alice");
                Guest bob = guest("bob");
                Guest mallory = guest("mallory")) {
            alice.join(group);
            bob.join(group);
            JSONObject sent = alice.send(group, "Dinner is ready");

            assertThat(sent.optBoolean("success")).isTrue();
            assertThat(alice.nextMessage()).containsExactly("alice", "Dinner is ready");
            assertThat(bob.nextMessage()).containsExactly("alice", "Dinner is ready");
            assertThat(mallory.join(group).optString("code")).isEqualTo("forbidden");
            assertThat(mallory.send(group, "Let me in").optString("code")).isEqualTo("forbidden");
        }
    }

    @Test
    void messages_are_in_the_database_of_the_application() {
        try (Guest alice = guest("alice")) {
            alice.send(group, "Dinner is stored");

            Document stored = host.bean(MongoClient.class)
                    .getDatabase("chat")
                    .getCollection("messages")
                    .find(new Document("content", "Dinner is stored"))
                    .first();
            assertThat(stored).containsEntry("senderId", "alice");
        }
    }

    @Test
    void web_client_of_spring_sends_over_http() {
        String answer = RestClient.create("http://127.0.0.1:" + host.chatPort())
                .post()
                .uri("/api/conversations/{id}/messages", group)
                .header("Authorization", "Bearer " + TestTokens.of("alice"))
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("content", "Dinner by REST", "clientMessageId", group))
                .retrieve()
                .body(String.class);
        assertThat(answer).contains("\"success\":true", "\"content\":\"Dinner by REST\"");
    }

    @Test
    void forged_token_is_refused_by_chat_and_web() throws Exception {
        assertRefused(TestTokens.forged("alice"), "unauthenticated");
    }

    @Test
    void ended_token_is_refused_by_chat_and_web() throws Exception {
        assertRefused(TestTokens.ended("alice"), "token_expired");
    }

    @Test
    void nonsense_is_refused_by_chat_and_web() throws Exception {
        assertRefused("nonsense", "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1} {\"sub\":\"alice\"} ",
                "{\"alg\":\"HS256\",\"alg\":\"none\"} {\"sub\":\"alice\"} ",
                "{\"alg\":\"HS256\"} {\"sub\":\"alice\",\"sub\":\"cook\"} ",
                "{\"alg\":\"none\"} {\"sub\":\"alice\"} ",
                "{\"alg\":\"HS384\"} {\"sub\":\"alice\"} ",
                "{\"alg\":\"HS256\"} {\"sub\":\"alice\"} =",
                "{\"alg\":\"HS256\"} {\"sub\":\"alice\"} .",
                "{\"alg\":\"HS256\"} {\"sub\":\"alice\"} AAAA",
                "{\"alg\":\"HS256\"} {\"sub\":\"alice\"} ~"
            })
    void signed_token_of_another_form_is_refused_by_chat_and_web(String parts) throws Exception {
        String[] part = parts.split(" ", -1);
        assertRefused(TestTokens.signed(part[0], part[1]) + part[2], "unauthenticated");
    }

    private static void assertRefused(String token, String code) throws Exception {
        try (Guest guest = new Guest(host.chatPort(), token)) {
            JSONObject refusal = guest.refusal();
            assertThat(refusal.optString("message")).isEqualTo("Authentication error");
            assertThat(refusal.optJSONObject("data").optString("code")).isEqualTo(code);
        }
        assertThat(host.get("/actuator", token).statusCode()).isEqualTo(401);
    }

    @Test
    void application_announces_in_json_of_its_own() throws Exception {
        try (Guest alice = guest("alice")) {
            alice.join(group);
            HttpResponse<String> answer = announce(TestTokens.allowedToAnnounce("cook"), "Closed on Mondays");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(new JSONObject(answer.body()).getInt("seq")).isEqualTo(1);
            assertThat(alice.nextMessage()).containsExactly("system", "Closed on Mondays");
        }
    }

    @Test
    void events_of_the_application_use_the_connection_of_the_chat() throws Exception {
        try (Guest alice = guest("alice");
                Guest bob = guest("bob");
                Guest mallory = guest("mallory")) {
            bob.join(group);
            String answer = announce(TestTokens.allowedToAnnounce("cook"), "Soup of the day")
                    .body();
            String messageId = new JSONObject(answer).getString("messageId");
            Map<String, Object> seen = Map.of("conversationId", group, "messageId", messageId);

            assertThat(alice.ask("announcement.seen", seen).getInt("views")).isEqualTo(1);
            assertThat(alice.ask("announcement.seen", seen).getInt("views")).isEqualTo(1);
            assertThat(bob.ask("announcement.seen", seen).getInt("views")).isEqualTo(2);
            assertThat(mallory.ask("announcement.seen", seen).getString("code")).isEqualTo("forbidden");
            assertThat(alice.ask("announcement.seen", Map.of("conversationId", 1))
                            .getString("code"))
                    .isEqualTo("invalid_payload");
            assertThat(alice.ask("announcement.seen", Map.of("conversationId", group, "messageId", "none"))
                            .getString("code"))
                    .isEqualTo("message_not_found");
            for (int views : List.of(1, 1, 2)) {
                JSONObject event = bob.nextEvent();
                assertThat(event.getString("name")).isEqualTo("announcement.views");
                assertThat(event.getJSONObject("data").getString("messageId")).isEqualTo(messageId);
                assertThat(event.getJSONObject("data").getInt("views")).isEqualTo(views);
                assertThat(event.has("userId")).isFalse();
            }
        }
    }

    @Test
    void announcing_takes_the_authority_to() throws Exception {
        assertThat(announce(TestTokens.of("alice"), "Free dinner").statusCode()).isEqualTo(403);
    }

    @Test
    void refusal_of_the_chat_is_a_problem_of_the_web() throws Exception {
        HttpResponse<String> answer = announce(TestTokens.allowedToAnnounce("cook"), "x".repeat(6_000));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(new JSONObject(answer.body()).getString("detail")).isEqualTo("Message too long");
    }

    @Test
    void meters_of_the_chat_are_among_those_of_the_application() throws Exception {
        String meter = "/actuator/metrics/chat.messages.persisted";
        try (Guest alice = guest("alice")) {
            alice.send(group, "Dinner is counted");
        }

        assertThat(host.get(meter, TestTokens.allowedToOperate("cook")).body()).contains("\"statistic\":\"COUNT\"");
        assertThat(host.bean(MeterRegistry.class)
                        .counter("chat.messages.persisted")
                        .count())
                .isPositive();
        assertThat(host.get(meter, TestTokens.of("alice")).statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> announce(String token, String text) throws Exception {
        String json = new JSONObject().put("text", text).toString();
        return host.post("/conversations/" + group + "/announcements", token, json);
    }

    private static Guest guest(String userId) {
        return new Guest(host.chatPort(), TestTokens.of(userId));
    }
}
