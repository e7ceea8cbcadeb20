package io.roomcast.chat.socketio.raw;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomcast.chat.model.Message;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A client's copy of one conversation, built from the events it receives. Fails for duplicate and for missing events.
 */
public class ClientReplica {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVENT = "42";

    private final Map<Long, String> messages = new TreeMap<>();
    private final Map<String, Long> seqById = new TreeMap<>();
    private final String conversationId;
    private final String epoch;
    private long seq;
    private long version;
    private boolean hasAllPages;

    public ClientReplica(String conversationId, String epoch) {
        this.conversationId = conversationId;
        this.epoch = epoch;
    }

    /** Resumes over an open connection. */
    public void connect(RawWebSocket socket) {
        hasAllPages = false;
        socket.text("40" + auth());
    }

    private String auth() {
        return "{\"resume\":{\"epoch\":\"" + epoch + "\",\"rooms\":{\"" + conversationId + "\":{\"seq\":" + seq
                + ",\"version\":" + version + "}}}}";
    }

    public List<String> messages() {
        return List.copyOf(messages.values());
    }

    /** The expected messages. */
    public static List<String> expected(Collection<Message> stored) {
        return stored.stream()
                .map(message -> state(message.seq(), message.version(), message.content(), message.isDeleted()))
                .toList();
    }

    private static String state(long seq, long version, String content, boolean deleted) {
        return seq + " v" + version + (deleted ? " deleted" : " " + content);
    }

    /** Applies a packet. Ignores packets that are not events of the conversation. */
    public void receive(String packet) {
        if (!packet.startsWith(EVENT + "[")) {
            return;
        }
        JsonNode event = parse(packet.substring(EVENT.length()));
        JsonNode payload = event.get(1);
        switch (event.get(0).textValue()) {
            case "roomSync" -> page(payload);
            case "receiveMessage" -> sent(payload.get("message"));
            case "messageEdited" -> edited(payload.get("message"));
            case "messageDeleted" -> deleted(payload);
            case "messageReactions" -> reacted(payload);
            case "syncRequired" -> throw new AssertionError(packet);
            default -> {}
        }
        received(event);
    }

    /** Called when an event has been applied. */
    void received(JsonNode event) {}

    /** Asserts that a live change is the next one. */
    void checkChange(long before, long now) {
        assertThat(now).isEqualTo(before + 1);
    }

    private void changed(JsonNode payload) {
        long now = payload.get("version").longValue();
        checkChange(version, now);
        version = now;
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(text, malformed);
        }
    }

    private void page(JsonNode page) {
        assertThat(hasAllPages).as("pages precede live messages").isFalse();
        for (JsonNode message : page.get("messages")) {
            boolean isNew = message.get("seq").longValue() > seq;
            assertThat(isNew || message.get("version").longValue() > version)
                    .as("%s after %d, %d", message, seq, version)
                    .isTrue();
            put(message);
        }
        seq = page.get("covered").get("seq").longValue();
        version = page.get("covered").get("version").longValue();
        hasAllPages = !page.get("hasMore").booleanValue();
        assertThat(messages).hasSize((int) seq);
    }

    private void sent(JsonNode message) {
        checkLive(hasAllPages);
        assertThat(message.get("seq").longValue()).isEqualTo(++seq);
        put(message);
    }

    /** Asserts that live messages arrive only after the pages. */
    void checkLive(boolean pagesAreOver) {
        assertThat(pagesAreOver).as("pages precede live messages").isTrue();
    }

    private void edited(JsonNode message) {
        changed(message);
        put(message);
    }

    private void deleted(JsonNode payload) {
        changed(payload);
        long messageSeq = payload.get("seq").longValue();
        messages.put(messageSeq, state(messageSeq, version, "", true));
    }

    /** Changes only the version of the message. */
    private void reacted(JsonNode payload) {
        changed(payload);
        String id = payload.get("messageId").textValue();
        long messageSeq = seqById.get(id);
        messages.computeIfPresent(messageSeq, (key, state) -> state.replaceFirst(" v\\d+", " v" + version));
    }

    private void put(JsonNode message) {
        long messageSeq = message.get("seq").longValue();
        seqById.put(message.get("id").textValue(), messageSeq);
        messages.put(
                messageSeq,
                state(
                        messageSeq,
                        message.get("version").longValue(),
                        message.get("content").textValue(),
                        message.has("deletedAt")));
    }
}
