package io.roomcast.chat.model;

import java.util.Locale;

/**
 * The reasons for which a request fails. The set and the names are stable on the wire.
 *
 * <p>A code determines the text for the user, the HTTP status, and whether a retry of the same request may succeed. The
 * text never contains the message of an exception.
 */
public enum ErrorCode {
    /** A required field is missing or empty. */
    MISSING_FIELDS(400, "Missing required fields", false),
    /**
     * A field has the wrong type, an unknown value or a forbidden format. If it is missing, the code is {@link
     * #MISSING_FIELDS}.
     */
    INVALID_PAYLOAD(400, "Invalid payload", false),
    /** The cursor of a page is malformed, or a request has more than one. */
    INVALID_CURSOR(400, "Invalid cursor", false),
    /** The content is longer than {@link Limits#contentLength()} UTF-16 units. */
    MESSAGE_TOO_LONG(413, "Message too long", false),
    /** The request is larger than the server accepts. For content alone the code is {@link #MESSAGE_TOO_LONG}. */
    PAYLOAD_TOO_LARGE(413, "Payload too large", false),
    /** The file is larger than {@link Limits#fileBytes()}. */
    FILE_TOO_LARGE(413, "File too large", false),
    /** The host's inspector does not accept files of this type. */
    FILE_TYPE_BLOCKED(415, "File type not allowed", false),
    /** The user would upload more than {@link Limits#uploadBytesPerDay()}. */
    QUOTA_EXCEEDED(413, "Upload quota exceeded", false),
    /** The client sent no valid token, or the command requires a user. */
    UNAUTHENTICATED(401, "Authentication error", false),
    /** The token has expired. A new one is accepted. */
    TOKEN_EXPIRED(401, "Token expired", true),
    /**
     * The user may not do this. Also the code for conversations that do not exist, so that their ids cannot be guessed.
     */
    FORBIDDEN(403, "Not allowed", false),
    /** The refreshed token belongs to another user. */
    USER_MISMATCH(403, "Not allowed", false),
    /** The host's interceptor rejected the message. */
    REJECTED(422, "Message rejected", false),
    /** The conversation does not exist. */
    CONVERSATION_NOT_FOUND(404, "Conversation not found", false),
    /** The conversation has no such message, or it is deleted. */
    MESSAGE_NOT_FOUND(404, "Message not found", false),
    /** The call does not exist, has ended, or is not the caller's. */
    CALL_NOT_FOUND(404, "Call not found", false),
    /** The user has no such upload, or no message has such a file. */
    UPLOAD_NOT_FOUND(404, "Upload not found", false),
    /** The resource was changed by another request in the meantime, or its id is taken. */
    CONFLICT(409, "Conflict", false),
    /** The session is in {@link Limits#roomsPerSession()} rooms already. */
    ROOM_LIMIT(409, "Too many rooms", false),
    /** The conversation would have more than {@link Limits#members()} members. */
    MEMBER_LIMIT(409, "Too many members", false),
    /** The message has too many reactions: see {@link FixedLimits#REACTIONS} and {@link FixedLimits#REACTION_KEYS}. */
    REACTION_LIMIT(409, "Too many reactions", false),
    /** The conversation has {@link FixedLimits#PINS} pinned messages already. */
    PIN_LIMIT(409, "Too many pinned messages", false),
    /** The session has subscribed to the presence of too many users. */
    SUBSCRIPTION_LIMIT(409, "Too many subscriptions", false),
    /** The user has {@link Limits#uploadsPerUser()} uploads in progress already. */
    UPLOAD_LIMIT(409, "Too many uploads", false),
    /** The other user is in another call. */
    BUSY(409, "Busy", false),
    /** Not used, as a user who starts a second call joins the first. */
    CALL_EXISTS(409, "Call already running", false),
    /** The call has {@link FixedLimits#CALL_PARTICIPANTS} participants already. */
    CALL_FULL(409, "Call full", false),
    /** Another device of the user takes part in the call. */
    ANSWERED_ELSEWHERE(409, "Answered elsewhere", false),
    /** The message is older than {@link Limits#editWindow()}. */
    EDIT_WINDOW_CLOSED(409, "Too late to edit", false),
    /** The message is older than {@link Limits#deleteWindow()}. */
    DELETE_WINDOW_CLOSED(409, "Too late to delete", false),
    /** The store no longer has the changes since the client's position. The client must reload the conversation. */
    POSITION_LOST(410, "Position lost", false),
    /** The rate limit is exceeded or a queue is full. Retry after {@link ChatException#retryAfter()}. */
    RATE_LIMITED(429, "Too many requests", true),
    /**
     * The store is unreachable and stored nothing of the request. Retry; a message with the same {@code
     * clientMessageId}.
     */
    STORAGE_UNAVAILABLE(503, "Storage is unavailable", true),
    /** A service of the host, such as an identity provider, does not respond. Retry. */
    UNAVAILABLE(503, "Temporarily unavailable", true),
    /** The server is shutting down. Reconnect and retry. */
    SERVER_DRAINING(503, "Server restarting", true),
    /**
     * The outcome is unknown: the request may be done, as a whole or in part. Retry; a message with the same {@code
     * clientMessageId}.
     */
    TIMEOUT(504, "Timed out", true),
    /** The server does not know the event, path or feature. */
    NOT_SUPPORTED(501, "Not supported", false),
    /** The server failed. Only its log has the details. */
    INTERNAL_ERROR(500, "Internal error", true);

    private final int httpStatus;
    private final String text;
    private final boolean retryable;
    private final String wireName = name().toLowerCase(Locale.ROOT);

    ErrorCode(int httpStatus, String text, boolean retryable) {
        this.httpStatus = httpStatus;
        this.text = text;
        this.retryable = retryable;
    }

    /** Returns the code as clients see it: the constant's name in lower case. */
    public String wireName() {
        return wireName;
    }

    /** Returns a short English text for users. */
    public String text() {
        return text;
    }

    /** Returns the HTTP status for the code. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Returns whether a retry of the same request may succeed; after {@link #TOKEN_EXPIRED} with a new token. */
    public boolean retryable() {
        return retryable;
    }
}
