package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Collects {@link Limits}. Not safe for use by several threads. */
public final class LimitsBuilder {
    private int contentLength;
    private int idLength;
    private int clientMessageIdLength;
    private int fileNameLength;
    private int fileUrlLength;
    private int roomsPerSession;
    private int largeRoom;
    private int historyPage;
    private int historyPageMax;
    private int members;
    private int frameBytes;
    private int headerBytes;
    private int requestLineBytes;
    private int pendingBytes;
    private int sessionsPerUser;
    private int connectionsPerAddress;
    private int handshakesPerSecond;
    private int packetsPerSecond;
    private int queuedPerConversation;
    private int queued;
    private Duration commandTimeout;
    private Duration typingTimeout;
    private Duration typingInterval;
    private int syncPage;
    private Duration editWindow;
    private Duration deleteWindow;

    LimitsBuilder(Limits from) {
        contentLength = from.contentLength();
        idLength = from.idLength();
        clientMessageIdLength = from.clientMessageIdLength();
        fileNameLength = from.fileNameLength();
        fileUrlLength = from.fileUrlLength();
        roomsPerSession = from.roomsPerSession();
        largeRoom = from.largeRoom();
        historyPage = from.historyPage();
        historyPageMax = from.historyPageMax();
        members = from.members();
        frameBytes = from.frameBytes();
        headerBytes = from.headerBytes();
        requestLineBytes = from.requestLineBytes();
        pendingBytes = from.pendingBytes();
        sessionsPerUser = from.sessionsPerUser();
        connectionsPerAddress = from.connectionsPerAddress();
        handshakesPerSecond = from.handshakesPerSecond();
        packetsPerSecond = from.packetsPerSecond();
        queuedPerConversation = from.queuedPerConversation();
        queued = from.queued();
        commandTimeout = from.commandTimeout();
        typingTimeout = from.typingTimeout();
        typingInterval = from.typingInterval();
        syncPage = from.syncPage();
        editWindow = from.editWindow();
        deleteWindow = from.deleteWindow();
    }

    /** Sets the longest content, in UTF-16 units; 1 to 100,000, default {@value Limits#DEFAULT_CONTENT_LENGTH}. */
    public LimitsBuilder contentLength(int contentLength) {
        this.contentLength = contentLength;
        return this;
    }

    /** Sets the longest id of a conversation or a user, in UTF-16 units; 1 to 1,024, default {@value Limits#DEFAULT_ID_LENGTH}. */
    public LimitsBuilder idLength(int idLength) {
        this.idLength = idLength;
        return this;
    }

    /** Sets the longest idempotency key, in UTF-16 units; 1 to 255, default {@value Limits#DEFAULT_CLIENT_MESSAGE_ID_LENGTH}. */
    public LimitsBuilder clientMessageIdLength(int clientMessageIdLength) {
        this.clientMessageIdLength = clientMessageIdLength;
        return this;
    }

    /** Sets the longest name of a file, in UTF-16 units; 1 to 1,024, default {@value Limits#DEFAULT_FILE_NAME_LENGTH}. */
    public LimitsBuilder fileNameLength(int fileNameLength) {
        this.fileNameLength = fileNameLength;
        return this;
    }

    /** Sets the longest URL of a file, in UTF-16 units; 1 to 8,192, default {@value Limits#DEFAULT_FILE_URL_LENGTH}. */
    public LimitsBuilder fileUrlLength(int fileUrlLength) {
        this.fileUrlLength = fileUrlLength;
        return this;
    }

    /** Sets the rooms that one session may be in at once; 1 to 100,000, default {@value Limits#DEFAULT_ROOMS_PER_SESSION}. */
    public LimitsBuilder roomsPerSession(int roomsPerSession) {
        this.roomsPerSession = roomsPerSession;
        return this;
    }

    /**
     * Sets how many sessions a room may have before it is large; 1 to 1,000,000, default
     * {@value Limits#DEFAULT_LARGE_ROOM}. A large room does not receive typing, viewing and others' receipts, and
     * receives join and leave events at most once a second.
     */
    public LimitsBuilder largeRoom(int largeRoom) {
        this.largeRoom = largeRoom;
        return this;
    }

    /** Sets the messages of a page of history where the client names no limit; 1 to 1,000, default {@value Limits#DEFAULT_HISTORY_PAGE}. */
    public LimitsBuilder historyPage(int historyPage) {
        this.historyPage = historyPage;
        return this;
    }

    /** Sets the messages of a page of history at the most; 1 to 1,000, default {@value Limits#DEFAULT_HISTORY_PAGE_MAX}. */
    public LimitsBuilder historyPageMax(int historyPageMax) {
        this.historyPageMax = historyPageMax;
        return this;
    }

    /** Sets the members of a conversation; 2 to 1,000,000, default {@value Limits#DEFAULT_MEMBERS}. */
    public LimitsBuilder members(int members) {
        this.members = members;
        return this;
    }

    /**
     * Sets the largest packet of a client and the largest body of an HTTP request, in bytes; 1,024 to 16,777,216,
     * default {@value Limits#DEFAULT_FRAME_BYTES}. Larger ones are refused with {@link ErrorCode#PAYLOAD_TOO_LARGE}.
     */
    public LimitsBuilder frameBytes(int frameBytes) {
        this.frameBytes = frameBytes;
        return this;
    }

    /** Sets the largest headers of an HTTP request, in bytes, all together; 1,024 to 1,048,576, default {@value Limits#DEFAULT_HEADER_BYTES}. */
    public LimitsBuilder headerBytes(int headerBytes) {
        this.headerBytes = headerBytes;
        return this;
    }

    /** Sets the longest first line of an HTTP request, in bytes; 512 to 65,536, default {@value Limits#DEFAULT_REQUEST_LINE_BYTES}. */
    public LimitsBuilder requestLineBytes(int requestLineBytes) {
        this.requestLineBytes = requestLineBytes;
        return this;
    }

    /** Sets the bytes that may wait for one client before it is cut off; 65,536 to 1,073,741,824, default {@value Limits#DEFAULT_PENDING_BYTES}. */
    public LimitsBuilder pendingBytes(int pendingBytes) {
        this.pendingBytes = pendingBytes;
        return this;
    }

    /** Sets the sessions that one user may have at once; 1 to 100,000, default {@value Limits#DEFAULT_SESSIONS_PER_USER}. */
    public LimitsBuilder sessionsPerUser(int sessionsPerUser) {
        this.sessionsPerUser = sessionsPerUser;
        return this;
    }

    /** Sets the connections from one network address at once, but for this machine's own; 1 to 1,000,000, default {@value Limits#DEFAULT_CONNECTIONS_PER_ADDRESS}. */
    public LimitsBuilder connectionsPerAddress(int connectionsPerAddress) {
        this.connectionsPerAddress = connectionsPerAddress;
        return this;
    }

    /** Sets the new sessions a second from one network address, but for this machine's own; 1 to 1,000,000, default {@value Limits#DEFAULT_HANDSHAKES_PER_SECOND}. */
    public LimitsBuilder handshakesPerSecond(int handshakesPerSecond) {
        this.handshakesPerSecond = handshakesPerSecond;
        return this;
    }

    /** Sets the packets a second that one client may send, and four times as many at once; 1 to 10,000,000, default {@value Limits#DEFAULT_PACKETS_PER_SECOND}. */
    public LimitsBuilder packetsPerSecond(int packetsPerSecond) {
        this.packetsPerSecond = packetsPerSecond;
        return this;
    }

    /** Sets the commands that may wait for one conversation; 1 to 1,000,000, default {@value Limits#DEFAULT_QUEUED_PER_CONVERSATION}. */
    public LimitsBuilder queuedPerConversation(int queuedPerConversation) {
        this.queuedPerConversation = queuedPerConversation;
        return this;
    }

    /** Sets the commands that may wait in all; 1 to 10,000,000, default {@value Limits#DEFAULT_QUEUED}. */
    public LimitsBuilder queued(int queued) {
        this.queued = queued;
        return this;
    }

    /** Sets how long a command may take before it is answered with {@link ErrorCode#TIMEOUT}; 1 ms to 1 hour, default {@value Limits#DEFAULT_COMMAND_TIMEOUT_MILLIS} ms. */
    public LimitsBuilder commandTimeout(Duration commandTimeout) {
        this.commandTimeout = requireNonNull(commandTimeout, "commandTimeout");
        return this;
    }

    /** Sets how long a user counts as typing after saying so; 1 ms to 1 hour, default {@value Limits#DEFAULT_TYPING_TIMEOUT_MILLIS} ms. */
    public LimitsBuilder typingTimeout(Duration typingTimeout) {
        this.typingTimeout = requireNonNull(typingTimeout, "typingTimeout");
        return this;
    }

    /** Sets how long the same user's typing in the same conversation is told only once; 1 ms to 1 hour, default {@value Limits#DEFAULT_TYPING_INTERVAL_MILLIS} ms. */
    public LimitsBuilder typingInterval(Duration typingInterval) {
        this.typingInterval = requireNonNull(typingInterval, "typingInterval");
        return this;
    }

    /** Sets the messages of a page of what a client missed, at the most and where it names no limit; 1 to 1,000, default {@value Limits#DEFAULT_SYNC_PAGE}. */
    public LimitsBuilder syncPage(int syncPage) {
        this.syncPage = syncPage;
        return this;
    }

    /** Sets how long authors may edit their messages; 1 ms to 876,000 hours, default {@value Limits#DEFAULT_EDIT_WINDOW_HOURS} hours. */
    public LimitsBuilder editWindow(Duration editWindow) {
        this.editWindow = requireNonNull(editWindow, "editWindow");
        return this;
    }

    /** Sets how long authors may delete their messages; 1 ms to 876,000 hours, default {@value Limits#DEFAULT_DELETE_WINDOW_HOURS} hours. */
    public LimitsBuilder deleteWindow(Duration deleteWindow) {
        this.deleteWindow = requireNonNull(deleteWindow, "deleteWindow");
        return this;
    }

    /**
     * The limits as set.
     *
     * @throws IllegalArgumentException if any is out of its range; the text has a line for each
     */
    public Limits build() {
        return new Limits(
                contentLength,
                idLength,
                clientMessageIdLength,
                fileNameLength,
                fileUrlLength,
                roomsPerSession,
                largeRoom,
                historyPage,
                historyPageMax,
                members,
                frameBytes,
                headerBytes,
                requestLineBytes,
                pendingBytes,
                sessionsPerUser,
                connectionsPerAddress,
                handshakesPerSecond,
                packetsPerSecond,
                queuedPerConversation,
                queued,
                commandTimeout,
                typingTimeout,
                typingInterval,
                syncPage,
                editWindow,
                deleteWindow);
    }
}
