package io.roomcast.chat.socketio.raw;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The copy of a stock client with connection state recovery. It has no positions and recovers its session at each
 * reconnect.
 */
public final class RecoveredReplica extends ClientReplica {
    private String secret = "";
    private String offset = "";

    public RecoveredReplica(String conversationId, String epoch) {
        super(conversationId, epoch);
    }

    @Override
    public void connect(RawWebSocket socket) {
        boolean isNew = secret.isEmpty();
        socket.text(isNew ? "40" : "40{\"pid\":\"" + secret + "\"" + lastOffset() + "}");
        String given =
                parse(socket.nextText().substring("40".length())).path("pid").textValue();
        if (isNew) {
            secret = given;
            socket.ask(1, "[\"joinRoom\",\"r\"]");
        }
        assertThat(given).isEqualTo(secret);
    }

    private String lastOffset() {
        return offset.isEmpty() ? "" : ",\"offset\":\"" + offset + "\"";
    }

    @Override
    void received(JsonNode event) {
        if (event.size() > 2) {
            offset = event.get(2).textValue();
        }
    }

    /** Messages that are sent again contain their last change. */
    @Override
    void checkChange(long before, long now) {
        assertThat(now).isGreaterThan(before);
    }

    @Override
    void checkLive(boolean pagesAreOver) {
        assertThat(pagesAreOver).as("no pages are sent").isFalse();
    }
}
