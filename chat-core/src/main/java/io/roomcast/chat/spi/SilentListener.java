package io.roomcast.chat.spi;

/** Listens to nothing. */
final class SilentListener implements ChatListener {
    static final SilentListener INSTANCE = new SilentListener();

    private SilentListener() {}
}
