package io.roomcast.examples.chatserver.log;

import java.io.Serial;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Logs events at its level or above. Safe for use by several threads. */
final class LineLogger extends LegacyAbstractLogger {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Level minLevel;
    private final transient LineFormat format;
    private final transient Clock clock;
    private final transient Consumer<String> lines;

    LineLogger(String name, Level minLevel, LineFormat format, Clock clock, Consumer<String> lines) {
        this.name = name;
        this.minLevel = minLevel;
        this.format = format;
        this.clock = clock;
        this.lines = lines;
    }

    private boolean isEnabled(Level level) {
        return level.toInt() >= minLevel.toInt() && (level == Level.ERROR || !LogProvider.isQuiet(name));
    }

    @Override
    public boolean isTraceEnabled() {
        return isEnabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isEnabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(Level.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String message,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        String text = String.valueOf(MessageFormatter.basicArrayFormat(message, arguments));
        lines.accept(format.line(clock.instant(), level, name, text, failure));
    }
}
