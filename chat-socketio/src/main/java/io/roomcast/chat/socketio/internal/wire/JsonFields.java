package io.roomcast.chat.socketio.internal.wire;

/** The names of fields that occur in several shapes. */
public final class JsonFields {
    /** A conversation's id. */
    public static final String CONVERSATION_ID = "conversationId";

    /** The idempotency key. */
    public static final String CLIENT_MESSAGE_ID = "clientMessageId";

    static final String SENDER_ID = "senderId";
    static final String USER_ID = "userId";
    static final String CONTENT = "content";
    static final String TYPE = "type";
    static final String FILE_URL = "fileUrl";
    static final String FILE_NAME = "fileName";
    static final String FILE_SIZE = "fileSize";
    static final String MIME_TYPE = "mimeType";
    static final String SUCCESS = "success";
    static final String EXPIRES_IN_MS = "expiresInMs";
    static final String EPOCH = "epoch";
    static final String LATEST_SEQ = "latestSeq";
    static final String VERSION = "version";
    static final String MESSAGE_ID = "messageId";
    static final String MEMBER_IDS = "memberIds";
    static final String USER_IDS = "userIds";
    static final String MEMBERS = "members";
    static final String METADATA = "metadata";
    static final String TITLE = "title";
    static final String KIND = "kind";
    static final String SEQ = "seq";
    static final String UP_TO_SEQ = "upToSeq";
    static final String READ_SEQ = "readSeq";
    static final String UNREAD = "unread";
    static final String ONLINE = "online";
    static final String AFTER = "after";
    static final String LIMIT = "limit";
    static final String KEY = "key";
    static final String STATUS = "status";
    static final String REASON = "reason";
    static final String MESSAGE = "message";
    static final String CONVERSATION = "conversation";

    private JsonFields() {}
}
