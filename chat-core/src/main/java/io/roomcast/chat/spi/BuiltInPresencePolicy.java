package io.roomcast.chat.spi;

/** The built-in presence policies. */
enum BuiltInPresencePolicy implements PresencePolicy {
    EVERYONE {
        @Override
        public boolean sees(String viewerId, String userId) {
            return true;
        }
    },
    SHARED_CONVERSATIONS {
        @Override
        public boolean sees(String viewerId, String userId) {
            throw new UnsupportedOperationException("only the chat knows which conversations users share");
        }
    }
}
