package io.roomcast.chat.spi;

/** The policies by which all devices ring. */
enum BuiltInCallPolicy implements CallPolicy {
    EVERYONE,
    RELAY_ONLY;

    @Override
    public boolean isRelayOnly(String conversationId) {
        return this == RELAY_ONLY;
    }

    @Override
    public boolean mayBlock() {
        return false;
    }
}
