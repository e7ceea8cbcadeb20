package io.roomcast.examples.push;

import io.roomcast.chat.model.PushMessage;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields of a notification that the application on the device reads, all as text. */
final class NotificationFields {
    private NotificationFields() {}

    static Map<String, String> of(PushMessage message) {
        Map<String, String> fields = new TreeMap<>(message.data());
        fields.put("type", message.type().wireName());
        fields.put("id", message.id());
        fields.put("tag", message.topic());
        fields.put("conversationId", message.conversationId());
        put(fields, "seq", message.seq() == 0 ? null : String.valueOf(message.seq()));
        put(fields, "messageId", message.messageId());
        put(fields, "unread", message.unread() == 0 ? null : String.valueOf(message.unread()));
        return fields;
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
