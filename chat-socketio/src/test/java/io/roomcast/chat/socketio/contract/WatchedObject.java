package io.roomcast.chat.socketio.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/** An object that records which of its fields were read. */
@SuppressWarnings("unchecked")
final class WatchedObject extends ObjectNode {
    private static final long serialVersionUID = 1L;

    private final transient Set<String> read = new HashSet<>();

    private WatchedObject() {
        super(JsonNodeFactory.instance);
    }

    static WatchedObject of(ObjectNode fields) {
        WatchedObject watched = new WatchedObject();
        watched.setAll(fields);
        return watched;
    }

    @Override
    public JsonNode get(String field) {
        read.add(field);
        return super.get(field);
    }

    @Override
    public JsonNode path(String field) {
        read.add(field);
        return super.path(field);
    }

    Set<String> read() {
        return read;
    }
}
