package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Limits for what one client may ask for. Immutable. Lengths of texts are in UTF-16 units, as Java's and JavaScript's
 * {@code length} count them.
 *
 * @param contentLength the longest content, in UTF-16 units
 * @param idLength the longest id of a conversation or a user, in UTF-16 units
 * @param clientMessageIdLength the longest idempotency key, in UTF-16 units
 * @param fileNameLength the longest name of a file, in UTF-16 units
 * @param fileUrlLength the longest URL of a file, in UTF-16 units
 * @param roomsPerSession the rooms that one session may be in at once
 * @param largeRoom the number of sessions above which a room is large: its sessions do not each receive typing,
 *     viewing, receipt, join and leave events
 * @param historyPage the messages of a page of history if the client gives no limit
 * @param historyPageMax the most messages of a page of history
 * @param members the members of a conversation
 * @param frameBytes the largest packet of a client and the largest body of an HTTP request, in bytes
 * @param headerBytes the largest headers of an HTTP request, in bytes, all together
 * @param requestLineBytes the longest request line of an HTTP request, in bytes, including its address
 * @param pendingBytes the bytes that may wait for one client before it is disconnected
 * @param sessionsPerUser the sessions that one user may have at once
 * @param connectionsPerAddress the connections from one network address at once, except from this machine's own
 * @param handshakesPerSecond the new sessions a second from one network address, except from this machine's own
 * @param packetsPerSecond the packets a second that one client may send, and four times as many at once
 * @param queuedPerConversation the commands that may wait for one conversation
 * @param queued the commands that may wait in all
 * @param commandTimeout how long a command may take before it is answered with {@link ErrorCode#TIMEOUT}
 * @param typingTimeout how long a user counts as typing after the last {@code startTyping}
 * @param typingInterval the time in which the same user's typing in the same conversation is sent only once
 * @param syncPage the most messages of a page of missed messages, and the default if the client gives no limit
 * @param editWindow how long authors may edit their messages
 * @param deleteWindow how long authors may delete their messages; moderators always may
 */
public record Limits(
        int contentLength,
        int idLength,
        int clientMessageIdLength,
        int fileNameLength,
        int fileUrlLength,
        int roomsPerSession,
        int largeRoom,
        int historyPage,
        int historyPageMax,
        int members,
        int frameBytes,
        int headerBytes,
        int requestLineBytes,
        int pendingBytes,
        int sessionsPerUser,
        int connectionsPerAddress,
        int handshakesPerSecond,
        int packetsPerSecond,
        int queuedPerConversation,
        int queued,
        Duration commandTimeout,
        Duration typingTimeout,
        Duration typingInterval,
        int syncPage,
        Duration editWindow,
        Duration deleteWindow) {
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

    /** The default of {@link #largeRoom}: {@value}. */
    public static final int DEFAULT_LARGE_ROOM = 200;

    /** The default of {@link #historyPage}: {@value}. */
    public static final int DEFAULT_HISTORY_PAGE = 50;

    /** The default of {@link #historyPageMax}: {@value}. */
    public static final int DEFAULT_HISTORY_PAGE_MAX = 100;

    /** The default of {@link #members}: {@value}. */
    public static final int DEFAULT_MEMBERS = 1_000;

    /** The default of {@link #frameBytes}: {@value}. */
    public static final int DEFAULT_FRAME_BYTES = 65_536;

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

    /** The default of {@link #commandTimeout}, in milliseconds: {@value}. */
    public static final long DEFAULT_COMMAND_TIMEOUT_MILLIS = 10_000;

    /** The default of {@link #typingTimeout}, in milliseconds: {@value}. */
    public static final long DEFAULT_TYPING_TIMEOUT_MILLIS = 6_000;

    /** The default of {@link #typingInterval}, in milliseconds: {@value}. */
    public static final long DEFAULT_TYPING_INTERVAL_MILLIS = 2_000;

    /** The default of {@link #syncPage}: {@value}. */
    public static final int DEFAULT_SYNC_PAGE = 300;

    /** The default of {@link #editWindow}, in hours: {@value}. */
    public static final long DEFAULT_EDIT_WINDOW_HOURS = 24;

    /** The default of {@link #deleteWindow}, in hours: {@value}. */
    public static final long DEFAULT_DELETE_WINDOW_HOURS = 24;

    private static final int LARGEST_PAGE = 1_000;
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration A_WHILE = Duration.ofHours(1);
    private static final Duration AGES = Duration.ofDays(36_500);
    private static final Limits DEFAULTS = new Limits(
            DEFAULT_CONTENT_LENGTH,
            DEFAULT_ID_LENGTH,
            DEFAULT_CLIENT_MESSAGE_ID_LENGTH,
            DEFAULT_FILE_NAME_LENGTH,
            DEFAULT_FILE_URL_LENGTH,
            DEFAULT_ROOMS_PER_SESSION,
            DEFAULT_LARGE_ROOM,
            DEFAULT_HISTORY_PAGE,
            DEFAULT_HISTORY_PAGE_MAX,
            DEFAULT_MEMBERS,
            DEFAULT_FRAME_BYTES,
            DEFAULT_HEADER_BYTES,
            DEFAULT_REQUEST_LINE_BYTES,
            DEFAULT_PENDING_BYTES,
            DEFAULT_SESSIONS_PER_USER,
            DEFAULT_CONNECTIONS_PER_ADDRESS,
            DEFAULT_HANDSHAKES_PER_SECOND,
            DEFAULT_PACKETS_PER_SECOND,
            DEFAULT_QUEUED_PER_CONVERSATION,
            DEFAULT_QUEUED,
            Duration.ofMillis(DEFAULT_COMMAND_TIMEOUT_MILLIS),
            Duration.ofMillis(DEFAULT_TYPING_TIMEOUT_MILLIS),
            Duration.ofMillis(DEFAULT_TYPING_INTERVAL_MILLIS),
            DEFAULT_SYNC_PAGE,
            Duration.ofHours(DEFAULT_EDIT_WINDOW_HOURS),
            Duration.ofHours(DEFAULT_DELETE_WINDOW_HOURS));

    /**
     * Checks that each limit is in its range.
     *
     * @throws IllegalArgumentException if any is not; the text has a line for each
     */
    public Limits {
        requireNonNull(commandTimeout, "commandTimeout");
        requireNonNull(typingTimeout, "typingTimeout");
        requireNonNull(typingInterval, "typingInterval");
        requireNonNull(editWindow, "editWindow");
        requireNonNull(deleteWindow, "deleteWindow");
        List<String> mistakes = new ArrayList<>();
        range(mistakes, "contentLength", contentLength, 1, 100_000);
        range(mistakes, "idLength", idLength, 1, 1_024);
        range(mistakes, "clientMessageIdLength", clientMessageIdLength, 1, 255);
        range(mistakes, "fileNameLength", fileNameLength, 1, 1_024);
        range(mistakes, "fileUrlLength", fileUrlLength, 1, 8_192);
        range(mistakes, "roomsPerSession", roomsPerSession, 1, 100_000);
        range(mistakes, "largeRoom", largeRoom, 1, 1_000_000);
        range(mistakes, "historyPage", historyPage, 1, LARGEST_PAGE);
        range(mistakes, "historyPageMax", historyPageMax, 1, LARGEST_PAGE);
        if (historyPage > historyPageMax && historyPage <= LARGEST_PAGE && historyPageMax >= 1) {
            mistakes.add("historyPage: " + historyPage + " (expected: <= historyPageMax, " + historyPageMax + ")");
        }
        range(mistakes, "members", members, 2, 1_000_000);
        range(mistakes, "frameBytes", frameBytes, 1_024, 16_777_216);
        range(mistakes, "headerBytes", headerBytes, 1_024, 1_048_576);
        range(mistakes, "requestLineBytes", requestLineBytes, 512, 65_536);
        range(mistakes, "pendingBytes", pendingBytes, 65_536, 1_073_741_824);
        range(mistakes, "sessionsPerUser", sessionsPerUser, 1, 100_000);
        range(mistakes, "connectionsPerAddress", connectionsPerAddress, 1, 1_000_000);
        range(mistakes, "handshakesPerSecond", handshakesPerSecond, 1, 1_000_000);
        range(mistakes, "packetsPerSecond", packetsPerSecond, 1, 10_000_000);
        range(mistakes, "queuedPerConversation", queuedPerConversation, 1, 1_000_000);
        range(mistakes, "queued", queued, 1, 10_000_000);
        range(mistakes, "commandTimeout", commandTimeout, A_WHILE);
        range(mistakes, "typingTimeout", typingTimeout, A_WHILE);
        range(mistakes, "typingInterval", typingInterval, A_WHILE);
        range(mistakes, "syncPage", syncPage, 1, 1_000);
        range(mistakes, "editWindow", editWindow, AGES);
        range(mistakes, "deleteWindow", deleteWindow, AGES);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", mistakes));
        }
    }

    /** The limits that hold where a host says nothing. */
    public static Limits defaults() {
        return DEFAULTS;
    }

    /** A builder that starts from the defaults. */
    public static LimitsBuilder builder() {
        return DEFAULTS.toBuilder();
    }

    /** A builder that starts from these limits. */
    public LimitsBuilder toBuilder() {
        return new LimitsBuilder(this);
    }

    private static void range(List<String> mistakes, String name, int value, int least, int most) {
        if (value < least || value > most) {
            mistakes.add(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }

    private static void range(List<String> mistakes, String name, Duration value, Duration most) {
        if (value.compareTo(LEAST) < 0 || value.compareTo(most) > 0) {
            mistakes.add(name + ": " + value + " (expected: " + LEAST + " to " + most + ")");
        }
    }
}
