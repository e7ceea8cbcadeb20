package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Reports that a request failed. It is the only failure type of the library, and all of it but the cause may be sent to
 * a client.
 *
 * <p>A refused request is an ordinary outcome, so the exception has no stack trace of its own; its cause, if any, has
 * one. Immutable.
 */
public final class ChatException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    @Nullable
    private final String field;

    @Nullable
    private final Duration retryAfter;

    @Nullable
    private final Long latestSeq;

    private ChatException(
            ErrorCode code,
            String text,
            @Nullable String field,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        this(code, text, field, retryAfter, null, cause);
    }

    private ChatException(
            ErrorCode code,
            String text,
            @Nullable String field,
            @Nullable Duration retryAfter,
            @Nullable Long latestSeq,
            @Nullable Throwable cause) {
        super(text, cause, false, false);
        this.code = requireNonNull(code, "code");
        this.field = field;
        this.retryAfter = retryAfter;
        this.latestSeq = latestSeq;
    }

    /** Returns a failure with the code's own text. */
    public static ChatException of(ErrorCode code) {
        return new ChatException(requireNonNull(code, "code"), code.text(), null, null, null);
    }

    /** Returns a failure with the code's own text. The cause is for the server's log and is never sent to a client. */
    public static ChatException of(ErrorCode code, Throwable cause) {
        return new ChatException(requireNonNull(code, "code"), code.text(), null, null, requireNonNull(cause, "cause"));
    }

    /**
     * Returns the failure for a message that could not be stored. With {@link ErrorCode#STORAGE_UNAVAILABLE} its text
     * says so; any other failure is returned unchanged.
     */
    public static ChatException ofMessage(ChatException failure) {
        return requireNonNull(failure, "failure").code() == ErrorCode.STORAGE_UNAVAILABLE
                ? new ChatException(failure.code(), "Message could not be stored", null, null, failure.getCause())
                : failure;
    }

    /**
     * Returns the failure for a message that the host's interceptor refuses: {@link ErrorCode#REJECTED} with the given
     * text for the user.
     */
    public static ChatException rejected(String text) {
        return new ChatException(ErrorCode.REJECTED, requireNonNull(text, "text"), null, null, null);
    }

    /**
     * Returns {@link ErrorCode#INVALID_PAYLOAD} for a field. The text does not repeat the value.
     *
     * @param field the field's name on the wire
     */
    public static ChatException invalid(String field) {
        return new ChatException(
                ErrorCode.INVALID_PAYLOAD, "Invalid " + requireNonNull(field, "field"), field, null, null);
    }

    /**
     * Returns {@link ErrorCode#INVALID_PAYLOAD} for a field, with the values that it accepts.
     *
     * @param field the field's name on the wire
     * @param expected the accepted values in short English
     */
    public static ChatException invalid(String field, String expected) {
        String text = "Invalid " + requireNonNull(field, "field") + " (expected: "
                + requireNonNull(expected, "expected") + ")";
        return new ChatException(ErrorCode.INVALID_PAYLOAD, text, field, null, null);
    }

    /** Returns {@link ErrorCode#INVALID_CURSOR} for a field that should hold a cursor or a sequence number. */
    public static ChatException invalidCursor(String field) {
        return new ChatException(
                ErrorCode.INVALID_CURSOR, "Invalid " + requireNonNull(field, "field"), field, null, null);
    }

    /**
     * Returns {@link ErrorCode#MISSING_FIELDS} for a missing or empty field. If several are missing, name the first.
     */
    public static ChatException missing(String field) {
        return new ChatException(
                ErrorCode.MISSING_FIELDS, ErrorCode.MISSING_FIELDS.text(), requireNonNull(field, "field"), null, null);
    }

    /**
     * Returns {@link ErrorCode#RATE_LIMITED} for an exceeded rate or a full queue.
     *
     * @param retryAfter the time after which a retry may succeed
     */
    public static ChatException rateLimited(Duration retryAfter) {
        return new ChatException(
                ErrorCode.RATE_LIMITED,
                ErrorCode.RATE_LIMITED.text(),
                null,
                requireNonNull(retryAfter, "retryAfter"),
                null);
    }

    /**
     * Returns {@link ErrorCode#CONFLICT} for a message that is not the next one after the sequence number that it
     * requires.
     *
     * @param latestSeq the sequence number of the conversation's newest message; 0 if there is none
     */
    public static ChatException notNext(long latestSeq) {
        return new ChatException(ErrorCode.CONFLICT, ErrorCode.CONFLICT.text(), null, null, latestSeq, null);
    }

    /**
     * Converts any failure: returns a {@code ChatException} as it is, unwraps a {@link CompletionException}, and
     * returns {@link ErrorCode#INTERNAL_ERROR} with the failure as its cause otherwise.
     */
    public static ChatException from(Throwable failure) {
        requireNonNull(failure, "failure");
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return from(failure.getCause());
        }
        return failure instanceof ChatException refusal ? refusal : of(ErrorCode.INTERNAL_ERROR, failure);
    }

    /**
     * Returns this refusal for an entry of a list. Its field is then the path to the value at fault, such as {@code
     * items[3].upToSeq}, or {@code userIds[3]} if the entry itself is the value.
     *
     * @param list the list's field, by its name on the wire
     * @param index the index of the entry, from 0
     */
    public ChatException inEntry(String list, int index) {
        String entry = requireNonNull(list, "list") + "[" + index + "]";
        String path = field == null || field.equals(list) ? entry : entry + "." + field;
        String named = "Invalid " + field;
        String text = text().startsWith(named) ? "Invalid " + path + text().substring(named.length()) : text();
        return new ChatException(code, text, path, retryAfter, latestSeq, getCause());
    }

    /** Returns the error code. */
    public ErrorCode code() {
        return code;
    }

    /** Returns the text for the user, in English. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** Returns the name of the invalid or missing field on the wire, if the failure concerns one. */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** Returns the sequence number of the conversation's newest message, if the failure states it. */
    public Optional<Long> latestSeq() {
        return Optional.ofNullable(latestSeq);
    }

    /** Returns the time after which a retry may succeed, if it is known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
