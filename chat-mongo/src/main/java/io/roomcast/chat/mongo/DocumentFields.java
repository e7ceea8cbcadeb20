package io.roomcast.chat.mongo;

/**
 * The names of the stored fields that several classes use. They are those of the wire protocol, so that hosts can read
 * their own data.
 */
final class DocumentFields {
    static final String ID = "_id";
    static final String CONVERSATION_ID = "conversationId";
    static final String SEQ = "seq";
    static final String VERSION = "version";
    static final String SENDER_ID = "senderId";
    static final String CLIENT_MESSAGE_ID = "clientMessageId";
    static final String TYPE = "type";
    static final String CONTENT = "content";
    static final String METADATA = "metadata";
    static final String CREATED_AT = "createdAt";
    static final String DELETED_AT = "deletedAt";
    static final String DELETED_BY = "deletedBy";
    static final String KEY = "key";
    static final String EXPIRES_AT = "expiresAt";

    static final String KIND = "kind";
    static final String TITLE = "title";
    static final String RETENTION_SECONDS = "retentionSeconds";
    static final String UPDATED_AT = "updatedAt";
    static final String PURGE_AT = "purgeAt";
    static final String INITIAL_MEMBERS = "founders";
    static final String LAST = "last";
    static final String DELETED = "deleted";
    static final String PINS = "pins";

    static final String USER_ID = "userId";
    static final String ROLE = "role";
    static final String JOINED_AT = "joinedAt";

    static final String MESSAGE_ID = "messageId";
    static final String OP = "op";
    static final String AT = "at";
    static final String BY = "by";
    static final String JSON = "json";

    static final String READ = "read";
    static final String DELIVERED = "delivered";
    static final String JOINED = "joined";

    static final String NOTIFY = "notify";
    static final String MUTED_UNTIL = "mutedUntil";
    static final String ARCHIVED = "archived";
    static final String FAVORITE = "favorite";
    static final String UNREAD_FROM = "unreadFrom";
    static final String DRAFT = "draft";
    static final String REPLY_TO = "replyTo";
    static final String MENTIONS = "mentions";

    static final String FOLLOWER = "follower";
    static final String ATTEMPTS = "attempts";
    static final String OWNER = "owner";
    static final String DUE_AT = "dueAt";

    private DocumentFields() {}
}
