package io.roomcast.chat.model;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The register of all {@link Limits}: each limit's name, range, default, unit and meaning.
 *
 * <p>A host sets a limit with the {@link LimitsBuilder} method of the same name. Clients receive all limits when their
 * session starts. A limit is a number or a time; amounts of both are counted in the limit's {@link #unit}.
 */
public enum Limit {
    /** The maximum length of a message's content. */
    CONTENT_LENGTH(
            1, 100_000, Limits.DEFAULT_CONTENT_LENGTH, "UTF-16 units", "the maximum length of a message's content"),
    /** The maximum length of a conversation's or user's id. */
    ID_LENGTH(
            1, 1_024, Limits.DEFAULT_ID_LENGTH, "UTF-16 units", "the maximum length of a conversation's or user's id"),
    /** The maximum length of a {@code clientMessageId}, the idempotency key. */
    CLIENT_MESSAGE_ID_LENGTH(
            1,
            255,
            Limits.DEFAULT_CLIENT_MESSAGE_ID_LENGTH,
            "UTF-16 units",
            "the maximum length of a clientMessageId, the idempotency key"),
    /** The maximum length of an attachment's file name. */
    FILE_NAME_LENGTH(
            1,
            1_024,
            Limits.DEFAULT_FILE_NAME_LENGTH,
            "UTF-16 units",
            "the maximum length of an attachment's file name"),
    /** The maximum length of an attachment's URL. */
    FILE_URL_LENGTH(
            1, 8_192, Limits.DEFAULT_FILE_URL_LENGTH, "UTF-16 units", "the maximum length of an attachment's URL"),
    /** The maximum number of rooms that a session is in at the same time. */
    ROOMS_PER_SESSION(
            1,
            100_000,
            Limits.DEFAULT_ROOMS_PER_SESSION,
            "rooms",
            "the maximum number of rooms that a session is in at the same time"),
    /** The size of a history page if the client gives no limit. */
    HISTORY_PAGE(
            1,
            1_000,
            Limits.DEFAULT_HISTORY_PAGE,
            "messages",
            "the size of a history page if the client gives no limit"),
    /** The maximum size of a history page. */
    HISTORY_PAGE_MAX(1, 1_000, Limits.DEFAULT_HISTORY_PAGE_MAX, "messages", "the maximum size of a history page"),
    /** The maximum number of members of a conversation. */
    MEMBERS(2, 1_000_000, Limits.DEFAULT_MEMBERS, "users", "the maximum number of members of a conversation"),
    /** The maximum size of a client's packet and of an HTTP request's body. */
    FRAME_BYTES(
            1_024,
            16_777_216,
            Limits.DEFAULT_FRAME_BYTES,
            "bytes",
            "the maximum size of a client's packet and of an HTTP request's body"),
    /** The time after which a command fails with {@code timeout}. */
    COMMAND_TIMEOUT(
            3_600_000,
            Limits.DEFAULT_COMMAND_TIMEOUT_MILLIS,
            ChronoUnit.MILLIS,
            "the time after which a command fails with timeout"),
    /** The time after a typing event until the user no longer counts as typing. */
    TYPING_TIMEOUT(
            3_600_000,
            Limits.DEFAULT_TYPING_TIMEOUT_MILLIS,
            ChronoUnit.MILLIS,
            "the time after a typing event until the user no longer counts as typing"),
    /** The minimum time between two typing events of a user in a conversation. */
    TYPING_INTERVAL(
            3_600_000,
            Limits.DEFAULT_TYPING_INTERVAL_MILLIS,
            ChronoUnit.MILLIS,
            "the minimum time between two typing events of a user in a conversation"),
    /** The maximum size of a room whose sessions receive typing, viewing and receipt events. */
    LARGE_ROOM(
            1,
            1_000_000,
            Limits.DEFAULT_LARGE_ROOM,
            "sessions",
            "the maximum size of a room whose sessions receive typing, viewing and receipt events"),
    /** The maximum size of all headers of an HTTP request. */
    HEADER_BYTES(
            1_024,
            1_048_576,
            Limits.DEFAULT_HEADER_BYTES,
            "bytes",
            "the maximum size of all headers of an HTTP request"),
    /** The maximum size of an HTTP request line, which contains the URL. */
    REQUEST_LINE_BYTES(
            512,
            65_536,
            Limits.DEFAULT_REQUEST_LINE_BYTES,
            "bytes",
            "the maximum size of an HTTP request line, which contains the URL"),
    /** The maximum amount of unsent data for a client, which is disconnected beyond it. */
    PENDING_BYTES(
            65_536,
            1_073_741_824,
            Limits.DEFAULT_PENDING_BYTES,
            "bytes",
            "the maximum amount of unsent data for a client, which is disconnected beyond it"),
    /** The maximum number of open sessions of a user. */
    SESSIONS_PER_USER(
            1, 100_000, Limits.DEFAULT_SESSIONS_PER_USER, "sessions", "the maximum number of open sessions of a user"),
    /** The maximum number of open connections from one network address. */
    CONNECTIONS_PER_ADDRESS(
            1,
            1_000_000,
            Limits.DEFAULT_CONNECTIONS_PER_ADDRESS,
            "connections",
            "the maximum number of open connections from one network address"),
    /** The maximum rate of new sessions from one network address. */
    HANDSHAKES_PER_SECOND(
            1,
            1_000_000,
            Limits.DEFAULT_HANDSHAKES_PER_SECOND,
            "sessions a second",
            "the maximum rate of new sessions from one network address"),
    /** The maximum rate of packets from a client, with bursts of four times as many. */
    PACKETS_PER_SECOND(
            1,
            10_000_000,
            Limits.DEFAULT_PACKETS_PER_SECOND,
            "packets a second",
            "the maximum rate of packets from a client, with bursts of four times as many"),
    /** The maximum number of queued commands of one conversation. */
    QUEUED_PER_CONVERSATION(
            1,
            1_000_000,
            Limits.DEFAULT_QUEUED_PER_CONVERSATION,
            "commands",
            "the maximum number of queued commands of one conversation"),
    /** The maximum total of queued commands, over all conversations. */
    QUEUED(
            1,
            10_000_000,
            Limits.DEFAULT_QUEUED,
            "commands",
            "the maximum total of queued commands, over all conversations"),
    /** The maximum and default size of a page of missed messages. */
    SYNC_PAGE(
            1,
            1_000,
            Limits.DEFAULT_SYNC_PAGE,
            "messages",
            "the maximum and default size of a page of missed messages"),
    /** The time in which authors may edit a message, from its sending on. */
    EDIT_WINDOW(
            876_000,
            Limits.DEFAULT_EDIT_WINDOW_HOURS,
            ChronoUnit.HOURS,
            "the time in which authors may edit a message, from its sending on"),
    /** The time in which authors may delete a message, from its sending on. */
    DELETE_WINDOW(
            876_000,
            Limits.DEFAULT_DELETE_WINDOW_HOURS,
            ChronoUnit.HOURS,
            "the time in which authors may delete a message, from its sending on"),
    /** The maximum size of an uploaded file. */
    FILE_BYTES(1, 2_000_000_000, Limits.DEFAULT_FILE_BYTES, "bytes", "the maximum size of an uploaded file"),
    /** The maximum number of uploads of a user that are in progress. */
    UPLOADS_PER_USER(
            1,
            10_000,
            Limits.DEFAULT_UPLOADS_PER_USER,
            "uploads",
            "the maximum number of uploads of a user that are in progress"),
    /** The maximum size of all files together that a user uploads to one server in a day. */
    UPLOAD_BYTES_PER_DAY(
            1,
            2_000_000_000,
            Limits.DEFAULT_UPLOAD_BYTES_PER_DAY,
            "bytes",
            "the maximum size of all files together that a user uploads to one server in a day"),
    /** The maximum number of files that a server sends or receives at the same time. */
    FILE_TRANSFERS(
            1,
            100_000,
            Limits.DEFAULT_FILE_TRANSFERS,
            "files",
            "the maximum number of files that a server sends or receives at the same time"),
    /** The time after its last byte after which an uploaded file is deleted that no message refers to. */
    UPLOAD_EXPIRY(
            876_000,
            Limits.DEFAULT_UPLOAD_EXPIRY_HOURS,
            ChronoUnit.HOURS,
            "the time after its last byte after which an uploaded file is deleted that no message refers to");

    private final String settingName = camelCase(name());
    private final long min;
    private final long max;
    private final long defaultAmount;
    private final String unit;
    private final Optional<ChronoUnit> timeUnit;
    private final String meaning;
    private final String wireName;

    Limit(int min, int max, int defaultAmount, String unit, String meaning) {
        this.min = min;
        this.max = max;
        this.defaultAmount = defaultAmount;
        this.unit = unit;
        this.timeUnit = Optional.empty();
        this.meaning = meaning;
        this.wireName = settingName;
    }

    Limit(long max, long defaultAmount, ChronoUnit timeUnit, String meaning) {
        this.min = 1;
        this.max = max;
        this.defaultAmount = defaultAmount;
        this.unit = timeUnit == ChronoUnit.MILLIS ? "ms" : timeUnit.toString().toLowerCase(Locale.ROOT);
        this.timeUnit = Optional.of(timeUnit);
        this.meaning = meaning;
        this.wireName = settingName + "Ms";
    }

    /** Returns the name of the methods that set and return the limit, such as {@code contentLength}. */
    public String settingName() {
        return settingName;
    }

    private static String camelCase(String constant) {
        return Pattern.compile("_([a-z])")
                .matcher(constant.toLowerCase(Locale.ROOT))
                .replaceAll(start -> start.group(1).toUpperCase(Locale.ROOT));
    }

    /** Returns the name under which clients receive the limit; that of a time ends with {@code Ms}. */
    public String wireName() {
        return wireName;
    }

    /** Returns what the limit bounds, as a phrase that begins with an article. */
    public String meaning() {
        return meaning;
    }

    /** Returns the unit of the amounts, such as {@code bytes}. */
    public String unit() {
        return unit;
    }

    /** Returns the smallest permitted amount. A time in hours may also be set to a part of an hour, down to 1 ms. */
    public long min() {
        return min;
    }

    /** Returns the largest permitted amount. */
    public long max() {
        return max;
    }

    /** Returns the amount that applies if the host sets none. */
    public long defaultAmount() {
        return defaultAmount;
    }

    /** Returns whether the limit is a time; otherwise it is a number. */
    public boolean isTime() {
        return timeUnit.isPresent();
    }

    /** Returns an amount of a time as a duration. */
    Duration time(long amount) {
        return Duration.of(amount, timeUnit.orElseThrow());
    }
}
