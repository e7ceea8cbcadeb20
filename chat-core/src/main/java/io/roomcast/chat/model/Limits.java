package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The limits that a chat applies to its clients. Immutable; two with the same values are equal.
 *
 * <p>Create them with {@link #builder()}. {@link Limit} lists all of them with their ranges and defaults. Lengths of
 * texts are counted in UTF-16 units, as {@code length} counts them in Java and JavaScript.
 */
public final class Limits {
    /** The default of {@link #contentLength}: {@value}. */
    public static final int DEFAULT_CONTENT_LENGTH = 5_000;

    /** The default of {@link #idLength}: {@value}. */
    public static final int DEFAULT_ID_LENGTH = 128;

    /** The default of {@link #clientMessageIdLength}: {@value}. */
    public static final int DEFAULT_CLIENT_MESSAGE_ID_LENGTH = 64;

    /** The default of {@link #fileNameLength}: {@value}. */
    public static final int DEFAULT_FILE_NAME_LENGTH = 255;

    /** The default of {@link #fileUrlLength}: {@value}. */
    public static final int DEFAULT_FILE_URL_LENGTH = 2_048;

    /** The default of {@link #roomsPerSession}: {@value}. */
    public static final int DEFAULT_ROOMS_PER_SESSION = 200;

    /** The default of {@link #historyPage}: {@value}. */
    public static final int DEFAULT_HISTORY_PAGE = 50;

    /** The default of {@link #historyPageMax}: {@value}. */
    public static final int DEFAULT_HISTORY_PAGE_MAX = 100;

    /** The default of {@link #members}: {@value}. */
    public static final int DEFAULT_MEMBERS = 1_000;

    /** The default of {@link #frameBytes}: {@value}. */
    public static final int DEFAULT_FRAME_BYTES = 65_536;

    /** The default of {@link #commandTimeout}, in milliseconds: {@value}. */
    public static final long DEFAULT_COMMAND_TIMEOUT_MILLIS = 10_000;

    /** The default of {@link #typingTimeout}, in milliseconds: {@value}. */
    public static final long DEFAULT_TYPING_TIMEOUT_MILLIS = 6_000;

    /** The default of {@link #typingInterval}, in milliseconds: {@value}. */
    public static final long DEFAULT_TYPING_INTERVAL_MILLIS = 2_000;

    /** The default of {@link #largeRoom}: {@value}. */
    public static final int DEFAULT_LARGE_ROOM = 200;

    /** The default of {@link #headerBytes}: {@value}. */
    public static final int DEFAULT_HEADER_BYTES = 16_384;

    /** The default of {@link #requestLineBytes}: {@value}. */
    public static final int DEFAULT_REQUEST_LINE_BYTES = 8_192;

    /** The default of {@link #pendingBytes}: {@value}. */
    public static final int DEFAULT_PENDING_BYTES = 1_048_576;

    /** The default of {@link #sessionsPerUser}: {@value}. */
    public static final int DEFAULT_SESSIONS_PER_USER = 20;

    /** The default of {@link #connectionsPerAddress}: {@value}. */
    public static final int DEFAULT_CONNECTIONS_PER_ADDRESS = 200;

    /** The default of {@link #handshakesPerSecond}: {@value}. */
    public static final int DEFAULT_HANDSHAKES_PER_SECOND = 100;

    /** The default of {@link #packetsPerSecond}: {@value}. */
    public static final int DEFAULT_PACKETS_PER_SECOND = 500;

    /** The default of {@link #queuedPerConversation}: {@value}. */
    public static final int DEFAULT_QUEUED_PER_CONVERSATION = 1_000;

    /** The default of {@link #queued}: {@value}. */
    public static final int DEFAULT_QUEUED = 10_000;

    /** The default of {@link #syncPage}: {@value}. */
    public static final int DEFAULT_SYNC_PAGE = 300;

    /** The default of {@link #editWindow}, in hours: {@value}. */
    public static final long DEFAULT_EDIT_WINDOW_HOURS = 24;

    /** The default of {@link #deleteWindow}, in hours: {@value}. */
    public static final long DEFAULT_DELETE_WINDOW_HOURS = 24;

    /** The default of {@link #fileBytes}: {@value}. */
    public static final int DEFAULT_FILE_BYTES = 52_428_800;

    /** The default of {@link #uploadsPerUser}: {@value}. */
    public static final int DEFAULT_UPLOADS_PER_USER = 5;

    /** The default of {@link #uploadBytesPerDay}: {@value}. */
    public static final int DEFAULT_UPLOAD_BYTES_PER_DAY = 524_288_000;

    /** The default of {@link #fileTransfers}: {@value}. */
    public static final int DEFAULT_FILE_TRANSFERS = 200;

    /** The default of {@link #uploadExpiry}, in hours: {@value}. */
    public static final long DEFAULT_UPLOAD_EXPIRY_HOURS = 24;

    private static final Duration MIN_TIME = Duration.ofMillis(1);
    private static final Limits DEFAULTS = new Limits(new EnumMap<>(Limit.class), new EnumMap<>(Limit.class));

    private final Map<Limit, Integer> numbers;
    private final Map<Limit, Duration> times;

    /**
     * Copies the given values; a limit without one has its default.
     *
     * @throws IllegalArgumentException if any is out of its range; the text has a line for each
     */
    Limits(Map<Limit, Integer> numbers, Map<Limit, Duration> times) {
        this.numbers = new EnumMap<>(Limit.class);
        this.times = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            if (limit.isTime()) {
                this.times.put(limit, times.getOrDefault(limit, limit.time(limit.defaultAmount())));
            } else {
                this.numbers.put(limit, numbers.getOrDefault(limit, (int) limit.defaultAmount()));
            }
        }
        check();
    }

    private void check() {
        List<String> mistakes = new ArrayList<>();
        for (Limit limit : Limit.values()) {
            String mistake = limit.isTime() ? mistake(limit, time(limit)) : mistake(limit, number(limit));
            if (mistake != null) {
                mistakes.add(mistake);
            }
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", mistakes));
        }
    }

    private static @Nullable String mistake(Limit limit, Duration value) {
        Duration max = limit.time(limit.max());
        boolean isInRange = value.compareTo(MIN_TIME) >= 0 && value.compareTo(max) <= 0;
        return isInRange ? null : line(limit, value, MIN_TIME + " to " + max);
    }

    private @Nullable String mistake(Limit limit, int value) {
        if (!isInRange(limit)) {
            return line(limit, value, limit.min() + " to " + limit.max());
        }
        boolean isTooLarge =
                limit == Limit.HISTORY_PAGE && isInRange(Limit.HISTORY_PAGE_MAX) && value > historyPageMax();
        return isTooLarge ? line(limit, value, "<= historyPageMax, " + historyPageMax()) : null;
    }

    private static String line(Limit limit, Object value, String expected) {
        return limit.settingName() + ": " + value + " (expected: " + expected + ")";
    }

    private boolean isInRange(Limit limit) {
        int value = number(limit);
        return value >= limit.min() && value <= limit.max();
    }

    /** Returns the default of every limit. */
    public static Limits defaults() {
        return DEFAULTS;
    }

    /** Returns a builder that starts from the defaults. */
    public static LimitsBuilder builder() {
        return DEFAULTS.toBuilder();
    }

    /** Returns a builder that starts from these limits. */
    public LimitsBuilder toBuilder() {
        return new LimitsBuilder(numbers, times);
    }

    /**
     * Returns a limit that is a number, in its {@linkplain Limit#unit unit}.
     *
     * @throws IllegalArgumentException if the limit {@linkplain Limit#isTime is a time}
     */
    public int number(Limit limit) {
        Integer number = numbers.get(requireNonNull(limit, "limit"));
        if (number == null) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: a limit that is a number)");
        }
        return number;
    }

    /**
     * Returns a limit that is a time.
     *
     * @throws IllegalArgumentException if the limit {@linkplain Limit#isTime is a number}
     */
    public Duration time(Limit limit) {
        Duration time = times.get(requireNonNull(limit, "limit"));
        if (time == null) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: a limit that is a time)");
        }
        return time;
    }

    /** Returns the maximum length of a message's content, in UTF-16 units. */
    public int contentLength() {
        return number(Limit.CONTENT_LENGTH);
    }

    /** Returns the maximum length of a conversation's or user's id, in UTF-16 units. */
    public int idLength() {
        return number(Limit.ID_LENGTH);
    }

    /** Returns the maximum length of a {@code clientMessageId}, the idempotency key, in UTF-16 units. */
    public int clientMessageIdLength() {
        return number(Limit.CLIENT_MESSAGE_ID_LENGTH);
    }

    /** Returns the maximum length of an attachment's file name, in UTF-16 units. */
    public int fileNameLength() {
        return number(Limit.FILE_NAME_LENGTH);
    }

    /** Returns the maximum length of an attachment's URL, in UTF-16 units. */
    public int fileUrlLength() {
        return number(Limit.FILE_URL_LENGTH);
    }

    /** Returns the maximum number of rooms that a session is in at the same time, in rooms. */
    public int roomsPerSession() {
        return number(Limit.ROOMS_PER_SESSION);
    }

    /** Returns the size of a history page if the client gives no limit, in messages. */
    public int historyPage() {
        return number(Limit.HISTORY_PAGE);
    }

    /** Returns the maximum size of a history page, in messages. */
    public int historyPageMax() {
        return number(Limit.HISTORY_PAGE_MAX);
    }

    /** Returns the maximum number of members of a conversation, in users. */
    public int members() {
        return number(Limit.MEMBERS);
    }

    /** Returns the maximum size of a client's packet and of an HTTP request's body, in bytes. */
    public int frameBytes() {
        return number(Limit.FRAME_BYTES);
    }

    /** Returns the time after which a command fails with {@code timeout}. */
    public Duration commandTimeout() {
        return time(Limit.COMMAND_TIMEOUT);
    }

    /** Returns the time after a typing event until the user no longer counts as typing. */
    public Duration typingTimeout() {
        return time(Limit.TYPING_TIMEOUT);
    }

    /** Returns the minimum time between two typing events of a user in a conversation. */
    public Duration typingInterval() {
        return time(Limit.TYPING_INTERVAL);
    }

    /**
     * Returns the maximum size of a room whose sessions receive typing, viewing and receipt events, in sessions.
     */
    public int largeRoom() {
        return number(Limit.LARGE_ROOM);
    }

    /** Returns the maximum size of all headers of an HTTP request, in bytes. */
    public int headerBytes() {
        return number(Limit.HEADER_BYTES);
    }

    /** Returns the maximum size of an HTTP request line, which contains the URL, in bytes. */
    public int requestLineBytes() {
        return number(Limit.REQUEST_LINE_BYTES);
    }

    /** Returns the maximum amount of unsent data for a client, which is disconnected beyond it, in bytes. */
    public int pendingBytes() {
        return number(Limit.PENDING_BYTES);
    }

    /** Returns the maximum number of open sessions of a user, in sessions. */
    public int sessionsPerUser() {
        return number(Limit.SESSIONS_PER_USER);
    }

    /** Returns the maximum number of open connections from one network address, in connections. */
    public int connectionsPerAddress() {
        return number(Limit.CONNECTIONS_PER_ADDRESS);
    }

    /** Returns the maximum rate of new sessions from one network address, in sessions a second. */
    public int handshakesPerSecond() {
        return number(Limit.HANDSHAKES_PER_SECOND);
    }

    /** Returns the maximum rate of packets from a client, with bursts of four times as many, in packets a second. */
    public int packetsPerSecond() {
        return number(Limit.PACKETS_PER_SECOND);
    }

    /** Returns the maximum number of queued commands of one conversation, in commands. */
    public int queuedPerConversation() {
        return number(Limit.QUEUED_PER_CONVERSATION);
    }

    /** Returns the maximum total of queued commands, over all conversations, in commands. */
    public int queued() {
        return number(Limit.QUEUED);
    }

    /** Returns the maximum and default size of a page of missed messages, in messages. */
    public int syncPage() {
        return number(Limit.SYNC_PAGE);
    }

    /** Returns the time in which authors may edit a message, from its sending on. */
    public Duration editWindow() {
        return time(Limit.EDIT_WINDOW);
    }

    /** Returns the maximum size of an uploaded file, in bytes. */
    public int fileBytes() {
        return number(Limit.FILE_BYTES);
    }

    /** Returns the maximum number of uploads of a user that are in progress, in uploads. */
    public int uploadsPerUser() {
        return number(Limit.UPLOADS_PER_USER);
    }

    /** Returns the maximum size of all files together that a user uploads to one server in a day, in bytes. */
    public int uploadBytesPerDay() {
        return number(Limit.UPLOAD_BYTES_PER_DAY);
    }

    /** Returns the maximum number of files that a server sends or receives at the same time, in files. */
    public int fileTransfers() {
        return number(Limit.FILE_TRANSFERS);
    }

    /** Returns the time after its last byte after which an uploaded file is deleted that no message refers to. */
    public Duration uploadExpiry() {
        return time(Limit.UPLOAD_EXPIRY);
    }

    /** Returns the time in which authors may delete a message, from its sending on. */
    public Duration deleteWindow() {
        return time(Limit.DELETE_WINDOW);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Limits limits && numbers.equals(limits.numbers) && times.equals(limits.times);
    }

    @Override
    public int hashCode() {
        return 31 * numbers.hashCode() + times.hashCode();
    }

    /** Returns all limits by their names. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "Limits[", "]");
        for (Limit limit : Limit.values()) {
            text.add(limit.settingName() + "=" + (limit.isTime() ? time(limit) : number(limit)));
        }
        return text.toString();
    }
}
