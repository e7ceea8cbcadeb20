package io.roomcast.chat.socketio;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.LimitsBuilder;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** How much of anything a host may let a client ask for. */
final class LimitSettings {
    private static final int HOUR_MILLIS = 3_600_000;
    private static final int AGES_HOURS = 876_000;

    /** In the README's order. */
    static final List<Setting> ALL = List.of(
            limit(
                    "contentLength",
                    1,
                    100_000,
                    "UTF-16 units",
                    "the longest content",
                    LimitsBuilder::contentLength,
                    Limits::contentLength),
            limit(
                    "idLength",
                    1,
                    1_024,
                    "UTF-16 units",
                    "the longest id of a conversation or user",
                    LimitsBuilder::idLength,
                    Limits::idLength),
            limit(
                    "clientMessageIdLength",
                    1,
                    255,
                    "UTF-16 units",
                    "the longest idempotency key",
                    LimitsBuilder::clientMessageIdLength,
                    Limits::clientMessageIdLength),
            limit(
                    "fileNameLength",
                    1,
                    1_024,
                    "UTF-16 units",
                    "the longest name of a file",
                    LimitsBuilder::fileNameLength,
                    Limits::fileNameLength),
            limit(
                    "fileUrlLength",
                    1,
                    8_192,
                    "UTF-16 units",
                    "the longest URL of a file",
                    LimitsBuilder::fileUrlLength,
                    Limits::fileUrlLength),
            limit(
                    "roomsPerSession",
                    1,
                    100_000,
                    "rooms",
                    "what one session may be in at once",
                    LimitsBuilder::roomsPerSession,
                    Limits::roomsPerSession),
            limit(
                    "largeRoom",
                    1,
                    1_000_000,
                    "sessions",
                    "a room with more tells no typing, viewing and others' receipts",
                    LimitsBuilder::largeRoom,
                    Limits::largeRoom),
            limit(
                    "historyPage",
                    1,
                    1_000,
                    "messages",
                    "a page of history where the client names no limit",
                    LimitsBuilder::historyPage,
                    Limits::historyPage),
            limit(
                    "historyPageMax",
                    1,
                    1_000,
                    "messages",
                    "a page of history at the most",
                    LimitsBuilder::historyPageMax,
                    Limits::historyPageMax),
            limit(
                    "members",
                    2,
                    1_000_000,
                    "users",
                    "the members of a conversation",
                    LimitsBuilder::members,
                    Limits::members),
            limit(
                    "frameBytes",
                    1_024,
                    16_777_216,
                    "bytes",
                    "the largest packet of a client, and the largest body of an HTTP request",
                    LimitsBuilder::frameBytes,
                    Limits::frameBytes),
            limit(
                    "headerBytes",
                    1_024,
                    1_048_576,
                    "bytes",
                    "the largest headers of an HTTP request",
                    LimitsBuilder::headerBytes,
                    Limits::headerBytes),
            limit(
                    "requestLineBytes",
                    512,
                    65_536,
                    "bytes",
                    "the longest first line of an HTTP request, which has the address",
                    LimitsBuilder::requestLineBytes,
                    Limits::requestLineBytes),
            limit(
                    "pendingBytes",
                    65_536,
                    1_073_741_824,
                    "bytes",
                    "what may wait for one client before it is cut off",
                    LimitsBuilder::pendingBytes,
                    Limits::pendingBytes),
            limit(
                    "sessionsPerUser",
                    1,
                    100_000,
                    "sessions",
                    "what one user may have at once",
                    LimitsBuilder::sessionsPerUser,
                    Limits::sessionsPerUser),
            limit(
                    "connectionsPerAddress",
                    1,
                    1_000_000,
                    "connections",
                    "from one network address at once",
                    LimitsBuilder::connectionsPerAddress,
                    Limits::connectionsPerAddress),
            limit(
                    "handshakesPerSecond",
                    1,
                    1_000_000,
                    "sessions a second",
                    "new ones from one network address",
                    LimitsBuilder::handshakesPerSecond,
                    Limits::handshakesPerSecond),
            limit(
                    "packetsPerSecond",
                    1,
                    10_000_000,
                    "packets a second",
                    "what one client may send; four times as many at once",
                    LimitsBuilder::packetsPerSecond,
                    Limits::packetsPerSecond),
            limit(
                    "queuedPerConversation",
                    1,
                    1_000_000,
                    "commands",
                    "what may wait for one conversation",
                    LimitsBuilder::queuedPerConversation,
                    Limits::queuedPerConversation),
            limit("queued", 1, 10_000_000, "commands", "what may wait in all", LimitsBuilder::queued, Limits::queued),
            limit(
                    "syncPage",
                    1,
                    1_000,
                    "messages",
                    "a page of what a client missed",
                    LimitsBuilder::syncPage,
                    Limits::syncPage),
            time(
                    "commandTimeout",
                    ChronoUnit.MILLIS,
                    HOUR_MILLIS,
                    "how long a command may take",
                    LimitsBuilder::commandTimeout,
                    Limits::commandTimeout),
            time(
                    "typingTimeout",
                    ChronoUnit.MILLIS,
                    HOUR_MILLIS,
                    "how long a user counts as typing after saying so",
                    LimitsBuilder::typingTimeout,
                    Limits::typingTimeout),
            time(
                    "typingInterval",
                    ChronoUnit.MILLIS,
                    HOUR_MILLIS,
                    "how long the same typing is told only once",
                    LimitsBuilder::typingInterval,
                    Limits::typingInterval),
            time(
                    "editWindow",
                    ChronoUnit.HOURS,
                    AGES_HOURS,
                    "how long authors may edit their messages",
                    LimitsBuilder::editWindow,
                    Limits::editWindow),
            time(
                    "deleteWindow",
                    ChronoUnit.HOURS,
                    AGES_HOURS,
                    "how long authors may delete their messages",
                    LimitsBuilder::deleteWindow,
                    Limits::deleteWindow));

    private LimitSettings() {}

    private static Setting limit(
            String method,
            int least,
            int most,
            String unit,
            String meaning,
            BiConsumer<LimitsBuilder, Integer> setter,
            ToIntFunction<Limits> getter) {
        return setting(method, least, most, unit, meaning, setter, getter.applyAsInt(Limits.defaults()));
    }

    private static Setting time(
            String method,
            ChronoUnit unit,
            int most,
            String meaning,
            BiConsumer<LimitsBuilder, Duration> setter,
            Function<Limits, Duration> getter) {
        String name = unit == ChronoUnit.MILLIS ? "ms" : "hours";
        long fallback = getter.apply(Limits.defaults()).dividedBy(unit.getDuration());
        return setting(
                method,
                1,
                most,
                name,
                meaning,
                (limits, value) -> setter.accept(limits, Duration.of(value, unit)),
                fallback);
    }

    private static Setting setting(
            String method,
            int least,
            int most,
            String unit,
            String meaning,
            BiConsumer<LimitsBuilder, Integer> setter,
            long fallback) {
        return new Setting(
                method,
                variable(method),
                text(fallback),
                unit,
                text(least) + " to " + text(most),
                meaning,
                (server, value) -> setter.accept(server.limits(), number(value, least, most)));
    }

    private static int number(String value, int least, int most) {
        int number = Integer.parseInt(value);
        if (number < least || number > most) {
            throw new IllegalArgumentException(value);
        }
        return number;
    }

    private static String variable(String method) {
        return "CHAT_" + method.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    private static String text(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
