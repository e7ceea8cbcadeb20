package io.roomcast.chat.internal.session;

import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.internal.port.HostSettings;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Opens sessions. Safe for use by any thread; never blocks. */
public final class SessionOpener {
    private final SessionLifecycle sessions;
    private final Predicate<String> isErasing;
    private final HostSettings settings;

    /**
     * Creates an opener.
     *
     * @param isErasing whether the user with an id is being erased
     */
    public SessionOpener(SessionLifecycle sessions, Predicate<String> isErasing, HostSettings settings) {
        this.sessions = sessions;
        this.isErasing = isErasing;
        this.settings = settings;
    }

    /** Opens a session. Ends it immediately if its user is being erased. Returns the first event for its client. */
    public SessionStarted open(Session session) {
        sessions.open(session);
        Principal principal = session.principal();
        principal.knownUserId().filter(isErasing).ifPresent(sessions::revoke);
        return new SessionStarted(
                session.id(),
                principal.userId(),
                settings.store().epoch(),
                settings.clock().instant(),
                principal.expiresAt(),
                false,
                settings.limits(),
                settings.rateLimiter().rates(),
                List.of(),
                supports(),
                settings.push().clientSettings());
    }

    /** Returns the optional parts of the chat that the host has supplied. */
    private List<String> supports() {
        List<String> parts = new ArrayList<>();
        if (settings.users() != null) {
            parts.add("users");
        }
        if (settings.attachments() != null) {
            parts.add("files");
        }
        if (!settings.push().notifiers().isEmpty()) {
            parts.add("push");
        }
        if (settings.calls() != null) {
            parts.add("calls");
        }
        return parts;
    }
}
