package io.roomcast.chat.spi;

/** Measures nothing. */
final class SilentMetrics implements ChatMetrics {
    static final SilentMetrics INSTANCE = new SilentMetrics();

    private SilentMetrics() {}
}
