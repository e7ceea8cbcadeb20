package io.roomcast.chat.internal.session;

import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;

/** The session of the host's own commands, which have all permissions and may name any user as the author. */
public final class HostSession implements Session {
    public static final HostSession INSTANCE = new HostSession();

    private HostSession() {}

    @Override
    public String id() {
        return "host";
    }

    @Override
    public Principal principal() {
        return Principal.anonymous();
    }

    /** Does nothing, as the host's session has no connection. */
    @Override
    public void end() {}
}
