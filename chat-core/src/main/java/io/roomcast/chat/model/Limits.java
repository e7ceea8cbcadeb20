package io.roomcast.chat.model;

import java.time.Duration;

/**
 * How much of anything one client may ask for. Immutable.
 *
 * @param contentLength the longest content, in UTF-16 units, as Java's and JavaScript's length count them
 * @param idLength the longest id of a conversation or a user, in characters
 * @param clientMessageIdLength the longest idempotency key, in characters
 * @param fileNameLength the longest name of a file, in UTF-16 units
 * @param fileUrlLength the longest URL of a file, in characters
 * @param roomsPerSession the rooms that one session may be in at once
 * @param historyPage the messages of a page of history where the client names no limit
 * @param historyPageMax the messages of a page of history at the most
 * @param members the members of a conversation
 * @param frameBytes the largest request, in bytes, over any transport
 * @param pendingBytes the bytes that may wait for one client before it is cut off
 * @param sessionsPerUser the sessions that one user may have at once
 * @param connectionsPerAddress the connections from one network address at once, but for this machine's own
 * @param handshakesPerSecond the new sessions a second from one network address, but for this machine's own
 * @param packetsPerSecond the packets a second that one client may send, and four times as many at once
 * @param queuedPerConversation the commands that may wait for one conversation
 * @param queued the commands that may wait in all
 * @param commandTimeout how long a command may take before it is answered with {@link ErrorCode#TIMEOUT}
 * @param typingTimeout how long a user counts as typing after saying so
 * @param typingInterval how long the same user's typing in the same conversation is told only once
 * @param syncPage the messages of a page of what a client missed, at the most and where it names no limit
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
        int historyPage,
        int historyPageMax,
        int members,
        int frameBytes,
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

    /** The default of {@link #historyPage}: {@value}. */
    public static final int DEFAULT_HISTORY_PAGE = 50;

    /** The default of {@link #historyPageMax}: {@value}. */
    public static final int DEFAULT_HISTORY_PAGE_MAX = 100;

    /** The default of {@link #members}: {@value}. */
    public static final int DEFAULT_MEMBERS = 1_000;

    /** The default of {@link #frameBytes}: {@value}. */
    public static final int DEFAULT_FRAME_BYTES = 65_536;

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

    private static final Limits DEFAULTS = builder().build();

    /** Checks that each limit is in its range. */
    public Limits {
        within("contentLength", contentLength, 1, 100_000);
        within("idLength", idLength, 1, 1_024);
        within("clientMessageIdLength", clientMessageIdLength, 1, 255);
        within("fileNameLength", fileNameLength, 1, 1_024);
        within("fileUrlLength", fileUrlLength, 1, 8_192);
        within("roomsPerSession", roomsPerSession, 1, 100_000);
        within("historyPage", historyPage, 1, 1_000);
        within("historyPageMax", historyPageMax, 1, 1_000);
        within("members", members, 2, 1_000_000);
        within("frameBytes", frameBytes, 1_024, 16_777_216);
        within("pendingBytes", pendingBytes, 65_536, 1_073_741_824);
        within("sessionsPerUser", sessionsPerUser, 1, 100_000);
        within("connectionsPerAddress", connectionsPerAddress, 1, 1_000_000);
        within("handshakesPerSecond", handshakesPerSecond, 1, 1_000_000);
        within("packetsPerSecond", packetsPerSecond, 1, 10_000_000);
        within("queuedPerConversation", queuedPerConversation, 1, 1_000_000);
        within("queued", queued, 1, 10_000_000);
        positive("commandTimeout", commandTimeout);
        positive("typingTimeout", typingTimeout);
        positive("typingInterval", typingInterval);
        within("syncPage", syncPage, 1, 1_000);
        positive("editWindow", editWindow);
        positive("deleteWindow", deleteWindow);
        if (historyPage > historyPageMax) {
            throw new IllegalArgumentException(
                    "historyPage: " + historyPage + " (expected: <= historyPageMax, " + historyPageMax + ")");
        }
    }

    /** The limits that hold where a host says nothing. */
    public static Limits defaults() {
        return DEFAULTS;
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }

    /** Collects limits. Not safe for use by several threads. */
    public static final class Builder {
        private int contentLength = DEFAULT_CONTENT_LENGTH;
        private int idLength = DEFAULT_ID_LENGTH;
        private int clientMessageIdLength = DEFAULT_CLIENT_MESSAGE_ID_LENGTH;
        private int fileNameLength = DEFAULT_FILE_NAME_LENGTH;
        private int fileUrlLength = DEFAULT_FILE_URL_LENGTH;
        private int roomsPerSession = DEFAULT_ROOMS_PER_SESSION;
        private int historyPage = DEFAULT_HISTORY_PAGE;
        private int historyPageMax = DEFAULT_HISTORY_PAGE_MAX;
        private int members = DEFAULT_MEMBERS;
        private int frameBytes = DEFAULT_FRAME_BYTES;
        private int pendingBytes = DEFAULT_PENDING_BYTES;
        private int sessionsPerUser = DEFAULT_SESSIONS_PER_USER;
        private int connectionsPerAddress = DEFAULT_CONNECTIONS_PER_ADDRESS;
        private int handshakesPerSecond = DEFAULT_HANDSHAKES_PER_SECOND;
        private int packetsPerSecond = DEFAULT_PACKETS_PER_SECOND;
        private int queuedPerConversation = DEFAULT_QUEUED_PER_CONVERSATION;
        private int queued = DEFAULT_QUEUED;
        private Duration commandTimeout = Duration.ofMillis(DEFAULT_COMMAND_TIMEOUT_MILLIS);
        private Duration typingTimeout = Duration.ofMillis(DEFAULT_TYPING_TIMEOUT_MILLIS);
        private Duration typingInterval = Duration.ofMillis(DEFAULT_TYPING_INTERVAL_MILLIS);
        private int syncPage = DEFAULT_SYNC_PAGE;
        private Duration editWindow = Duration.ofHours(DEFAULT_EDIT_WINDOW_HOURS);
        private Duration deleteWindow = Duration.ofHours(DEFAULT_DELETE_WINDOW_HOURS);

        private Builder() {}

        /** Sets the longest content, in UTF-16 units; 1 to 100,000, default {@value #DEFAULT_CONTENT_LENGTH}. */
        public Builder contentLength(int contentLength) {
            this.contentLength = contentLength;
            return this;
        }

        /** Sets the longest id of a conversation or a user, in characters; 1 to 1,024, default {@value #DEFAULT_ID_LENGTH}. */
        public Builder idLength(int idLength) {
            this.idLength = idLength;
            return this;
        }

        /** Sets the longest idempotency key, in characters; 1 to 255, default {@value #DEFAULT_CLIENT_MESSAGE_ID_LENGTH}. */
        public Builder clientMessageIdLength(int clientMessageIdLength) {
            this.clientMessageIdLength = clientMessageIdLength;
            return this;
        }

        /** Sets the longest name of a file, in UTF-16 units; 1 to 1,024, default {@value #DEFAULT_FILE_NAME_LENGTH}. */
        public Builder fileNameLength(int fileNameLength) {
            this.fileNameLength = fileNameLength;
            return this;
        }

        /** Sets the longest URL of a file, in characters; 1 to 8,192, default {@value #DEFAULT_FILE_URL_LENGTH}. */
        public Builder fileUrlLength(int fileUrlLength) {
            this.fileUrlLength = fileUrlLength;
            return this;
        }

        /** Sets the rooms that one session may be in at once; 1 to 100,000, default {@value #DEFAULT_ROOMS_PER_SESSION}. */
        public Builder roomsPerSession(int roomsPerSession) {
            this.roomsPerSession = roomsPerSession;
            return this;
        }

        /** Sets the messages of a page of history where the client names no limit; 1 to 1,000, default {@value #DEFAULT_HISTORY_PAGE}. */
        public Builder historyPage(int historyPage) {
            this.historyPage = historyPage;
            return this;
        }

        /** Sets the messages of a page of history at the most; 1 to 1,000, default {@value #DEFAULT_HISTORY_PAGE_MAX}. */
        public Builder historyPageMax(int historyPageMax) {
            this.historyPageMax = historyPageMax;
            return this;
        }

        /** Sets the members of a conversation; 2 to 1,000,000, default {@value #DEFAULT_MEMBERS}. */
        public Builder members(int members) {
            this.members = members;
            return this;
        }

        /** Sets the largest request, in bytes, over any transport; 1,024 to 16,777,216, default {@value #DEFAULT_FRAME_BYTES}. */
        public Builder frameBytes(int frameBytes) {
            this.frameBytes = frameBytes;
            return this;
        }

        /** Sets the bytes that may wait for one client before it is cut off; 65,536 to 1,073,741,824, default {@value #DEFAULT_PENDING_BYTES}. */
        public Builder pendingBytes(int pendingBytes) {
            this.pendingBytes = pendingBytes;
            return this;
        }

        /** Sets the sessions that one user may have at once; 1 to 100,000, default {@value #DEFAULT_SESSIONS_PER_USER}. */
        public Builder sessionsPerUser(int sessionsPerUser) {
            this.sessionsPerUser = sessionsPerUser;
            return this;
        }

        /** Sets the connections from one network address at once, but for this machine's own; 1 to 1,000,000, default {@value #DEFAULT_CONNECTIONS_PER_ADDRESS}. */
        public Builder connectionsPerAddress(int connectionsPerAddress) {
            this.connectionsPerAddress = connectionsPerAddress;
            return this;
        }

        /** Sets the new sessions a second from one network address, but for this machine's own; 1 to 1,000,000, default {@value #DEFAULT_HANDSHAKES_PER_SECOND}. */
        public Builder handshakesPerSecond(int handshakesPerSecond) {
            this.handshakesPerSecond = handshakesPerSecond;
            return this;
        }

        /** Sets the packets a second that one client may send, and four times as many at once; 1 to 10,000,000, default {@value #DEFAULT_PACKETS_PER_SECOND}. */
        public Builder packetsPerSecond(int packetsPerSecond) {
            this.packetsPerSecond = packetsPerSecond;
            return this;
        }

        /** Sets the commands that may wait for one conversation; 1 to 1,000,000, default {@value #DEFAULT_QUEUED_PER_CONVERSATION}. */
        public Builder queuedPerConversation(int queuedPerConversation) {
            this.queuedPerConversation = queuedPerConversation;
            return this;
        }

        /** Sets the commands that may wait in all; 1 to 10,000,000, default {@value #DEFAULT_QUEUED}. */
        public Builder queued(int queued) {
            this.queued = queued;
            return this;
        }

        /** Sets how long a command may take before it is answered with {@link ErrorCode#TIMEOUT}; more than zero, default {@value #DEFAULT_COMMAND_TIMEOUT_MILLIS} ms. */
        public Builder commandTimeout(Duration commandTimeout) {
            this.commandTimeout = commandTimeout;
            return this;
        }

        /** Sets how long a user counts as typing after saying so; more than zero, default {@value #DEFAULT_TYPING_TIMEOUT_MILLIS} ms. */
        public Builder typingTimeout(Duration typingTimeout) {
            this.typingTimeout = typingTimeout;
            return this;
        }

        /** Sets how long the same user's typing in the same conversation is told only once; more than zero, default {@value #DEFAULT_TYPING_INTERVAL_MILLIS} ms. */
        public Builder typingInterval(Duration typingInterval) {
            this.typingInterval = typingInterval;
            return this;
        }

        /** Sets the messages of a page of what a client missed, at the most and where it names no limit; 1 to 1,000, default {@value #DEFAULT_SYNC_PAGE}. */
        public Builder syncPage(int syncPage) {
            this.syncPage = syncPage;
            return this;
        }

        /** Sets how long authors may edit their messages; more than zero, default {@value #DEFAULT_EDIT_WINDOW_HOURS} hours. */
        public Builder editWindow(Duration editWindow) {
            this.editWindow = editWindow;
            return this;
        }

        /** Sets how long authors may delete their messages; more than zero, default {@value #DEFAULT_DELETE_WINDOW_HOURS} hours. */
        public Builder deleteWindow(Duration deleteWindow) {
            this.deleteWindow = deleteWindow;
            return this;
        }

        /**
         * The limits as set.
         *
         * @throws IllegalArgumentException if one is out of its range; the text names it
         */
        public Limits build() {
            return new Limits(
                    contentLength,
                    idLength,
                    clientMessageIdLength,
                    fileNameLength,
                    fileUrlLength,
                    roomsPerSession,
                    historyPage,
                    historyPageMax,
                    members,
                    frameBytes,
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
}
