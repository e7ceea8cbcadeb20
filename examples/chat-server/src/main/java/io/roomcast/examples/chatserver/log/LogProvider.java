package io.roomcast.examples.chatserver.log;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** Makes SLF4J write to standard error, with the format and level that the environment sets. */
public final class LogProvider implements SLF4JServiceProvider {
    private static final String API = "2.0.99";

    private static final Set<String> QUIET = ConcurrentHashMap.newKeySet();

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter contexts = new NOPMDCAdapter();
    private final ILoggerFactory loggers = new LineLoggers(LogSettings.current());

    /** Suppresses log lines of a class below the level error from now on. */
    public static void quieten(Class<?> source) {
        QUIET.add(source.getName());
    }

    static boolean isQuiet(String logger) {
        return QUIET.contains(logger);
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return contexts;
    }

    @Override
    public String getRequestedApiVersion() {
        return API;
    }

    @Override
    public void initialize() {}
}
