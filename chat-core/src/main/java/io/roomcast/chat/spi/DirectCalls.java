package io.roomcast.chat.spi;

/** Lets all devices ring. */
enum DirectCalls implements CallPolicy {
    INSTANCE;

    @Override
    public boolean mayBlock() {
        return false;
    }
}
