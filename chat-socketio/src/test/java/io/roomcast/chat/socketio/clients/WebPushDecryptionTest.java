package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomcast.chat.socketio.push.Browser;
import io.roomcast.chat.socketio.push.PushService;
import io.roomcast.chat.socketio.push.VapidKeys;
import io.roomcast.chat.socketio.push.WebPush;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packages http_ece and jose decrypt messages and verify their sender. */
@RequiresNode
class WebPushDecryptionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUBJECT = "mailto:ops@example.com";

    @TempDir
    private Path folder;

    private List<String> read(List<ObjectNode> messages) throws Exception {
        List<String> lines = messages.stream().map(ObjectNode::toString).toList();
        Path file = Files.write(folder.resolve("messages"), lines);
        return NodeScript.run("web-push-reader.mjs", file.toString()).stream()
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void reader_reads_the_example_of_the_specification() throws Exception {
        ObjectNode example = JSON.createObjectNode()
                .put(
                        "publicKey",
                        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")
                .put("privateKey", "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")
                .put("auth", "BTBZMqHH6r4Tts7J_aSIgg")
                .put(
                        "body",
                        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6"
                                + "TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexS"
                                + "gSxsj_Qulcy4a-fN");
        assertThat(read(List.of(example))).containsExactly("When I grow up, I want to be a watermelon");
    }

    @Test
    void messages_are_read_and_their_sender_is_verified() throws Exception {
        List<ObjectNode> messages = new ArrayList<>();
        List<String> texts = List.of("hello", "", "hëllo 🎉", "x".repeat(1_000), "x".repeat(100_000));
        try (PushService service = new PushService()) {
            VapidKeys keys = VapidKeys.generate();
            WebPush push = WebPush.builder(keys, SUBJECT)
                    .pushServices(service.host())
                    .sslContext(service.trusting())
                    .build();
            for (String text : texts) {
                Browser browser = Browser.create();
                push.send(browser.device(service.endpoint("abc")), Browser.message("Ann", text));
                messages.add(message(browser, service.received.get(messages.size()))
                        .put("origin", "https://" + service.host())
                        .put("subject", SUBJECT)
                        .put("applicationServerKey", keys.publicKey()));
            }
        }
        List<String> read = read(messages);
        assertThat(read).hasSameSizeAs(texts);
        for (int i = 0; i < texts.size(); i++) {
            JsonNode payload = JSON.readTree(read.get(i));
            assertThat(payload.path("conversationId").asText()).isEqualTo("room");
            assertThat(texts.get(i)).startsWith(payload.path("body").asText());
        }
    }

    private static ObjectNode message(Browser browser, PushService.Received received) {
        return JSON.createObjectNode()
                .put("publicKey", browser.publicKey())
                .put("privateKey", browser.privateKey())
                .put("auth", browser.auth())
                .put("body", Base64.getUrlEncoder().withoutPadding().encodeToString(received.body()))
                .put("authorization", received.headers().get("authorization"));
    }
}
