package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A push notification for one device. Immutable. Its text form contains no text of users, so it may be logged.
 *
 * @param type what it is about
 * @param id the same each time the notification is sent again: of a message {@code conversationId:seq}. A client that has
 *     shown it must not show it again
 * @param topic the same for all notifications that replace each other on a device: those of one conversation, or of one
 *     call. 1 to {@value #TOPIC_LENGTH} letters and digits of ASCII, hyphens and underscores. It does not reveal the
 *     conversation. Use it as the {@code Topic} of Web Push, the {@code apns-collapse-id} or the {@code collapse_key}
 * @param conversationId the conversation
 * @param seq the sequence number of the message, or of that about an ended call, or the highest one that was read; 0 for a
 *     call without a message. A client shows no message at or below the highest one that it has shown in the conversation
 * @param messageId the message, or null if there is none
 * @param unread the number of the user's unread messages in the conversation, when the notification is sent; 0 without a
 *     message
 * @param badge the number of the user's unread messages in all conversations that are neither muted nor archived, when
 *     the notification is sent; null if it could not be computed
 * @param title the title to show, or null if the application chooses it
 * @param body the text to show, or null if the application chooses it
 * @param data more fields for the application, by name. Of a call: {@code callId}, {@code media} and {@code expiresAt}, or
 *     {@code reason} when it no longer rings. Else empty
 * @param urgency how soon the device should receive it
 * @param timeToLive the time after which it is of no use and need not be delivered any more
 */
public record PushMessage(
        Type type,
        String id,
        String topic,
        String conversationId,
        long seq,
        @Nullable String messageId,
        long unread,
        @Nullable Long badge,
        @Nullable String title,
        @Nullable String body,
        Map<String, String> data,
        Urgency urgency,
        Duration timeToLive) {
    /** The maximum length of a topic: {@value}. It is that of a {@code Topic} of Web Push. */
    public static final int TOPIC_LENGTH = 32;

    /** What a notification is about. */
    public enum Type {
        /** A new message. */
        MESSAGE("message"),
        /** A call that rings. */
        CALL("call"),
        /**
         * A call no longer rings for the user, so it replaces the notification that it did. Also of the message about an
         * ended call.
         */
        CALL_ENDED("callEnded"),
        /**
         * The user has read the conversation, perhaps on another device: remove what is shown of messages up to {@link
         * PushMessage#seq}, and show nothing. Only platforms that can be {@linkplain
         * io.roomcast.chat.spi.PushNotifier#silent silent} receive it.
         */
        READ("read");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        /** Returns the name in the payload that clients receive. */
        public String wireName() {
            return wireName;
        }
    }

    /** How soon a device should receive a notification. */
    public enum Urgency {
        /** Without disturbing the user: within quiet hours. */
        LOW,
        /** As for chat messages. */
        NORMAL,
        /** Without a delay, for calls. */
        HIGH
    }

    /** Copies the map. */
    public PushMessage {
        requireNonNull(type, "type");
        requireNonNull(id, "id");
        requireNonNull(topic, "topic");
        requireNonNull(conversationId, "conversationId");
        data = Checks.map(data, "data");
        requireNonNull(urgency, "urgency");
        requireNonNull(timeToLive, "timeToLive");
    }

    /** Returns the topic of what has a name that no other subject has, such as a conversation's id. */
    public static String topicOf(String name) {
        return HashedName.of(requireNonNull(name, "name"));
    }

    /** Returns the type, the id and the urgency. */
    @Override
    public String toString() {
        return "PushMessage[type=" + type + ", id=" + id + ", urgency=" + urgency + "]";
    }
}
