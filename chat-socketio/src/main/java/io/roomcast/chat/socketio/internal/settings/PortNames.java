package io.roomcast.chat.socketio.internal.settings;

import java.util.Locale;

/**
 * The names of a host's implementations, for the log.
 *
 * @param store the store
 * @param attachments the store of files, or none
 * @param cluster the bus to other servers, or none
 * @param authenticator the authenticator
 * @param accessPolicy the access policy
 * @param rateLimiter the rate limiter
 */
record PortNames(
        String store,
        String attachments,
        String cluster,
        String authenticator,
        String accessPolicy,
        String rateLimiter) {
    private static final String UNNAMED = "custom";

    /**
     * Returns the name of an implementation: an enum constant's in lower case, or else the class's.
     *
     * <p>Never calls {@code toString}, which may contain a password.
     */
    static String of(Object port) {
        if (port instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
        Class<?> type = port.getClass();
        return type.isHidden() || type.isSynthetic() || type.isAnonymousClass() ? UNNAMED : type.getSimpleName();
    }
}
