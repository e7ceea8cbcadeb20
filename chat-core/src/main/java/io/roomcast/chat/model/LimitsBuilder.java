package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Builds {@link Limits}. Not safe for use by several threads.
 *
 * <p>{@link #build} checks all values together. The setters themselves accept any value. Servers that read the
 * environment name the variable of a limit after it, as {@code CHAT_CONTENT_LENGTH} for {@link #contentLength}.
 */
public final class LimitsBuilder {
    private final Map<Limit, Integer> numbers;
    private final Map<Limit, Duration> times;

    LimitsBuilder(Map<Limit, Integer> numbers, Map<Limit, Duration> times) {
        this.numbers = new EnumMap<>(numbers);
        this.times = new EnumMap<>(times);
    }

    /**
     * Sets the maximum length of a message's content, in UTF-16 units: 1 to 100,000, default {@value
     * Limits#DEFAULT_CONTENT_LENGTH}. Longer content is refused with {@link ErrorCode#MESSAGE_TOO_LONG}.
     */
    public LimitsBuilder contentLength(int contentLength) {
        numbers.put(Limit.CONTENT_LENGTH, contentLength);
        return this;
    }

    /**
     * Sets the maximum length of a conversation's or user's id, in UTF-16 units: 1 to 1,024, default {@value
     * Limits#DEFAULT_ID_LENGTH}.
     */
    public LimitsBuilder idLength(int idLength) {
        numbers.put(Limit.ID_LENGTH, idLength);
        return this;
    }

    /**
     * Sets the maximum length of a {@code clientMessageId}, the idempotency key, in UTF-16 units: 1 to 255, default
     * {@value Limits#DEFAULT_CLIENT_MESSAGE_ID_LENGTH}.
     */
    public LimitsBuilder clientMessageIdLength(int clientMessageIdLength) {
        numbers.put(Limit.CLIENT_MESSAGE_ID_LENGTH, clientMessageIdLength);
        return this;
    }

    /**
     * Sets the maximum length of an attachment's file name, in UTF-16 units: 1 to 1,024, default {@value
     * Limits#DEFAULT_FILE_NAME_LENGTH}.
     */
    public LimitsBuilder fileNameLength(int fileNameLength) {
        numbers.put(Limit.FILE_NAME_LENGTH, fileNameLength);
        return this;
    }

    /**
     * Sets the maximum length of an attachment's URL, in UTF-16 units: 1 to 8,192, default {@value
     * Limits#DEFAULT_FILE_URL_LENGTH}.
     */
    public LimitsBuilder fileUrlLength(int fileUrlLength) {
        numbers.put(Limit.FILE_URL_LENGTH, fileUrlLength);
        return this;
    }

    /**
     * Sets the maximum number of rooms that a session is in at the same time, in rooms: 1 to 100,000, default {@value
     * Limits#DEFAULT_ROOMS_PER_SESSION}.
     */
    public LimitsBuilder roomsPerSession(int roomsPerSession) {
        numbers.put(Limit.ROOMS_PER_SESSION, roomsPerSession);
        return this;
    }

    /**
     * Sets the size of a history page if the client gives no limit, in messages: 1 to 1,000, default {@value
     * Limits#DEFAULT_HISTORY_PAGE}. Must not exceed {@link #historyPageMax}.
     */
    public LimitsBuilder historyPage(int historyPage) {
        numbers.put(Limit.HISTORY_PAGE, historyPage);
        return this;
    }

    /**
     * Sets the maximum size of a history page, in messages: 1 to 1,000, default {@value
     * Limits#DEFAULT_HISTORY_PAGE_MAX}.
     */
    public LimitsBuilder historyPageMax(int historyPageMax) {
        numbers.put(Limit.HISTORY_PAGE_MAX, historyPageMax);
        return this;
    }

    /**
     * Sets the maximum number of members of a conversation, in users: 2 to 1,000,000, default {@value
     * Limits#DEFAULT_MEMBERS}. A larger number is refused with {@link ErrorCode#MEMBER_LIMIT}.
     */
    public LimitsBuilder members(int members) {
        numbers.put(Limit.MEMBERS, members);
        return this;
    }

    /**
     * Sets the maximum size of a client's packet and of an HTTP request's body, in bytes: 1,024 to 16,777,216, default
     * {@value Limits#DEFAULT_FRAME_BYTES}. Larger ones are refused with {@link ErrorCode#PAYLOAD_TOO_LARGE}.
     */
    public LimitsBuilder frameBytes(int frameBytes) {
        numbers.put(Limit.FRAME_BYTES, frameBytes);
        return this;
    }

    /**
     * Sets the time after which a command fails with {@code timeout}: 1 ms to 3,600,000 ms, default {@value
     * Limits#DEFAULT_COMMAND_TIMEOUT_MILLIS} ms.
     */
    public LimitsBuilder commandTimeout(Duration commandTimeout) {
        times.put(Limit.COMMAND_TIMEOUT, requireNonNull(commandTimeout, "commandTimeout"));
        return this;
    }

    /**
     * Sets the time after a typing event until the user no longer counts as typing: 1 ms to 3,600,000 ms, default
     * {@value Limits#DEFAULT_TYPING_TIMEOUT_MILLIS} ms.
     */
    public LimitsBuilder typingTimeout(Duration typingTimeout) {
        times.put(Limit.TYPING_TIMEOUT, requireNonNull(typingTimeout, "typingTimeout"));
        return this;
    }

    /**
     * Sets the minimum time between two typing events of a user in a conversation: 1 ms to 3,600,000 ms, default
     * {@value Limits#DEFAULT_TYPING_INTERVAL_MILLIS} ms.
     */
    public LimitsBuilder typingInterval(Duration typingInterval) {
        times.put(Limit.TYPING_INTERVAL, requireNonNull(typingInterval, "typingInterval"));
        return this;
    }

    /**
     * Sets the maximum size of a room whose sessions receive typing, viewing and receipt events, in sessions: 1 to
     * 1,000,000, default {@value Limits#DEFAULT_LARGE_ROOM}. Larger rooms receive join and leave events at most once a
     * second.
     */
    public LimitsBuilder largeRoom(int largeRoom) {
        numbers.put(Limit.LARGE_ROOM, largeRoom);
        return this;
    }

    /**
     * Sets the maximum size of all headers of an HTTP request, in bytes: 1,024 to 1,048,576, default {@value
     * Limits#DEFAULT_HEADER_BYTES}.
     */
    public LimitsBuilder headerBytes(int headerBytes) {
        numbers.put(Limit.HEADER_BYTES, headerBytes);
        return this;
    }

    /**
     * Sets the maximum size of an HTTP request line, which contains the URL, in bytes: 512 to 65,536, default {@value
     * Limits#DEFAULT_REQUEST_LINE_BYTES}.
     */
    public LimitsBuilder requestLineBytes(int requestLineBytes) {
        numbers.put(Limit.REQUEST_LINE_BYTES, requestLineBytes);
        return this;
    }

    /**
     * Sets the maximum amount of unsent data for a client, which is disconnected beyond it, in bytes: 65,536 to
     * 1,073,741,824, default {@value Limits#DEFAULT_PENDING_BYTES}.
     */
    public LimitsBuilder pendingBytes(int pendingBytes) {
        numbers.put(Limit.PENDING_BYTES, pendingBytes);
        return this;
    }

    /**
     * Sets the maximum number of open sessions of a user, in sessions: 1 to 100,000, default {@value
     * Limits#DEFAULT_SESSIONS_PER_USER}.
     */
    public LimitsBuilder sessionsPerUser(int sessionsPerUser) {
        numbers.put(Limit.SESSIONS_PER_USER, sessionsPerUser);
        return this;
    }

    /**
     * Sets the maximum number of open connections from one network address, in connections: 1 to 1,000,000, default
     * {@value Limits#DEFAULT_CONNECTIONS_PER_ADDRESS}. Loopback addresses are not limited.
     */
    public LimitsBuilder connectionsPerAddress(int connectionsPerAddress) {
        numbers.put(Limit.CONNECTIONS_PER_ADDRESS, connectionsPerAddress);
        return this;
    }

    /**
     * Sets the maximum rate of new sessions from one network address, in sessions a second: 1 to 1,000,000, default
     * {@value Limits#DEFAULT_HANDSHAKES_PER_SECOND}. Loopback addresses are not limited.
     */
    public LimitsBuilder handshakesPerSecond(int handshakesPerSecond) {
        numbers.put(Limit.HANDSHAKES_PER_SECOND, handshakesPerSecond);
        return this;
    }

    /**
     * Sets the maximum rate of packets from a client, with bursts of four times as many, in packets a second: 1 to
     * 10,000,000, default {@value Limits#DEFAULT_PACKETS_PER_SECOND}.
     */
    public LimitsBuilder packetsPerSecond(int packetsPerSecond) {
        numbers.put(Limit.PACKETS_PER_SECOND, packetsPerSecond);
        return this;
    }

    /**
     * Sets the maximum number of queued commands of one conversation, in commands: 1 to 1,000,000, default {@value
     * Limits#DEFAULT_QUEUED_PER_CONVERSATION}.
     */
    public LimitsBuilder queuedPerConversation(int queuedPerConversation) {
        numbers.put(Limit.QUEUED_PER_CONVERSATION, queuedPerConversation);
        return this;
    }

    /**
     * Sets the maximum total of queued commands, over all conversations, in commands: 1 to 10,000,000, default
     * {@value Limits#DEFAULT_QUEUED}.
     */
    public LimitsBuilder queued(int queued) {
        numbers.put(Limit.QUEUED, queued);
        return this;
    }

    /**
     * Sets the maximum and default size of a page of missed messages, in messages: 1 to 1,000, default {@value
     * Limits#DEFAULT_SYNC_PAGE}.
     */
    public LimitsBuilder syncPage(int syncPage) {
        numbers.put(Limit.SYNC_PAGE, syncPage);
        return this;
    }

    /**
     * Sets the time in which authors may edit a message, from its sending on: 1 ms to 876,000 hours, default {@value
     * Limits#DEFAULT_EDIT_WINDOW_HOURS} hours.
     */
    public LimitsBuilder editWindow(Duration editWindow) {
        times.put(Limit.EDIT_WINDOW, requireNonNull(editWindow, "editWindow"));
        return this;
    }

    /**
     * Sets the time in which authors may delete a message, from its sending on: 1 ms to 876,000 hours, default {@value
     * Limits#DEFAULT_DELETE_WINDOW_HOURS} hours. Moderators may always.
     */
    public LimitsBuilder deleteWindow(Duration deleteWindow) {
        times.put(Limit.DELETE_WINDOW, requireNonNull(deleteWindow, "deleteWindow"));
        return this;
    }

    /**
     * Sets the maximum size of an uploaded file, in bytes: 1 to 2,000,000,000, default {@value
     * Limits#DEFAULT_FILE_BYTES}. Larger files are refused with {@link ErrorCode#FILE_TOO_LARGE}.
     */
    public LimitsBuilder fileBytes(int fileBytes) {
        numbers.put(Limit.FILE_BYTES, fileBytes);
        return this;
    }

    /**
     * Sets the maximum number of uploads of a user that are in progress, in uploads: 1 to 10,000, default {@value
     * Limits#DEFAULT_UPLOADS_PER_USER}. Further ones are refused with {@link ErrorCode#UPLOAD_LIMIT}.
     */
    public LimitsBuilder uploadsPerUser(int uploadsPerUser) {
        numbers.put(Limit.UPLOADS_PER_USER, uploadsPerUser);
        return this;
    }

    /**
     * Sets the maximum size of all files together that a user uploads to one server in a day, in bytes: 1 to 2,000,000,000,
     * default {@value Limits#DEFAULT_UPLOAD_BYTES_PER_DAY}. Further ones are refused with {@link
     * ErrorCode#QUOTA_EXCEEDED}.
     */
    public LimitsBuilder uploadBytesPerDay(int uploadBytesPerDay) {
        numbers.put(Limit.UPLOAD_BYTES_PER_DAY, uploadBytesPerDay);
        return this;
    }

    /**
     * Sets the maximum number of files that a server sends or receives at the same time, in files: 1 to 100,000, default
     * {@value Limits#DEFAULT_FILE_TRANSFERS}. Further requests are refused with {@link ErrorCode#UNAVAILABLE}.
     */
    public LimitsBuilder fileTransfers(int fileTransfers) {
        numbers.put(Limit.FILE_TRANSFERS, fileTransfers);
        return this;
    }

    /**
     * Sets the time after its last byte after which an uploaded file is deleted that no message refers to: 1 ms to 876,000
     * hours, default {@value Limits#DEFAULT_UPLOAD_EXPIRY_HOURS} hours.
     */
    public LimitsBuilder uploadExpiry(Duration uploadExpiry) {
        times.put(Limit.UPLOAD_EXPIRY, requireNonNull(uploadExpiry, "uploadExpiry"));
        return this;
    }

    /**
     * Sets any limit, as the method of its name does.
     *
     * @param limit the limit to set
     * @param amount the amount in the limit's {@linkplain Limit#unit unit}
     * @throws IllegalArgumentException if the amount is out of the limit's range
     */
    public LimitsBuilder set(Limit limit, long amount) {
        requireNonNull(limit, "limit");
        if (amount < limit.min() || amount > limit.max()) {
            throw new IllegalArgumentException(limit.settingName() + ": " + amount + " (expected: " + limit.min()
                    + " to " + limit.max() + " " + limit.unit() + ")");
        }
        if (limit.isTime()) {
            times.put(limit, limit.time(amount));
        } else {
            numbers.put(limit, (int) amount);
        }
        return this;
    }

    /**
     * Returns the limits as set.
     *
     * @throws IllegalArgumentException if any is out of its range; the text has a line for each
     */
    public Limits build() {
        return new Limits(numbers, times);
    }
}
