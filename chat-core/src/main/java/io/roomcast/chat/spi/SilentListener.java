package io.roomcast.chat.spi;

/** Ignores all events. */
final class SilentListener implements ChatListener {
    static final SilentListener INSTANCE = new SilentListener();

    private SilentListener() {}
}
