package io.roomcast.chat.internal.room;

import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;

/** The host itself as a caller: it may do everything in everybody's name. */
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

    @Override
    public void end() {
        // the host ends by itself
    }
}
