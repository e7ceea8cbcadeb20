package io.roomcast.chat.model;

import java.util.Locale;

/**
 * The closed set of reasons for which a request fails, stable on the wire.
 *
 * <p>A code decides the text that a user may see, the HTTP status, and whether the same request may be tried again. No
 * text is ever an exception's message.
 */
public enum ErrorCode {
    /** A required field is absent or empty. */
    MISSING_FIELDS(400, "Missing required fields", false),
    /** A field has the wrong type, an unknown value or a forbidden form; unlike {@link #MISSING_FIELDS} it is there. */
    INVALID_PAYLOAD(400, "Invalid payload", false),
    /** A page was asked for with a position that makes no sense, or with more than one. */
    INVALID_CURSOR(400, "Invalid cursor", false),
    /** The content has more UTF-16 units than {@link Limits#contentLength()}. */
    MESSAGE_TOO_LONG(413, "Message too long", false),
    /** A whole request is larger than the server reads; for content alone it is {@link #MESSAGE_TOO_LONG}. */
    PAYLOAD_TOO_LARGE(413, "Payload too large", false),
    /** A file is larger than an upload may be. */
    FILE_TOO_LARGE(413, "File too large", false),
    /** Files of this type are not taken. */
    FILE_TYPE_BLOCKED(415, "File type not allowed", false),
    /** The caller did not say, or could not prove, who they are. */
    UNAUTHENTICATED(401, "Authentication error", false),
    /** The proof was good once; a refreshed one is accepted. */
    TOKEN_EXPIRED(401, "Token expired", true),
    /** The caller is known and may not do this; also said of conversations that do not exist. */
    FORBIDDEN(403, "Not allowed", false),
    /** A refreshed token belongs to somebody else. */
    USER_MISMATCH(403, "Not allowed", false),
    /** An interceptor of the host refused the message. */
    REJECTED(422, "Message rejected", false),
    /** There is no such conversation. */
    CONVERSATION_NOT_FOUND(404, "Conversation not found", false),
    /** There is no such message in the conversation. */
    MESSAGE_NOT_FOUND(404, "Message not found", false),
    /** There is no such call, or it has ended. */
    CALL_NOT_FOUND(404, "Call not found", false),
    /** There is no such upload, or it has ended. */
    UPLOAD_NOT_FOUND(404, "Upload not found", false),
    /** Somebody else changed the same thing first. */
    CONFLICT(409, "Conflict", false),
    /** The connection is in as many rooms as it may be. */
    ROOM_LIMIT(409, "Too many rooms", false),
    /** The conversation has as many members as it may have. */
    MEMBER_LIMIT(409, "Too many members", false),
    /** The message has as many different reactions as it may have. */
    REACTION_LIMIT(409, "Too many reactions", false),
    /** The connection watches as many users as it may. */
    SUBSCRIPTION_LIMIT(409, "Too many subscriptions", false),
    /** The user is in a call already. */
    BUSY(409, "Busy", false),
    /** The conversation has a call already. */
    CALL_EXISTS(409, "Call already running", false),
    /** Another device of the same user took the call. */
    ANSWERED_ELSEWHERE(409, "Answered elsewhere", false),
    /** The message is too old to be edited. */
    EDIT_WINDOW_CLOSED(409, "Too late to edit", false),
    /** The message is too old to be deleted. */
    DELETE_WINDOW_CLOSED(409, "Too late to delete", false),
    /** Changes as old as the client's position are no longer kept: reload. */
    POSITION_LOST(410, "Position lost", false),
    /** Too many requests, or a full queue: wait and try again. */
    RATE_LIMITED(429, "Too many requests", true),
    /** Nothing was stored: try again with the same {@code clientMessageId}. */
    STORAGE_UNAVAILABLE(503, "Storage is unavailable", true),
    /** A service that the host relies on, such as its identity provider, does not answer: try again. */
    UNAVAILABLE(503, "Temporarily unavailable", true),
    /** The server is stopping: connect again and repeat. */
    SERVER_DRAINING(503, "Server restarting", true),
    /** The outcome is unknown: try again with the same {@code clientMessageId}. */
    TIMEOUT(504, "Timed out", true),
    /** This server has no such event, path or feature. */
    NOT_SUPPORTED(501, "Not supported", false),
    /** A fault of the server's own; the details are in its log alone. */
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

    /** The code as clients see it: the constant's name in lower case. */
    public String wireName() {
        return wireName;
    }

    /** A short English text that a user may see. */
    public String text() {
        return text;
    }

    /** The HTTP status that goes with the code. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }
}
