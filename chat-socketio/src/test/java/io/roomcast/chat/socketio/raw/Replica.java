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
 * What a client has of one conversation, made of all that it was told: it complains of whatever comes twice or leaves
 * out something.
 */
public final class Replica {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVENT = "42";

    private final Map<Long, String> messages = new TreeMap<>();
    private final Map<String, Long> places = new TreeMap<>();
    private final String conversationId;
    private final String epoch;
    private long seq;
    private long version;
    private boolean upToDate;

    public Replica(String conversationId, String epoch) {
        this.conversationId = conversationId;
        this.epoch = epoch;
    }

    /** The payload of its next CONNECT packet. */
    public String auth() {
        return "{\"resume\":{\"epoch\":\"" + epoch + "\",\"rooms\":{\"" + conversationId + "\":{\"seq\":" + seq
                + ",\"version\":" + version + "}}}}";
    }

    public void reconnects() {
        upToDate = false;
    }

    /** Whether the last page of what it missed has come. */
    public boolean isUpToDate() {
        return upToDate;
    }

    public List<String> messages() {
        return List.copyOf(messages.values());
    }

    /** What it should have. */
    public static List<String> expected(Collection<Message> stored) {
        return stored.stream()
                .map(message -> state(message.seq(), message.version(), message.content(), message.isDeleted()))
                .toList();
    }

    private static String state(long seq, long version, String content, boolean deleted) {
        return seq + " v" + version + (deleted ? " deleted" : " " + content);
    }

    /** Takes in a packet; what is no event about the conversation says nothing. */
    public void hear(String packet) {
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
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(text, malformed);
        }
    }

    private void page(JsonNode page) {
        assertThat(upToDate).as("pages come before what is live").isFalse();
        for (JsonNode message : page.get("messages")) {
            boolean isNew = message.get("seq").longValue() > seq;
            assertThat(isNew || message.get("version").longValue() > version)
                    .as("%s after %d, %d", message, seq, version)
                    .isTrue();
            put(message);
        }
        seq = page.get("covered").get("seq").longValue();
        version = page.get("covered").get("version").longValue();
        upToDate = !page.get("hasMore").booleanValue();
        assertThat(messages).hasSize((int) seq);
    }

    private void sent(JsonNode message) {
        assertThat(upToDate).as("pages come before what is live").isTrue();
        assertThat(message.get("seq").longValue()).isEqualTo(++seq);
        put(message);
    }

    private void edited(JsonNode message) {
        assertThat(message.get("version").longValue()).isEqualTo(++version);
        put(message);
    }

    private void deleted(JsonNode payload) {
        assertThat(payload.get("version").longValue()).isEqualTo(++version);
        long place = payload.get("seq").longValue();
        messages.put(place, state(place, version, "", true));
    }

    /** The message's own version is all that changes here. */
    private void reacted(JsonNode payload) {
        assertThat(payload.get("version").longValue()).isEqualTo(++version);
        String id = payload.get("messageId").textValue();
        long place = places.get(id);
        messages.computeIfPresent(place, (key, state) -> state.replaceFirst(" v\\d+", " v" + version));
    }

    private void put(JsonNode message) {
        long place = message.get("seq").longValue();
        places.put(message.get("id").textValue(), place);
        messages.put(
                place,
                state(
                        place,
                        message.get("version").longValue(),
                        message.get("content").textValue(),
                        message.has("deletedAt")));
    }
}
