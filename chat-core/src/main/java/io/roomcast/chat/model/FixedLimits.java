package io.roomcast.chat.model;

/** The limits that are the same for every chat; {@link Limits} has those that a host sets. */
public final class FixedLimits {
    /** The maximum length of the metadata of a message or a conversation, in UTF-16 units: {@value}. */
    public static final int METADATA_LENGTH = 4_096;

    /** The maximum length of a conversation's title, in UTF-16 units: {@value}. */
    public static final int TITLE_LENGTH = 255;

    /** The maximum length of a reaction's key, in UTF-16 units: {@value}. */
    public static final int REACTION_KEY_LENGTH = 32;

    /** The maximum number of different reaction keys on one message: {@value}. */
    public static final int REACTION_KEYS = 20;

    /** The maximum number of reactions on one message: {@value}. */
    public static final int REACTIONS = 1_000;

    /** The maximum length of an attachment's media type, in UTF-16 units: {@value}. */
    public static final int MIME_TYPE_LENGTH = 255;

    /** The maximum number of users that a message mentions: {@value}. */
    public static final int MENTIONS = 50;

    /** The maximum size of a polling request's body in bytes, or four times that of a packet if this is more: {@value}. */
    public static final int POSTED_BYTES = 1_048_576;

    /** The maximum memory for the large bodies of all polling requests together, in bytes: {@value}. */
    public static final int POSTED_BYTES_TOGETHER = 67_108_864;

    private FixedLimits() {}
}
