package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The one failure type of the library: a request was refused, and this says why in a form that a client may see.
 *
 * <p>Refusals are ordinary outcomes, so they carry no stack trace; one that has a cause keeps the cause's. Immutable.
 */
public final class ChatException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    @Nullable
    private final String field;

    @Nullable
    private final Duration retryAfter;

    private ChatException(
            ErrorCode code,
            String text,
            @Nullable String field,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(text, cause, false, false);
        this.code = requireNonNull(code, "code");
        this.field = field;
        this.retryAfter = retryAfter;
    }

    /** A refusal with the code's own text. */
    public static ChatException of(ErrorCode code) {
        return new ChatException(requireNonNull(code, "code"), code.text(), null, null, null);
    }

    /** A refusal with the code's own text; the cause is for the server's log and is never shown to a client. */
    public static ChatException of(ErrorCode code, Throwable cause) {
        return new ChatException(requireNonNull(code, "code"), code.text(), null, null, requireNonNull(cause, "cause"));
    }

    /**
     * The failure to store a message. With {@link ErrorCode#STORAGE_UNAVAILABLE} its text says so; any other failure
     * stays as it is.
     */
    public static ChatException ofMessage(ChatException failure) {
        return requireNonNull(failure, "failure").code() == ErrorCode.STORAGE_UNAVAILABLE
                ? new ChatException(failure.code(), "Message could not be stored", null, null, failure.getCause())
                : failure;
    }

    /** A refusal by the host, {@link ErrorCode#REJECTED}, with the host's own text for the user. */
    public static ChatException rejected(String text) {
        return new ChatException(ErrorCode.REJECTED, requireNonNull(text, "text"), null, null, null);
    }

    /** A refusal of one field's value, {@link ErrorCode#INVALID_PAYLOAD}; the value itself is not repeated. */
    public static ChatException invalid(String field) {
        return new ChatException(
                ErrorCode.INVALID_PAYLOAD, "Invalid " + requireNonNull(field, "field"), field, null, null);
    }

    /**
     * The same, saying what the field may hold.
     *
     * @param field the field, by its name on the wire
     * @param expected what its value may be, in a few words of English
     */
    public static ChatException invalid(String field, String expected) {
        String text = "Invalid " + requireNonNull(field, "field") + " (expected: "
                + requireNonNull(expected, "expected") + ")";
        return new ChatException(ErrorCode.INVALID_PAYLOAD, text, field, null, null);
    }

    /** A refusal of a page's position, {@link ErrorCode#INVALID_CURSOR}. */
    public static ChatException invalidCursor(String field) {
        return new ChatException(
                ErrorCode.INVALID_CURSOR, "Invalid " + requireNonNull(field, "field"), field, null, null);
    }

    /** A refusal for absent fields, {@link ErrorCode#MISSING_FIELDS}, that names the first of them. */
    public static ChatException missing(String field) {
        return new ChatException(
                ErrorCode.MISSING_FIELDS, ErrorCode.MISSING_FIELDS.text(), requireNonNull(field, "field"), null, null);
    }

    /** A refusal for a full queue or a used-up rate, {@link ErrorCode#RATE_LIMITED}. */
    public static ChatException rateLimited(Duration retryAfter) {
        return new ChatException(
                ErrorCode.RATE_LIMITED,
                ErrorCode.RATE_LIMITED.text(),
                null,
                requireNonNull(retryAfter, "retryAfter"),
                null);
    }

    /**
     * Any failure as one of this type: itself, what a future wrapped, or {@link ErrorCode#INTERNAL_ERROR} with it as the
     * cause.
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
        return new ChatException(code, text, path, retryAfter, getCause());
    }

    /** Why the request was refused. */
    public ErrorCode code() {
        return code;
    }

    /** The text for the user, in English. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** The field at fault, by its name on the wire. */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** How long to wait before another try. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
