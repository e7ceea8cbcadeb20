package io.roomcast.chat.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The limits that are the same for every chat; {@link Limits} has those that a host sets. */
public final class FixedLimits {
    /** The maximum length of the metadata of a message or a conversation, in UTF-16 units: {@value}. */
    public static final int METADATA_LENGTH = 4_096;

    /** The maximum length of the custom type of a message: {@value}. */
    public static final int CUSTOM_TYPE_LENGTH = 64;

    /** The maximum length of a conversation's title, in UTF-16 units: {@value}. */
    public static final int TITLE_LENGTH = 255;

    /** The maximum length of a reaction's key, in UTF-16 units: {@value}. */
    public static final int REACTION_KEY_LENGTH = 32;

    /** The maximum number of different reaction keys on one message: {@value}. */
    public static final int REACTION_KEYS = 20;

    /** The maximum number of reactions on one message: {@value}. */
    public static final int REACTIONS = 1_000;

    /** The maximum number of pinned messages in a conversation: {@value}. */
    public static final int PINS = 50;

    /** The maximum number of annotations of a message: {@value}. */
    public static final int ANNOTATIONS = 8;

    /** The maximum length of the key of an annotation: {@value}. */
    public static final int ANNOTATION_KEY_LENGTH = 64;

    /** The maximum length of all annotations of a message together, in UTF-16 units: {@value}. */
    public static final int ANNOTATIONS_LENGTH = 8_192;

    /** The maximum length of an attachment's media type, in UTF-16 units: {@value}. */
    public static final int MIME_TYPE_LENGTH = 255;

    /** The maximum number of files attached to a message: {@value}. */
    public static final int ATTACHMENTS = 10;

    /** The maximum number of users that a message mentions: {@value}. */
    public static final int MENTIONS = 50;

    /** The maximum length of the name of an event of the application's own: {@value}. */
    public static final int EVENT_NAME_LENGTH = 64;

    /** The maximum length of the JSON text in an event of the application's own, in UTF-16 units: {@value}. */
    public static final int EVENT_DATA_LENGTH = 4_096;

    /** The maximum number of users that an event in a room names: {@value}. */
    public static final int EVENT_USERS = 50;

    /** The maximum number of users to whom the host sends one event: {@value}. */
    public static final int EVENT_RECIPIENTS = 1_000;

    /** The maximum number of participants of a call without a media server: {@value}. */
    public static final int CALL_PARTICIPANTS = 8;

    /** The maximum number of members of a conversation in which a call rings: {@value}. */
    public static final int CALL_RINGS = 32;

    /** The maximum length of a signal between the participants of a call, in bytes of UTF-8: {@value}. */
    public static final int CALL_SIGNAL_BYTES = 32_768;

    /** The maximum number of candidates in one signal: {@value}. */
    public static final int CALL_CANDIDATES = 50;

    /** The maximum size of a polling request's body in bytes, or four times that of a packet if this is more: {@value}. */
    public static final int POSTED_BYTES = 1_048_576;

    /** The maximum memory for the large bodies of all polling requests together, in bytes: {@value}. */
    public static final int POSTED_BYTES_TOGETHER = 67_108_864;

    /** The maximum number of users in one request for their names: {@value}. */
    public static final int USERS = 100;

    /** The maximum length of a user's name, in UTF-16 units: {@value}. */
    public static final int USER_NAME_LENGTH = 255;

    /** The maximum length of the address of a user's picture, in UTF-16 units: {@value}. */
    public static final int AVATAR_URL_LENGTH = 2_048;

    /** The maximum number of users in one request for their presence, and of a session's subscriptions: {@value}. */
    public static final int PRESENCE_USERS = 200;

    /** The maximum number of devices of a user: {@value}. */
    public static final int DEVICES = 10;

    /** The maximum length of what a push service knows a device by: {@value}. */
    public static final int DEVICE_TOKEN_LENGTH = 2_048;

    /** The maximum number of conversations in one request to mark messages as delivered: {@value}. */
    public static final int DELIVERED_ITEMS = 100;

    private FixedLimits() {}

    /** Returns the limits of requests, in a fixed order, by the names under which clients receive them. */
    public static Map<String, Integer> ofRequests() {
        Map<String, Integer> limits = new LinkedHashMap<>();
        limits.put("metadataLength", METADATA_LENGTH);
        limits.put("customTypeLength", CUSTOM_TYPE_LENGTH);
        limits.put("titleLength", TITLE_LENGTH);
        limits.put("reactionKeyLength", REACTION_KEY_LENGTH);
        limits.put("reactionKeys", REACTION_KEYS);
        limits.put("reactions", REACTIONS);
        limits.put("pins", PINS);
        limits.put("mimeTypeLength", MIME_TYPE_LENGTH);
        limits.put("attachments", ATTACHMENTS);
        limits.put("mentions", MENTIONS);
        limits.put("eventNameLength", EVENT_NAME_LENGTH);
        limits.put("eventDataLength", EVENT_DATA_LENGTH);
        limits.put("eventUsers", EVENT_USERS);
        limits.put("callParticipants", CALL_PARTICIPANTS);
        limits.put("callRings", CALL_RINGS);
        limits.put("callSignalBytes", CALL_SIGNAL_BYTES);
        limits.put("callCandidates", CALL_CANDIDATES);
        limits.put("users", USERS);
        limits.put("presenceUsers", PRESENCE_USERS);
        limits.put("deliveredItems", DELIVERED_ITEMS);
        return Collections.unmodifiableMap(limits);
    }
}
