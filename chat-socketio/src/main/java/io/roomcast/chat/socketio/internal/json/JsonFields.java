package io.roomcast.chat.socketio.internal.json;

/** The names of fields that several packets have. Each constant has the name of its field, in upper case. */
public final class JsonFields {
    /** {@value}. */
    public static final String AFTER = "after";

    /** {@value}. */
    public static final String CLIENT_MESSAGE_ID = "clientMessageId";

    /** {@value}. */
    public static final String CONTENT = "content";

    /** {@value}. */
    public static final String CONVERSATION = "conversation";

    /** {@value}. */
    public static final String CONVERSATION_ID = "conversationId";

    /** {@value}. */
    public static final String CREATED_AT = "createdAt";

    /** {@value}. */
    public static final String CURSOR = "cursor";

    /** {@value}. */
    public static final String EPOCH = "epoch";

    /** {@value}. */
    public static final String EXPIRES_AT = "expiresAt";

    /** {@value}. */
    public static final String EXPIRES_IN_MS = "expiresInMs";

    /** {@value}. */
    public static final String FILE_NAME = "fileName";

    /** {@value}. */
    public static final String FILE_SIZE = "fileSize";

    /** {@value}. */
    public static final String FILE_URL = "fileUrl";

    /** {@value}. */
    public static final String HAS_MORE = "hasMore";

    /** {@value}. */
    public static final String ID = "id";

    /** {@value}. */
    public static final String KEY = "key";

    /** {@value}. */
    public static final String KIND = "kind";

    /** {@value}. */
    public static final String LATEST_SEQ = "latestSeq";

    /** {@value}. */
    public static final String LIMIT = "limit";

    /** {@value}. */
    public static final String MEMBER_IDS = "memberIds";

    /** {@value}. */
    public static final String MEMBERS = "members";

    /** {@value}. */
    public static final String MESSAGE = "message";

    /** {@value}. */
    public static final String MESSAGE_ID = "messageId";

    /** {@value}. */
    public static final String METADATA = "metadata";

    /** {@value}. */
    public static final String MIME_TYPE = "mimeType";

    /** {@value}. */
    public static final String NEXT = "next";

    /** {@value}. */
    public static final String ONLINE = "online";

    /** {@value}. */
    public static final String READ_SEQ = "readSeq";

    /** {@value}. */
    public static final String REACTIONS = "reactions";

    /** {@value}. */
    public static final String REASON = "reason";

    /** {@value}. */
    public static final String ROLE = "role";

    /** {@value}. */
    public static final String SENDER_ID = "senderId";

    /** {@value}. */
    public static final String SEQ = "seq";

    /** {@value}. */
    public static final String STATUS = "status";

    /** {@value}. */
    public static final String SUCCESS = "success";

    /** {@value}. */
    public static final String TITLE = "title";

    /** {@value}. */
    public static final String TYPE = "type";

    /** {@value}. */
    public static final String UNREAD = "unread";

    /** {@value}. */
    public static final String UNREAD_MENTIONS = "unreadMentions";

    /** {@value}. */
    public static final String UP_TO_SEQ = "upToSeq";

    /** {@value}. */
    public static final String USER_ID = "userId";

    /** {@value}. */
    public static final String USER_IDS = "userIds";

    /** {@value}. */
    public static final String VERSION = "version";

    private JsonFields() {}
}
