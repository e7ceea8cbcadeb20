package io.roomcast.chat.spi;

/** Ignores all measurements. */
final class SilentMetrics implements ChatMetrics {
    static final SilentMetrics INSTANCE = new SilentMetrics();

    private SilentMetrics() {}
}
