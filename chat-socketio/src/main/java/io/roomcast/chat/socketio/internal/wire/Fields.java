package io.roomcast.chat.socketio.internal.wire;

/** The names of fields that occur in several shapes. */
public final class Fields {
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

    private Fields() {}
}
